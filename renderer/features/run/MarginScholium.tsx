import { useState } from 'react';
import type { ReactElement } from 'react';
import { useRun } from '#renderer/workspace/index.ts';
import type { Run } from '#shared/domain/run.ts';
import { describeRun } from '#shared/scholium/index.ts';
import { RunDetails } from './RunDetails.tsx';
import { ScholiumView } from './ScholiumView.tsx';

export interface MarginScholiumProps {
  readonly run: Run;
  readonly isOlder: boolean;
  /** The backend's clock while it runs; otherwise `null`. */
  readonly elapsedMs: number | null;
  /** What the bars of the cell share; `null`: this run sets its own. */
  readonly scaleMs: number | null;
  readonly nowMs: number;
}

/** One run's receipt in the margin, ticking while it runs, with its details behind it. */
export function MarginScholium(props: MarginScholiumProps): ReactElement {
  const { run: told, isOlder, elapsedMs, scaleMs, nowMs } = props;
  const [isOpen, setIsOpen] = useState(false);
  const run = useRun(told.id)?.run ?? told;
  const scholium = describeRun(run, {
    nowMs,
    ...(elapsedMs === null ? {} : { elapsedMs }),
    ...(scaleMs === null ? {} : { scaleMs }),
  });
  return (
    <>
      <ScholiumView scholium={scholium} isOlder={isOlder} onOpen={() => setIsOpen(true)} />
      {isOpen && <RunDetails run={run} elapsedMs={elapsedMs} onClose={() => setIsOpen(false)} />}
    </>
  );
}
