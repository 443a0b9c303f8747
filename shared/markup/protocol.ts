import type { Macros } from '../domain/notebook.ts';
import type { FormulaRequest, MarkupOutput, RenderedBlock, RenderedDocument } from './types.ts';

/** What a host asks of its worker: one job at a time. */
export type ToWorker =
  | {
      readonly type: 'document';
      readonly jobId: number;
      readonly source: string;
      readonly macros: Macros;
      readonly output: MarkupOutput;
      readonly isCareful: boolean;
    }
  | {
      readonly type: 'append';
      readonly jobId: number;
      readonly streamId: number;
      /** Begins the stream anew; `text` is then all of it. */
      readonly isFirst: boolean;
      readonly text: string;
      readonly macros: Macros;
      readonly output: MarkupOutput;
      readonly isCareful: boolean;
    }
  | { readonly type: 'close-stream'; readonly streamId: number }
  | { readonly type: 'condemn-formula'; readonly formula: FormulaRequest }
  | { readonly type: 'condemn-block'; readonly source: string };

/** What a worker tells: each message of a job shows that it moves on. */
export type FromWorker =
  | { readonly type: 'ready' }
  | { readonly type: 'started'; readonly jobId: number }
  | { readonly type: 'parsed'; readonly jobId: number }
  /** A block is about to be rendered; its source only while the worker is careful. */
  | { readonly type: 'block'; readonly jobId: number; readonly source: string | null }
  /** A formula is about to be typeset; only while the worker is careful. */
  | { readonly type: 'formula'; readonly jobId: number; readonly formula: FormulaRequest }
  | { readonly type: 'document'; readonly jobId: number; readonly document: RenderedDocument }
  | {
      readonly type: 'appended';
      readonly jobId: number;
      readonly from: number;
      readonly blocks: readonly RenderedBlock[];
    }
  /** A bug: the job threw. */
  | { readonly type: 'failed'; readonly jobId: number; readonly reason: string };
