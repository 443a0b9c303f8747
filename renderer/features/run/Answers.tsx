import { Pin } from 'lucide-react';
import { useId, useMemo } from 'react';
import type { ReactElement } from 'react';
import { IconButton } from '#renderer/components/IconButton.tsx';
import type { RunId } from '#shared/domain/ids.ts';
import type { Macros } from '#shared/domain/notebook.ts';
import type { Run } from '#shared/domain/run.ts';
import { hasEnded } from '#shared/domain/run.ts';
import { pageWords } from '#shared/messages/page.ts';
import { describeRun, growingScaleMs, longestTotalMs } from '#shared/scholium/index.ts';
import { Answer } from './Answer.tsx';
import { AnswerTabs } from './AnswerTabs.tsx';
import { MarginScholium } from './MarginScholium.tsx';
import { orderRuns, shownRun } from './run-order.ts';
import { tabLabels } from './tab-labels.ts';
import { useTicking } from './use-cell-runs.ts';

export interface AnswersProps {
  readonly runs: readonly Run[];
  readonly pinnedRunId: RunId | null;
  /** The answer the reader turned to; `null`: the first in order. */
  readonly chosenRunId: RunId | null;
  readonly question: string;
  readonly macros: Macros;
  onShow(runId: RunId): void;
  onTogglePin(): void;
  onRunAgain(): void;
  onStop(runId: RunId): void;
}

/** A problem's answers, one in front, with their receipts in the margin. */
export function Answers(props: AnswersProps): ReactElement | null {
  const { runs, pinnedRunId, question, macros, onStop } = props;
  const ordered = useMemo(() => orderRuns(runs, pinnedRunId), [runs, pinnedRunId]);
  const shown = shownRun(ordered, props.chosenRunId);
  const panelId = useId();
  if (!shown) return null;
  const isBusy = runs.some((run) => !hasEnded(run));
  const hasTabs = ordered.length > 1;
  return (
    <section className="answers" aria-label={pageWords.answers} data-running={!hasEnded(shown)}>
      {hasTabs && <TabRow {...props} ordered={ordered} shown={shown} panelId={panelId} />}
      <div className="answer-row">
        <div
          id={panelId}
          className="answer"
          {...(hasTabs ? { role: 'tabpanel', 'aria-label': pageWords.answerLabel(shown.choice.model) } : {})}
        >
          <Answer
            key={shown.id}
            run={shown}
            question={question}
            macros={macros}
            onRunAgain={isBusy ? null : props.onRunAgain}
            onStop={() => onStop(shown.id)}
          />
        </div>
        <Margin ordered={ordered} shown={shown} />
      </div>
    </section>
  );
}

interface TabRowProps extends AnswersProps {
  readonly ordered: readonly Run[];
  readonly shown: Run;
  readonly panelId: string;
}

function TabRow({ ordered, shown, panelId, pinnedRunId, onShow, onTogglePin }: TabRowProps): ReactElement {
  const tabs = useMemo(() => {
    const labels = tabLabels(ordered, { nowMs: Date.now() });
    return ordered.map((run, index) => ({
      runId: run.id,
      label: labels[index] ?? '',
      tone: describeRun(run).tone,
      isPinned: run.id === pinnedRunId,
    }));
  }, [ordered, pinnedRunId]);
  const isPinned = shown.id === pinnedRunId;
  const label = isPinned ? pageWords.unpin : pageWords.pin;
  return (
    <div className="answer-head">
      <AnswerTabs tabs={tabs} shownId={shown.id} panelId={panelId} onShow={onShow} />
      {hasEnded(shown) && (
        <IconButton
          className="answer-pin"
          label={pageWords.withKey(label, 'P')}
          aria-pressed={isPinned}
          icon={<Pin size={13} fill={isPinned ? 'currentColor' : 'none'} aria-hidden />}
          onClick={onTogglePin}
        />
      )}
    </div>
  );
}

function Margin({ ordered, shown }: { readonly ordered: readonly Run[]; readonly shown: Run }): ReactElement {
  const nowMs = Date.now();
  const ended = ordered.filter(hasEnded);
  const underWay = ordered.find((run) => !hasEnded(run));
  const elapsedMs = useTicking((underWay ?? shown).id);
  const scaleMs = cellScaleMs(longestTotalMs(ended), elapsedMs);
  const scholium = (run: Run, isOlder: boolean): ReactElement => (
    <MarginScholium
      key={run.id}
      run={run}
      isOlder={isOlder}
      elapsedMs={run === underWay ? elapsedMs : null}
      scaleMs={scaleMs}
      nowMs={nowMs}
    />
  );
  const older = ordered.filter((run) => run.id !== shown.id);
  return (
    <aside className="margin">
      {scholium(shown, false)}
      {older.length > 0 && (
        <div className="margin-older" role="group" aria-label={pageWords.olderReceipts}>
          {older.map((run) => scholium(run, true))}
        </div>
      )}
    </aside>
  );
}

/** The longest run's time, or, once the one under way takes longer, a scale it can grow along. */
function cellScaleMs(longestMs: number | null, elapsedMs: number | null): number | null {
  if (elapsedMs === null || (longestMs !== null && elapsedMs <= longestMs)) return longestMs;
  return growingScaleMs(elapsedMs);
}
