import { useState } from 'react';
import type { ReactElement } from 'react';
import { useRun } from '#renderer/workspace/index.ts';
import type { Run } from '#shared/domain/run.ts';
import { describeRun } from '#shared/scholium/index.ts';
import { RunDetails } from './RunDetails.tsx';
import { ScholiumView } from './ScholiumView.tsx';
import { useTicking } from './use-cell-runs.ts';

export interface MarginScholiumProps {
  readonly run: Run;
  readonly isOlder: boolean;
  /** The cell's longest run; `null`: this one sets the scale. */
  readonly scaleMs: number | null;
  readonly nowMs: number;
}

/** One run's receipt in the margin, ticking while it runs, with its details behind it. */
export function MarginScholium({ run: told, isOlder, scaleMs, nowMs }: MarginScholiumProps): ReactElement {
  const [isOpen, setIsOpen] = useState(false);
  const run = useRun(told.id)?.run ?? told;
  const elapsedMs = useTicking(told.id);
  const scholium = describeRun(run, {
    nowMs,
    ...(elapsedMs === null ? {} : { elapsedMs }),
    ...(scaleMs === null ? {} : { scaleMs: Math.max(scaleMs, elapsedMs ?? 0) }),
  });
  return (
    <>
      <ScholiumView scholium={scholium} isOlder={isOlder} onOpen={() => setIsOpen(true)} />
      {isOpen && <RunDetails run={run} elapsedMs={elapsedMs} onClose={() => setIsOpen(false)} />}
    </>
  );
}
