import { z } from 'zod';
import type { Activity } from '../domain/activity.ts';
import type { Cell } from '../domain/cell.ts';
import type { FeedEvent, RunEvent } from '../domain/change.ts';
import type { CellId, ClientId, NotebookId, RunId } from '../domain/ids.ts';
import { brand } from '../domain/ids.ts';
import { efforts, providerKinds } from '../domain/model.ts';
import type { ModelChoice, ModelInfo } from '../domain/model.ts';
import type { Notebook } from '../domain/notebook.ts';
import type { Run } from '../domain/run.ts';

/** Limits of what one call may carry; beyond them the call is refused with a sentence. */
export const limits = {
  idChars: 64,
  titleChars: 10_000,
  sourceChars: 4_000_000,
  /** What a call may carry, so that a text over `sourceChars` can still be refused by its own sentence. */
  carriedChars: 24_000_000,
  domainChars: 200,
  tags: 100,
  macros: 1_000,
  macroChars: 5_000,
  urlChars: 2_000,
  keyChars: 10_000,
  modelChars: 200,
} as const;

const idText = z.string().min(1).max(limits.idChars);
export const notebookId = idText.transform((text) => brand<NotebookId>(text));
export const cellId = idText.transform((text) => brand<CellId>(text));
export const runId = idText.transform((text) => brand<RunId>(text));
export const clientId = idText.transform((text) => brand<ClientId>(text));

export const revision = z.int().min(0);
export const sequence = z.int().min(0);
export const title = z.string().max(limits.titleChars);
export const source = z.string().max(limits.carriedChars);

export const modelChoice: z.ZodType<ModelChoice, ModelChoice> = z.object({
  provider: z.enum(providerKinds),
  model: z.string().max(limits.modelChars),
  effort: z.enum(efforts).nullable(),
});

export const macros = z
  .record(z.string().regex(/^\\([a-zA-Z@]+|.)$/u), z.string().max(limits.macroChars))
  .refine((record) => Object.keys(record).length <= limits.macros);

/** What every write carries: who wrote. */
export const write = z.object({ clientId });

/**
 * Values the backend itself made: their shape is vouched for by its types and the store's own row
 * schemas, so the contract passes them on as they are.
 */
export const notebook = z.custom<Notebook>();
export const notebookList = z.custom<readonly Notebook[]>();
export const cell = z.custom<Cell>();
export const cellList = z.custom<readonly Cell[]>();
export const run = z.custom<Run>();
export const runList = z.custom<readonly Run[]>();
export const activity = z.custom<Activity>();
export const modelInfo = z.custom<ModelInfo>();
export const feedEvent = z.custom<FeedEvent>();
export const runEvent = z.custom<RunEvent>();
