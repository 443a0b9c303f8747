import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { systemClock } from '#backend/clock.ts';
import type { RunId } from '#shared/domain/ids.ts';
import { newId } from '#shared/domain/ids.ts';
import type { ProviderKind } from '#shared/domain/model.ts';
import type { Run } from '#shared/domain/run.ts';
import type { RunTimes } from '#shared/domain/time.ts';
import { networkProviders } from '#tests/support/runs/network-providers.ts';
import { ended, runLab } from '#tests/support/runs/run-lab.ts';
import type { RunLab } from '#tests/support/runs/run-lab.ts';

/** One run's receipt beside what the server's own ledger says of the same request. */
export interface Receipt {
  readonly run: Run;
  readonly times: RunTimes;
  readonly ledger: { readonly waitMs: number; readonly thinkingMs: number; readonly writingMs: number };
}

interface ServerProcess {
  readonly url: string;
  ledger(): Promise<readonly LedgerLine[]>;
  close(): Promise<void>;
}

const ledgerLine = z.object({
  body: z.object({ model: z.string() }),
  receivedMs: z.number(),
  endedMs: z.number().nullable(),
  firstSentMs: z.object({
    thinking: z.number().optional(),
    text: z.number().optional(),
    terminal: z.number().optional(),
  }),
});
type LedgerLine = z.infer<typeof ledgerLine>;

const script = { waitMs: 700, thinkMs: 900, writeMs: 400, thinkingText: ['Let ', 'me ', 'see.'] };

/** A model server in a process of its own, so that neither side's work delays the other's clock. */
async function startServerProcess(): Promise<ServerProcess> {
  const folder = mkdtempSync(join(tmpdir(), 'scholium-receipts-'));
  const options = join(folder, 'options.json');
  writeFileSync(options, JSON.stringify({ otherwise: { ...script, dialect: 'vllm' } }));
  const main = fileURLToPath(new URL('../model-server/main.ts', import.meta.url));
  const server = spawn(process.execPath, [main, '--script', options], { stdio: ['pipe', 'pipe', 'inherit'] });
  const [url]: unknown[] = await once(createInterface(server.stdout), 'line');
  const address = z.url().parse(url);
  return {
    url: address,
    async ledger() {
      const answer = await fetch(new URL('/_ledger', address));
      return z.array(ledgerLine).parse(await answer.json());
    },
    async close() {
      const gone = once(server, 'exit');
      server.stdin.end();
      await gone;
      rmSync(folder, { recursive: true });
    },
  };
}

/** Runs under way at once in each library: what its lanes take. */
const slotsPerLab: readonly ProviderKind[] = ['openai', 'openai', 'openai', 'compatible', 'openai'];
/** People do not start ten runs in one millisecond; the slots' phases must not all fall together. */
const slotsApartMs = 110;

/**
 * Runs `count` problems against a server scripted to wait 700 ms, think 900 ms and write 400 ms, over
 * the Responses API and over Chat Completions: ten at once, in two libraries.
 */
export async function takeReceipts(count: number): Promise<readonly Receipt[]> {
  const server = await startServerProcess();
  const opened: RunLab[] = [];
  try {
    const providers = networkProviders(server.url);
    for (let lab = 0; lab < 2; lab += 1) opened.push(await runLab({ providers, clock: systemClock }));
    const slots = opened.flatMap((lab) => slotsPerLab.map((provider) => ({ lab, provider })));
    let left = count;
    const perSlot = await Promise.all(
      slots.map(async ({ lab, provider }, index) => {
        const runs: Run[] = [];
        await delay(index * slotsApartMs);
        while (left > 0) {
          left -= 1;
          runs.push(await runOnce(lab, provider));
        }
        return runs;
      }),
    );
    const ledger = await server.ledger();
    return perSlot.flat().map((run) => ({ run, times: timesOf(run), ledger: ledgerOf(run, ledger) }));
  } finally {
    for (const { runs, library } of opened) {
      await runs.close();
      library.close();
    }
    await server.close();
  }
}

async function runOnce(lab: RunLab, provider: ProviderKind): Promise<Run> {
  const runId = newId<RunId>();
  // The model's name finds the run again in the server's ledger.
  lab.start({ runId, model: runId, provider });
  return ended(lab.runs, runId);
}

function timesOf(run: Run): RunTimes {
  if (run.state !== 'completed') throw new Error(`The run is ${JSON.stringify(run)}`);
  return run.times;
}

function ledgerOf(run: Run, ledger: readonly LedgerLine[]): Receipt['ledger'] {
  const line = ledger.find(({ body }) => body.model === run.id);
  const { thinking, text, terminal } = line?.firstSentMs ?? {};
  if (!line || thinking === undefined || text === undefined || terminal === undefined) {
    throw new Error('The ledger does not tell of this run');
  }
  return { waitMs: thinking - line.receivedMs, thinkingMs: text - thinking, writingMs: terminal - text };
}

/** How far the worst part of a receipt is from the ledger, in milliseconds. */
export function worstErrorMs({ times, ledger }: Receipt): number {
  const errors = [
    [times.waitMs, ledger.waitMs],
    [times.thinkingMs, ledger.thinkingMs],
    [times.writingMs, ledger.writingMs],
  ] as const;
  return Math.max(...errors.map(([told, real]) => (told === null ? Infinity : Math.abs(told - real))));
}
