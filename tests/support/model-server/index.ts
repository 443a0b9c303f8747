export { startModelServer } from './server.ts';
export type { ModelServer } from './server.ts';
export type { KeySeen, Ledger, LedgerEntry } from './ledger.ts';
export type { Dialect, Fault, ScriptInput, ServerOptions } from './script.ts';
