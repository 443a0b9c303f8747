/**
 * A backend's runs room that streams without end, for a test to kill:
 *
 *   node tests/support/runs/stream-until-killed.ts LIBRARY SEED
 *
 * Keeps four runs under way. Everything a watcher of them is shown is printed at once, one event a line.
 */
import { writeSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { systemClock } from '#backend/clock.ts';
import type { Provider, ProviderEvent } from '#backend/models/providers/provider.ts';
import type { RunId } from '#shared/domain/ids.ts';
import { hasEnded } from '#shared/domain/run.ts';
import { createRandom } from '../random.ts';
import { runLab } from './run-lab.ts';

const [path, seed] = process.argv.slice(2);
if (path === undefined || seed === undefined) throw new Error('Usage: stream-until-killed.ts LIBRARY SEED');
const random = createRandom(Number(seed));

async function* stream(): AsyncGenerator<ProviderEvent> {
  yield { type: 'sent' };
  yield { type: 'accepted', responseId: 'resp_1', requestId: null, model: null };
  const pieces = 5 + random.below(60);
  for (let piece = 0; piece < pieces; piece += 1) {
    if (random.below(2) === 0) await delay(random.below(12));
    const text = `${piece} ${'𝛼'.repeat(random.below(40))}\n`;
    if (piece % 10 === 3) yield { type: 'heading', text: `Step ${piece}` };
    yield { type: piece < pieces / 3 ? 'thinking' : 'text', text };
  }
  yield { type: 'done', finish: 'stop', model: null, serviceTier: null };
}

const provider: Provider = {
  kind: 'openai',
  prepare: () => ({ endpoint: 'POST http://127.0.0.1/v1/responses', body: {} }),
  send: stream,
  listModels: () => Promise.resolve([]),
};

const lab = await runLab({ providers: [provider], clock: systemClock, path });

async function watchOne(runId: RunId): Promise<void> {
  for await (const event of lab.runs.watch(runId, null)) {
    if (event.type === 'delta') {
      writeSync(1, `${JSON.stringify({ runId, kind: event.kind, text: event.text })}\n`);
    } else {
      const { answer, thinking, headings } = event.run;
      const isOver = hasEnded(event.run);
      writeSync(1, `${JSON.stringify({ runId, kind: 'run', answer, thinking, headings, isOver })}\n`);
    }
  }
}

async function keepRunning(): Promise<never> {
  for (;;) await watchOne(lab.start().id);
}

await Promise.all([keepRunning(), keepRunning(), keepRunning(), keepRunning()]);
