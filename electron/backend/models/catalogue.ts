import { z } from 'zod';
import { efforts } from '#shared/domain/model.ts';
import type { ModelInfo } from '#shared/domain/model.ts';
import type { UtcMs } from '#shared/domain/time.ts';
import catalogueJson from './catalogue.json' with { type: 'json' };

const isoDate = z.iso.date();
const price = z.number().min(0).nullable();
const tokens = z.int().min(1).nullable();

const entrySchema = z.strictObject({
  id: z.string().min(1),
  released: isoDate,
  shutdownDate: isoDate.nullable(),
  /** As announced by OpenAI; the announcements change over time. */
  replacement: z.string().nullable(),
  contextWindowTokens: tokens,
  maxOutputTokens: tokens,
  isReasoning: z.boolean(),
  efforts: z.array(z.enum(efforts)),
  defaultEffort: z.enum(efforts).nullable(),
  hasSummaries: z.boolean().nullable(),
  prices: z.strictObject({ input: price, cachedInput: price, cacheWrite: price, output: price }),
  longContext: z
    .strictObject({
      thresholdInputTokens: z.int().min(1),
      inputMultiplier: z.number().min(1),
      cachedInputMultiplier: z.number().min(1),
      outputMultiplier: z.number().min(1),
    })
    .nullable(),
  /** Dated snapshots that end on another day than their family; their prices are not known. */
  snapshots: z.record(isoDate, z.strictObject({ shutdownDate: isoDate })),
  readDate: isoDate,
  sources: z.array(z.string()),
  /** Fields above whose source was not official. */
  unverified: z.array(z.string()),
});
type Entry = z.infer<typeof entrySchema>;

const catalogueSchema = z.strictObject({
  priceUnit: z.literal('USD per million tokens'),
  generated: isoDate,
  models: z.array(entrySchema),
});

export interface Catalogue {
  /** A model by its id or by a dated snapshot of it; `null` when it is not in the catalogue. */
  find(id: string, nowMs: UtcMs): ModelInfo | null;
  /** Every model, newest first. */
  all(nowMs: UtcMs): readonly ModelInfo[];
}

const snapshotName = /^(?<family>.+)-(?<date>\d{4}-\d{2}-\d{2})$/u;

/** The bundled list of OpenAI's models, or another of the same form. Throws on one that is malformed. */
export function loadCatalogue(json: unknown = catalogueJson): Catalogue {
  const { models } = catalogueSchema.parse(json);
  const byId = new Map(models.map((entry) => [entry.id, entry]));
  const newestFirst = [...models].sort((left, right) => right.released.localeCompare(left.released));

  const entryOf = (id: string): Entry | null => {
    const exact = byId.get(id);
    if (exact) return exact;
    const { family, date } = snapshotName.exec(id)?.groups ?? {};
    const entry = family === undefined ? undefined : byId.get(family);
    if (!entry || date === undefined) return null;
    const own = entry.snapshots[date];
    if (!own) return { ...entry, id };
    const noPrices = { input: null, cachedInput: null, cacheWrite: null, output: null };
    return { ...entry, id, shutdownDate: own.shutdownDate, prices: noPrices };
  };

  const successorOf = (entry: Entry, today: string): string | null => {
    const seen = new Set([entry.id]);
    let next = entry.replacement;
    while (next !== null && !seen.has(next)) {
      seen.add(next);
      const candidate = entryOf(next);
      if (!candidate) return null;
      if (!isOver(candidate, today)) return candidate.id;
      next = candidate.replacement;
    }
    return null;
  };

  const infoOf = (entry: Entry, nowMs: UtcMs): ModelInfo => {
    const today = new Date(nowMs).toISOString().slice(0, 10);
    return {
      id: entry.id,
      provider: 'openai',
      isReasoning: entry.isReasoning,
      efforts: entry.efforts,
      defaultEffort: entry.defaultEffort,
      contextWindowTokens: entry.contextWindowTokens,
      maxOutputTokens: entry.maxOutputTokens,
      prices: pricesOf(entry),
      shutdownDate: entry.shutdownDate,
      isRetired: isOver(entry, today),
      successor: successorOf(entry, today),
      hasSummaries: entry.hasSummaries,
    };
  };

  return {
    find: (id, nowMs) => {
      const entry = entryOf(id);
      return entry && infoOf(entry, nowMs);
    },
    all: (nowMs) => newestFirst.map((entry) => infoOf(entry, nowMs)),
  };
}

/** A model takes no more runs from its shutdown date on (UTC); the hour is never announced. */
function isOver(entry: Entry, today: string): boolean {
  return entry.shutdownDate !== null && today >= entry.shutdownDate;
}

function pricesOf({ prices, longContext, readDate }: Entry): ModelInfo['prices'] {
  if (prices.input === null && prices.output === null) return null;
  return {
    inputUsd: prices.input,
    cachedInputUsd: prices.cachedInput,
    cacheWriteUsd: prices.cacheWrite,
    outputUsd: prices.output,
    longContext,
    readDate,
  };
}
