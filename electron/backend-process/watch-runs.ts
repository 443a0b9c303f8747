import { setTimeout as wait } from 'node:timers/promises';
import type { BackendClient } from '#shared/contract/index.ts';
import type { RunId } from '#shared/domain/ids.ts';
import { hasEnded } from '#shared/domain/run.ts';
import type { Run } from '#shared/domain/run.ts';

export type EndedRun = Extract<Run, { endedAt: number }>;

/** Between two attempts to follow a library that changes hands. */
const retryMs = 500;

/**
 * Tells of each run that was seen under way and has ended, until `signal` is aborted. `client` is
 * asked anew whenever the library's owner changed.
 */
export async function watchRuns(
  client: () => Promise<BackendClient>,
  ended: (run: EndedRun, client: BackendClient) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const underWay = new Set<RunId>();
  while (!signal.aborted) {
    try {
      const present = await client();
      for await (const event of await present.changes.watch({ afterSeq: null }, { signal })) {
        if (event.type === 'reset') continue;
        for (const runId of runsIn(event.entries)) {
          const run = await present.runs.get({ runId });
          if (!hasEnded(run)) underWay.add(runId);
          else if (underWay.delete(runId)) await ended(run, present);
        }
      }
    } catch {
      // The owner went away: its windows say so. What is under way is looked at again below.
      if (signal.aborted) return;
    }
    await wait(retryMs, undefined, { signal }).catch(() => undefined);
  }
}

function runsIn(entries: readonly { readonly change: { readonly type: string } }[]): Set<RunId> {
  const changes = entries.map(({ change }) => change);
  return new Set(changes.flatMap((change) => (isRunChange(change) ? [change.runId] : [])));
}

function isRunChange(change: { readonly type: string }): change is { type: 'run'; runId: RunId } {
  return change.type === 'run';
}
