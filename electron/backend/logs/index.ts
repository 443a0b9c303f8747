export type { Log, LogValue } from './log.ts';
export { createLog } from './file-log.ts';
export type { FileLog, FileLogOptions } from './file-log.ts';
export { createMemoryLog } from './memory-log.ts';
export type { MemoryLog } from './memory-log.ts';
export { diagnosticsText } from './diagnostics-text.ts';
export type { Diagnostics } from './diagnostics-text.ts';
