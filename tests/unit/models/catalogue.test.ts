import { describe, expect, it } from 'vitest';
import { loadCatalogue } from '#backend/models/catalogue.ts';
import { mergeWithCatalogue } from '#backend/models/merge.ts';
import { plainModel } from '#backend/models/providers/http/listed-models.ts';
import { resolveChoice } from '#backend/models/resolve.ts';
import { AppError } from '#shared/domain/failure.ts';
import type { Effort } from '#shared/domain/model.ts';

const catalogue = loadCatalogue();
const today = Date.UTC(2026, 10, 23);
const lastDayOfO3 = Date.UTC(2026, 11, 10, 23, 59);

function refusalOf(model: string, effort: Effort | null = null): AppError['failure'] | null {
  try {
    resolveChoice({ provider: 'openai', model, effort }, catalogue, today);
    return null;
  } catch (error) {
    if (error instanceof AppError) return error.failure;
    throw error;
  }
}

describe('the catalogue', () => {
  it('knows prices with the day they were read, efforts in rising order, and context', () => {
    expect(catalogue.find('gpt-6.2-sol', today)).toMatchObject({
      isReasoning: true,
      efforts: ['low', 'medium', 'high', 'xhigh', 'max'],
      prices: { inputUsd: 2, cachedInputUsd: 0.1, cacheWriteUsd: 2.5, outputUsd: 10, readDate: '2026-11-22' },
      contextWindowTokens: 1_050_000,
      isRetired: false,
      successor: null,
    });
  });

  it('lists every model once, newest first', () => {
    const ids = catalogue.all(today).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.slice(0, 2).toSorted()).toEqual(['gpt-6.2-astra', 'gpt-6.2-sol']);
    expect(ids.at(-1)).toBe('gpt-4o');
  });

  it.each(['o1', 'o1-pro', 'o1-mini', 'o1-preview', 'o3-mini', 'o4-mini', 'gpt-4.1-nano'])(
    'refuses %s, which was shut down',
    (model) => {
      expect(refusalOf(model)).toMatchObject({ code: 'model-retired', params: { model } });
    },
  );

  it('retires a model on its shutdown date, not the day before', () => {
    expect(catalogue.find('o3', lastDayOfO3)?.isRetired).toBe(false);
    expect(catalogue.find('o3', lastDayOfO3 + 60_000)?.isRetired).toBe(true);
  });

  it('follows the replacements to one that still takes runs on that day', () => {
    expect(catalogue.find('o1-mini', today)?.successor).toBe('gpt-5.6-terra');
    expect(catalogue.find('o1-preview', today)?.successor).toBe('o3');
    expect(catalogue.find('o1-preview', lastDayOfO3 + 60_000)?.successor).toBe('gpt-5.6-sol');
    expect(catalogue.find('o1', today)?.successor).toBe('gpt-5.6-sol');
    expect(catalogue.find('gpt-4.1-nano', today)?.successor).toBeNull();
  });

  it('ends no search for a successor in a circle', () => {
    const base = catalogueJson();
    const circle = { ...base, models: [entry('a', 'b'), entry('b', 'a')] };
    expect(loadCatalogue(circle).find('a', today)?.successor).toBeNull();
  });

  it('knows dated snapshots by their family, and those that ended on a day of their own', () => {
    expect(catalogue.find('o1-2024-12-17', today)).toMatchObject({
      id: 'o1-2024-12-17',
      isRetired: true,
      efforts: ['low', 'medium', 'high'],
      successor: 'gpt-5.6-sol',
    });
    expect(catalogue.find('gpt-4o-2024-08-06', today)).toMatchObject({
      isRetired: false,
      prices: { inputUsd: 2.5 },
    });
    expect(catalogue.find('gpt-4o-2024-05-13', today)).toMatchObject({ isRetired: true, prices: null });
  });

  it('says nothing about models it does not hold', () => {
    expect(catalogue.find('gpt-7', today)).toBeNull();
    expect(catalogue.find('gpt-7-2027-01-01', today)).toBeNull();
    expect(refusalOf('gpt-7', 'high')).toBeNull();
  });

  it('does not load with an entry that is malformed', () => {
    const base = catalogueJson();
    expect(() => loadCatalogue({ ...base, models: [{ ...entry('a', null), efforts: ['huge'] }] })).toThrow();
    expect(() => loadCatalogue({ ...base, models: [{ ...entry('a', null), priced: true }] })).toThrow();
  });
});

describe('a choice', () => {
  it('needs a model', () => expect(refusalOf('  ')).toMatchObject({ code: 'model-not-chosen' }));

  it('is refused an effort that its model does not take, with those it takes', () => {
    expect(refusalOf('gpt-6.2-sol', 'none')).toMatchObject({
      code: 'effort-unsupported',
      params: { efforts: 'low, medium, high, xhigh, max' },
    });
    expect(refusalOf('gpt-4o', 'high')).toMatchObject({
      code: 'effort-unsupported',
      params: { efforts: '' },
    });
    expect(refusalOf('gpt-5', 'minimal')).toBeNull();
  });

  it('of another server is never looked up among OpenAI’s models', () => {
    const choice = { provider: 'compatible', model: 'gpt-6.2-sol', effort: null } as const;
    expect(resolveChoice(choice, catalogue, today)).toBeNull();
    expect(resolveChoice({ ...choice, model: 'o1' }, catalogue, today)).toBeNull();
  });
});

describe('the server’s list', () => {
  const listed = (id: string, shutdownDate: string | null = null) => plainModel('openai', id, shutdownDate);

  it('adds models the catalogue does not hold, and leaves out what answers no questions', () => {
    const models = mergeWithCatalogue(
      catalogue,
      [listed('gpt-7'), listed('text-embedding-3-large'), listed('gpt-6.2-sol'), listed('whisper-1')],
      today,
    );
    const ids = models.map(({ id }) => id);
    expect(ids).toContain('gpt-7');
    expect(ids).not.toContain('text-embedding-3-large');
    expect(ids.filter((id) => id === 'gpt-6.2-sol')).toHaveLength(1);
    expect(models.length).toBe(catalogue.all(today).length + 1);
  });

  it('tells newer shutdown dates than the catalogue', () => {
    const models = mergeWithCatalogue(
      catalogue,
      [listed('gpt-5.2', '2026-11-20'), listed('gpt-5.4', '2027-05-01')],
      today,
    );
    const find = (id: string) => models.find((model) => model.id === id);
    expect(find('gpt-5.2')).toMatchObject({ shutdownDate: '2026-11-20', isRetired: true });
    expect(find('gpt-5.4')).toMatchObject({ shutdownDate: '2027-05-01', isRetired: false });
  });

  it('knows a snapshot it adds by its family', () => {
    const models = mergeWithCatalogue(catalogue, [listed('gpt-5.1-2025-11-13')], today);
    expect(models.at(-1)).toMatchObject({ id: 'gpt-5.1-2025-11-13', isReasoning: true });
  });
});

function catalogueJson(): object {
  return { priceUnit: 'USD per million tokens', generated: '2026-11-22', models: [] };
}

function entry(id: string, replacement: string | null): object {
  return {
    id,
    released: '2025-01-01',
    shutdownDate: '2026-01-01',
    replacement,
    contextWindowTokens: null,
    maxOutputTokens: null,
    isReasoning: true,
    efforts: [],
    defaultEffort: null,
    hasSummaries: null,
    prices: { input: 1, cachedInput: null, cacheWrite: null, output: 2 },
    longContext: null,
    snapshots: {},
    readDate: '2026-11-22',
    sources: [],
    unverified: [],
  };
}
