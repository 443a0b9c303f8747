import type { ReactElement } from 'react';
import { Button } from '#renderer/components/Button.tsx';
import type { Run } from '#shared/domain/run.ts';
import { pageWords } from '#shared/messages/page.ts';
import { outcomeSentence } from './outcome-sentence.ts';

export interface OutcomeProps {
  readonly run: Run;
  /** `null` while the cell runs already. */
  readonly onRunAgain: (() => void) | null;
}

/** How a run ended when it did not end well: what happened, what was kept, what can be done. */
export function Outcome({ run, onRunAgain }: OutcomeProps): ReactElement | null {
  const sentence = outcomeSentence(run);
  if (sentence === null) return null;
  const kept = run.answer === '' ? null : pageWords.keptText;
  const isFailure = run.state === 'failed' || run.state === 'interrupted';
  return (
    <div className="outcome" data-tone={isFailure ? 'failed' : 'stopped'}>
      <p>
        <span className="outcome-mark" aria-hidden="true">
          {isFailure ? '×' : run.state === 'cancelled' ? '■' : '◐'}
        </span>
        {sentence}
        {kept && !isFailure ? ` ${kept}` : ''}
      </p>
      {onRunAgain && <Button onClick={onRunAgain}>{pageWords.runAgain}</Button>}
    </div>
  );
}
