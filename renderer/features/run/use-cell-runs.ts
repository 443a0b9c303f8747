import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { useElapsedMs, useWorkspace } from '#renderer/workspace/index.ts';
import type { CellId, RunId } from '#shared/domain/ids.ts';
import type { Run } from '#shared/domain/run.ts';

const none: readonly Run[] = [];

/** A cell's runs as last told, newest first; the same array until one of them changes. */
export function useCellRuns(cellId: CellId | null): readonly Run[] {
  const { notebook } = useWorkspace();
  const last = useRef<readonly Run[]>(none);
  const read = useCallback((): readonly Run[] => {
    const state = notebook.state.getState();
    const open = state.kind === 'open' ? state.open : null;
    const ids = cellId === null ? undefined : open?.runsByCell[cellId];
    const runs = ids?.flatMap((id) => open?.runs[id] ?? []) ?? none;
    const isSame = runs.length === last.current.length && runs.every((run, i) => run === last.current[i]);
    if (!isSame) last.current = runs;
    return last.current;
  }, [notebook, cellId]);
  return useSyncExternalStore(notebook.state.subscribe, read);
}

const fineUntilMs = 10_000;

/** A running run's time, told every tenth of a second below ten seconds, then every second. */
export function useTicking(runId: RunId): number | null {
  const [everyMs, setEveryMs] = useState(100);
  const elapsedMs = useElapsedMs(runId, everyMs);
  const isFine = elapsedMs === null || elapsedMs < fineUntilMs;
  useEffect(() => setEveryMs(isFine ? 100 : 1_000), [isFine]);
  return elapsedMs;
}
