import { describe, expect, test } from 'vitest';
import { describeDetails, detailsAsText } from '#shared/scholium/index.ts';
import { failure } from '#shared/domain/failure.ts';
import { completedRun, emptyReceipt, failedRun, queuedRun } from '../../support/sample-runs.ts';
import type { Run } from '#shared/domain/run.ts';

const text = (run: Run): string =>
  detailsAsText(describeDetails(run, { timeZone: 'Europe/Zurich' })).replace(/[\u00a0\u202f]/g, ' ');

const prices = {
  inputUsd: 2.5,
  cachedInputUsd: null,
  cacheWriteUsd: null,
  outputUsd: 10,
  longContext: null,
  readDate: '2026-11-19',
};

describe('everything about a run', () => {
  test('has each part of its time to the millisecond, and its dates in both clocks', () => {
    const all = text(completedRun());
    expect(all).toContain('Thinking, until the first visible text: 2 min 31 s · 151 000 ms (93 %)');
    expect(all).toContain('Total: 2 min 43 s · 163 000 ms');
    expect(all).toContain('Sent: 22 Nov 2026, 14:06 (2026-11-22 13:06:00 UTC)');
  });

  test('has every token count, with what was not reported said so', () => {
    const all = text(completedRun());
    expect(all).toContain('Input: 1 240');
    expect(all).toContain('of it read from cache: 0');
    expect(all).toContain('of it written to cache: not reported');
    expect(all).toContain('of it reasoning: 12 480');
    expect(all).toContain('of it written: 640');
    expect(text(completedRun({ receipt: emptyReceipt }))).toContain('of it written: not reported');
  });

  test('has the cost to the nano-dollar, the prices, and the day they were read', () => {
    const all = text(completedRun({ prices }));
    expect(all).toContain('Cost: 13.1 ¢ · 0.131000000 USD');
    expect(all).toContain('cached input: unknown');
    expect(all).toContain('US dollars per million tokens, as published on 2026-11-19');
    expect(text(completedRun())).toContain('No price is known for this model');
  });

  test('has provider, models, ids and tier', () => {
    const all = text(completedRun());
    for (const line of ['Provider: OpenAI', 'Asked for: gpt-6.2-sol', 'Effort: high', 'Request id: req_1']) {
      expect(all).toContain(line);
    }
    expect(text(completedRun({ receipt: emptyReceipt }))).toContain('Response id: not given');
  });

  test('has the summary headings with their times', () => {
    const headings = [{ atMs: 250_000, text: 'checking the boundary term' }];
    expect(text(completedRun({ headings }))).toContain('4:10: checking the boundary term');
  });

  test('says why it failed', () => {
    expect(text(failedRun(failure('connection-lost', {})))).toContain('The connection to Scholium was lost.');
  });

  test('claims no times for a run that was not sent', () => {
    const all = text(queuedRun());
    expect(all).not.toContain('Total');
    expect(all).toContain('State: waiting for its turn');
  });
});
