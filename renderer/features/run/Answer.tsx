import { useState } from 'react';
import type { ReactElement } from 'react';
import { useRun } from '#renderer/workspace/index.ts';
import type { Macros } from '#shared/domain/notebook.ts';
import type { Run } from '#shared/domain/run.ts';
import { hasEnded } from '#shared/domain/run.ts';
import { pageWords } from '#shared/messages/page.ts';
import { RenderedText, StreamedText } from './AnswerText.tsx';
import { DamageNote } from './DamageNote.tsx';
import { ActivityLine } from './ActivityLine.tsx';
import { Outcome } from './Outcome.tsx';
import { QuestionChanged } from './QuestionChanged.tsx';
import { ThinkingFold } from './ThinkingFold.tsx';
import { isQuestionChanged } from './question-change.ts';
import { useTicking } from './use-cell-runs.ts';

export interface AnswerProps {
  readonly run: Run;
  /** The question as it reads now. */
  readonly question: string;
  readonly macros: Macros;
  readonly onRunAgain: (() => void) | null;
  onStop(): void;
}

/** One run's answer as it stands: streaming, whole, or what there is of it. Mount it afresh for each run. */
export function Answer({ run: told, question, macros, onRunAgain, onStop }: AnswerProps): ReactElement {
  const shown = useRun(told.id);
  const run = shown?.run ?? told;
  const answer = shown?.answer ?? told.answer;
  const thinking = shown?.thinking ?? told.thinking;
  const isUnderWay = !hasEnded(run);
  // An answer seen growing goes on being drawn as one when it ends, so that its last line does not flash.
  const [wasStreamed] = useState(isUnderWay);
  const Text = wasStreamed ? StreamedText : RenderedText;
  const isQuestionOld = !isUnderWay && isQuestionChanged(run, question);
  const outcome = isUnderWay ? null : <Outcome run={run} onRunAgain={onRunAgain} />;
  return (
    <>
      <div className="answer-before">
        {run.isDamaged && <DamageNote of="run" />}
        {run.origin === 'recorded' && <p className="answer-note">{pageWords.recordedExample}</p>}
        {isQuestionOld && <QuestionChanged asked={run.question} now={question} onRunAgain={onRunAgain} />}
        {answer !== '' && outcome}
      </div>
      <div className="answer-main">
        {answer === '' && outcome}
        {answer !== '' && (
          <div aria-busy={isUnderWay}>
            <Text text={answer} macros={macros} />
          </div>
        )}
        {/* Below what is written, so that no line moves when it goes. */}
        {isUnderWay && <Activity run={run} thinking={thinking} macros={macros} onStop={onStop} />}
      </div>
      <div className="answer-after">
        <ThinkingFold thinking={thinking} headings={run.headings.length} macros={macros} />
      </div>
    </>
  );
}

type ActivityProps = Pick<AnswerProps, 'run' | 'macros' | 'onStop'> & { readonly thinking: string };

function Activity(props: ActivityProps): ReactElement {
  const elapsedMs = useTicking(props.run.id);
  return <ActivityLine {...props} elapsedMs={elapsedMs} />;
}
