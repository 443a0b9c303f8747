import { afterEach, expect, test } from 'vitest';
import { systemClock } from '#backend/clock.ts';
import { newId } from '#shared/domain/ids.ts';
import type { RunId } from '#shared/domain/ids.ts';
import type { ProviderKind } from '#shared/domain/model.ts';
import { startModelServer } from '#tests/support/model-server/index.ts';
import type { ScriptInput } from '#tests/support/model-server/index.ts';
import { networkProviders } from '#tests/support/runs/network-providers.ts';
import { ended, runLab } from '#tests/support/runs/run-lab.ts';

const cleanUps: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp();
});

async function labWith(script: ScriptInput) {
  const server = await startModelServer({ otherwise: script });
  const lab = await runLab({ providers: networkProviders(server.url), clock: systemClock });
  cleanUps.push(server.close, async () => {
    await lab.runs.close();
    lab.library.close();
  });
  return { ...lab, server };
}

const both: readonly ProviderKind[] = ['openai', 'compatible'];

for (const provider of both) {
  test(`a whole answer over ${provider} is stored with what the server reported`, async () => {
    const { start, runs, server } = await labWith({ dialect: 'deepseek', text: ['The answer ', 'is $42$.'] });
    const run = await ended(runs, start({ provider }).id);
    expect(run).toMatchObject({
      state: 'completed',
      finish: 'stop',
      answer: 'The answer is $42$.',
      receipt: { modelReturned: 'lab-1', usage: { inputTokens: 12, outputTokens: 34, reasoningTokens: 20 } },
    });
    const [sent, ...more] = server.ledger.answers();
    expect(more).toEqual([]);
    expect(sent?.body).toEqual(run.request.body);
  });

  test(`a connection over ${provider} that breaks leaves the text that came, and is not sent again`, async () => {
    const text = ['one ', 'two ', 'three '];
    // Some frames of text in: chat completions have fewer before it.
    const afterEvents = provider === 'openai' ? 6 : 3;
    const { start, runs, server } = await labWith({ text, fault: { type: 'cut', afterEvents } });
    const run = await ended(runs, start({ provider }).id);
    expect(run).toMatchObject({ state: 'interrupted', failure: { code: 'run-cut-short' } });
    expect(text.join('').startsWith(run.answer)).toBe(true);
    expect(server.ledger.answers()).toHaveLength(1);
  });

  test(`stopping a run whose ${provider} server has gone silent takes less than a second`, async () => {
    const fault = { type: 'stall', afterEvents: 5, forMs: null } as const;
    const { start, stop, runs, server } = await labWith({ text: ['one ', 'two ', 'three '], fault });
    const { id } = start({ provider });
    await server.ledger.until((entries) => (entries[0]?.framesSent ?? 0) >= 5);
    const startedMs = performance.now();
    const run = await stop(id);
    expect(performance.now() - startedMs).toBeLessThan(1_000);
    expect(run.state).toBe('cancelled');
    expect(runs.get(id)).toEqual(run);
    const entries = await server.ledger.until(([entry]) => entry?.outcome === 'client-aborted');
    expect(entries).toHaveLength(1);
  });

  test(`ten megabytes over ${provider} are kept to the last character`, async () => {
    const { start, runs } = await labWith({ text: ['The end.'], fault: { type: 'huge', chars: 10_000_000 } });
    const runId = newId<RunId>();
    start({ runId, provider });
    const run = await ended(runs, runId);
    expect(run.state).toBe('completed');
    expect(run.answer.length).toBe(10_000_000 + 'The end.'.length);
    expect(run.answer.endsWith('xThe end.')).toBe(true);
  });
}

test('a refused key leaves a run that failed, was sent once, and may be read', async () => {
  const { start, runs, server } = await labWith({ fault: { type: 'unauthorized' } });
  const run = await ended(runs, start({ provider: 'openai' }).id);
  expect(run).toMatchObject({ state: 'failed', failure: { code: 'key-refused' }, answer: '' });
  expect(server.ledger.answers()).toHaveLength(1);
});
