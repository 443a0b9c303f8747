import { z } from 'zod';
import type { Failure } from '../domain/failure.ts';
import { runId, notebookId } from '../contract/schemas.ts';

const failure = z.custom<Failure>(
  (value) => typeof value === 'object' && value !== null && 'code' in value && 'params' in value,
);
/** Pairs an answer with what was asked; given by whoever asks. */
const id = z.int().nonnegative();
const bytes = z.instanceof(Uint8Array<ArrayBufferLike>);

/** What the Electron shell may want done without a window: menu commands, files opened by the system. */
export const task = z.discriminatedUnion('task', [
  z.object({ task: z.literal('create-notebook') }),
  /** `path` is absolute. */
  z.object({ task: z.literal('import-file'), path: z.string() }),
  z.object({ task: z.literal('export-pdf'), notebookId }),
]);
export type Task = z.infer<typeof task>;

export const taskResult = z.discriminatedUnion('task', [
  z.object({ task: z.literal('create-notebook'), notebookId }),
  z.object({ task: z.literal('import-file'), notebookId }),
  z.object({ task: z.literal('export-pdf'), fileName: z.string(), bytes }),
]);
export type TaskResult = z.infer<typeof taskResult>;

/** From the Electron shell to a backend's process. `window` comes with the one port of that window. */
export const toBackend = z.discriminatedUnion('kind', [
  /** Always the first. A `libraryPath` of `null` means the user's own library. */
  z.object({ kind: z.literal('open'), libraryPath: z.string().nullable(), appVersion: z.string() }),
  z.object({ kind: z.literal('window') }),
  z.object({ kind: z.literal('do'), id, task }),
  z.object({ kind: z.literal('printed'), id, bytes }),
  z.object({ kind: z.literal('not-printed'), id, reason: z.string() }),
  z.object({ kind: z.literal('power'), state: z.enum(['suspended', 'resumed']) }),
  /** Answered by `closed` when everything is saved and the library is free. */
  z.object({ kind: z.literal('close') }),
]);
export type ToBackend = z.infer<typeof toBackend>;

/** From a backend's process to the Electron shell. */
export const fromBackend = z.discriminatedUnion('kind', [
  /** Always the first: where the log is, should nothing else ever come. */
  z.object({ kind: z.literal('started'), logsFolder: z.string() }),
  z.object({ kind: z.literal('opened'), libraryPath: z.string() }),
  /** The library could not be opened, or was lost while it was open. Nothing else follows. */
  z.object({ kind: z.literal('failed'), failure }),
  z.object({ kind: z.literal('done'), id, result: taskResult }),
  z.object({ kind: z.literal('refused'), id, failure }),
  z.object({ kind: z.literal('print'), id, html: z.string(), assetsFolder: z.string() }),
  /** Whoever wanted this page printed does no longer. */
  z.object({ kind: z.literal('stop-printing'), id }),
  z.object({
    kind: z.literal('run-ended'),
    notebookId,
    runId,
    title: z.string(),
    state: z.enum(['completed', 'failed', 'cancelled', 'interrupted']),
    elapsedMs: z.number().nonnegative(),
  }),
  z.object({ kind: z.literal('closed') }),
]);
export type FromBackend = z.infer<typeof fromBackend>;
