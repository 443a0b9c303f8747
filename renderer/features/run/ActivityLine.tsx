import { Square } from 'lucide-react';
import type { ReactElement } from 'react';
import { Button } from '#renderer/components/Button.tsx';
import type { Macros } from '#shared/domain/notebook.ts';
import type { Run } from '#shared/domain/run.ts';
import { pageWords } from '#shared/messages/page.ts';
import { formatElapsed } from '#shared/scholium/index.ts';
import { RenderedText } from './AnswerText.tsx';
import { activityOf, newestThought } from './thinking-line.ts';

export interface ActivityLineProps {
  readonly run: Run;
  readonly thinking: string;
  readonly elapsedMs: number | null;
  readonly macros: Macros;
  onStop(): void;
}

/** One calm line: what the run does, since when, and the newest thing it thought of. */
export function ActivityLine({ run, thinking, elapsedMs, macros, onStop }: ActivityLineProps): ReactElement {
  const thought = run.state === 'running' && run.phase === 'thinking' ? newestThought(run, thinking) : null;
  return (
    <div className="activity">
      <span className="activity-mark" aria-hidden="true" />
      <p className="activity-what">
        {activityOf(run)}
        {elapsedMs !== null && <span className="activity-time">, {formatElapsed(elapsedMs)}</span>}
      </p>
      {thought !== null && <RenderedText text={thought} macros={macros} className="activity-thought" />}
      {run.headings.length > 1 && (
        <span className="activity-more">{pageWords.headings(run.headings.length)}</span>
      )}
      <Button
        className="activity-stop"
        aria-label={pageWords.stopLabel}
        icon={<Square size={9} fill="currentColor" aria-hidden />}
        onClick={onStop}
      >
        {pageWords.stop}
      </Button>
    </div>
  );
}
