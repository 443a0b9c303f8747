export { escapeHtml } from './escape.ts';
export { formulaLimitChars } from './formula.ts';
export { createMarkupRenderer } from './renderer.ts';
export type { MarkupRenderer, RenderProgress } from './renderer.ts';
export type { StreamRenderer, StreamUpdate } from './stream.ts';
export type {
  FormulaRequest,
  MarkupOutput,
  MarkupProblem,
  RenderedBlock,
  RenderedDocument,
  RenderedHeading,
  RenderOptions,
} from './types.ts';
export { createMarkupHost } from './host.ts';
export type { MarkupHost, MarkupStream, WorkerEvents, WorkerHandle } from './host.ts';
export type { FromWorker, ToWorker } from './protocol.ts';
export { serveMarkup } from './worker.ts';
