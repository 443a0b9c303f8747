import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { z } from 'zod';
import { systemClock } from '#backend/clock.ts';
import type { Run } from '#shared/domain/run.ts';
import { createTestFolder } from '#tests/support/library.ts';
import { createRandom } from '#tests/support/random.ts';
import { runLab } from '#tests/support/runs/run-lab.ts';
import { scriptedProvider } from '#tests/support/runs/scripted-provider.ts';

const kills = Number(process.env['SCHOLIUM_KILLS'] ?? 8);
const seed = Number(process.env['SCHOLIUM_FAULT_SEED'] ?? 1);
const script = fileURLToPath(new URL('../support/runs/stream-until-killed.ts', import.meta.url));
const { folder, remove } = createTestFolder();
afterAll(remove);

const line = z.discriminatedUnion('kind', [
  z.object({ runId: z.string(), kind: z.enum(['thinking', 'text']), text: z.string() }),
  z.object({
    runId: z.string(),
    kind: z.literal('run'),
    answer: z.string(),
    thinking: z.string(),
    headings: z.array(z.object({ atMs: z.number(), text: z.string() })),
    isOver: z.boolean(),
  }),
]);

interface Shown {
  answer: string;
  thinking: string;
  headings: readonly { atMs: number; text: string }[];
  isOver: boolean;
}

/** Streams into the library until killed, once so many events were shown; returns all that were. */
async function streamAndKill(
  path: string,
  childSeed: number,
  afterEvents: number,
): Promise<Map<string, Shown>> {
  const child = spawn(process.execPath, [script, path, String(childSeed)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  let events = 0;
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    output += chunk;
    events += chunk.split('\n').length - 1;
    if (events >= afterEvents) child.kill('SIGKILL');
  });
  await once(child, 'close');
  return readShown(output);
}

function readShown(output: string): Map<string, Shown> {
  const shown = new Map<string, Shown>();
  // A line that the kill tore was not shown to its end.
  for (const text of output.split('\n').slice(0, -1)) {
    const event = line.parse(JSON.parse(text));
    const before = shown.get(event.runId) ?? { answer: '', thinking: '', headings: [], isOver: false };
    if (event.kind === 'run') shown.set(event.runId, event);
    else if (event.kind === 'text') shown.set(event.runId, { ...before, answer: before.answer + event.text });
    else shown.set(event.runId, { ...before, thinking: before.thinking + event.text });
  }
  return shown;
}

/** What is wrong with a stored run, given what was shown of it; empty when nothing is. */
function faultsOf(stored: Run, shown: Shown): readonly string[] {
  const headings = JSON.stringify(stored.headings.slice(0, shown.headings.length));
  const checks = {
    'its answer lacks shown text': stored.answer.startsWith(shown.answer),
    'its thinking lacks shown text': stored.thinking.startsWith(shown.thinking),
    'it lacks shown headings': headings === JSON.stringify(shown.headings),
    'it is damaged': stored.isDamaged === undefined,
    'it was shown as completed': !shown.isOver || stored.state === 'completed',
    'it is in a state it cannot be in': hasRightEnd(stored),
  };
  return Object.entries(checks).flatMap(([fault, isFine]) => (isFine ? [] : [fault]));
}

function hasRightEnd(stored: Run): boolean {
  // Killed between the commit of its end and the showing of it.
  if (stored.state === 'completed') return true;
  if (stored.state !== 'interrupted' || stored.times.totalMs !== null) return false;
  return stored.failure.code === (stored.sentAt === null ? 'app-ended-before-sending' : 'app-ended');
}

test(
  'no word that was shown is missing after a kill, and nothing is left under way or sent again',
  { timeout: 20_000 + kills * 5_000 },
  async () => {
    const random = createRandom(seed);
    const path = join(folder, 'library.sqlite');
    const provider = scriptedProvider('openai');
    const counts = { runs: 0, interrupted: 0, withText: 0, chars: 0 };
    for (let kill = 0; kill < kills; kill += 1) {
      const shown = await streamAndKill(path, random.next(), 1 + random.below(120));
      const lab = await runLab({ providers: [provider], clock: systemClock, path });
      const recovered = lab.runs.recover();
      expect(recovered).toBeLessThanOrEqual(4);
      for (const [runId, one] of shown) {
        const stored = lab.runs.ofNotebook(lab.notebookId).find((run) => run.id === runId);
        if (!stored) throw new Error('A run that was shown is not in the library');
        expect(faultsOf(stored, one)).toEqual([]);
        counts.chars += one.answer.length + one.thinking.length;
        if (stored.state === 'interrupted' && stored.answer !== '') counts.withText += 1;
      }
      counts.runs += shown.size;
      counts.interrupted += recovered;
      expect(lab.runs.recover()).toBe(0);
      expect(lab.runs.activity()).toEqual({ queued: 0, running: 0 });
      expect(lab.library.db.prepare('SELECT count(*) FROM run_delta').pluck().get()).toBe(0);
      await lab.runs.close();
      lab.library.close();
    }
    expect(provider.sent).toHaveLength(0);
    // A sample in which nothing was interrupted while it wrote would prove nothing.
    expect(counts.withText).toBeGreaterThan(0);
    console.info(`${kills} kills: ${JSON.stringify(counts)}, nothing shown was lost`);
  },
);
