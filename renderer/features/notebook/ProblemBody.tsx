import { Play } from 'lucide-react';
import { useContext } from 'react';
import type { ReactElement } from 'react';
import { useStore } from 'zustand';
import { useActions, useLibrary, useOpenNotebook } from '#renderer/workspace/index.ts';
import type { CellDraftHandle } from '#renderer/workspace/index.ts';
import type { ProblemCell } from '#shared/domain/cell.ts';
import { pageWords } from '#shared/messages/page.ts';
import { Answers } from '../run/Answers.tsx';
import { standingOf } from '../run/answered.ts';
import type { Standing } from '../run/answered.ts';
import { useCellRuns } from '../run/use-cell-runs.ts';
import { CellSource } from './CellSource.tsx';
import { ModelChip } from './ModelChip.tsx';
import { CatalogueContext, MacrosContext, usePage } from './page-context.ts';
import { AnswerKey, ProblemHead } from './ProblemFacts.tsx';
import { choiceTrouble, effectiveChoice } from './model-choice.ts';
import type { ChoiceTrouble } from './model-choice.ts';
import { useListModels } from './use-catalogue.ts';
import type { ModelChoice } from '#shared/domain/model.ts';

interface ProblemBodyProps {
  readonly cell: ProblemCell;
  readonly draft: CellDraftHandle;
  readonly isEditing: boolean;
}

/** A question with what it would be run with, then its answers. */
export function ProblemBody({ cell, draft, isEditing }: ProblemBodyProps): ReactElement {
  const { state, commands } = usePage();
  const actions = useActions();
  const macros = useContext(MacrosContext);
  const runs = useCellRuns(cell.id);
  const chosenRunId = useStore(state, (now) => now.chosenRuns[cell.id] ?? null);
  const standing = standingOf(cell.source, runs);
  return (
    <>
      <div className="question" data-standing={standing}>
        <ProblemHead cell={cell} draft={draft} />
        <CellSource draft={draft} isEditing={isEditing} />
        <RunRow cell={cell} draft={draft} standing={standing} />
      </div>
      <Answers
        runs={runs}
        pinnedRunId={cell.pinnedRunId}
        chosenRunId={chosenRunId}
        question={cell.source}
        macros={macros}
        onShow={(runId) => state.setState((now) => ({ chosenRuns: { ...now.chosenRuns, [cell.id]: runId } }))}
        onTogglePin={() => commands.togglePin(cell.id)}
        onRunAgain={() => void commands.run(cell.id)}
        onStop={(runId) => void actions.stopRun(runId)}
      />
    </>
  );
}

interface RunRowProps extends Omit<ProblemBodyProps, 'isEditing'> {
  readonly standing: Standing;
}

function RunRow({ cell, draft, standing }: RunRowProps): ReactElement {
  const { commands } = usePage();
  const actions = useActions();
  const listModels = useListModels();
  const { choice, trouble } = useChoice(cell);
  const label = standing === 'answered' ? pageWords.runAgain : pageWords.run;
  const key = standing === 'answered' ? 'R R' : 'Shift+Enter';
  return (
    <div className="run-row">
      <button
        type="button"
        className="run-button"
        data-standing={standing}
        disabled={
          cell.isDamaged === true || standing === 'under-way' || standing === 'empty' || choice === null
        }
        title={pageWords.withKey(label, key)}
        onClick={() => void commands.run(cell.id)}
      >
        <Play size={10} fill="currentColor" aria-hidden />
        {label}
      </button>
      {choice && (
        <ModelChip
          choice={choice}
          trouble={trouble}
          listModels={listModels}
          onChoice={(chosen) => actions.setChoice(cell.id, chosen)}
        />
      )}
      <AnswerKey cell={cell} draft={draft} />
    </div>
  );
}

function useChoice(cell: ProblemCell): { choice: ModelChoice | null; trouble: ChoiceTrouble | null } {
  const catalogue = useContext(CatalogueContext);
  const notebook = useOpenNotebook((open) => open.notebook);
  const settings = useLibrary((library) => library.settings);
  const keys = useLibrary((library) => library.keys);
  if (!notebook || !settings) return { choice: null, trouble: null };
  const choice = effectiveChoice(cell, notebook, settings.defaultChoice);
  const key = keys?.keys.find(({ provider }) => provider === choice.provider);
  const trouble = choiceTrouble(choice, {
    model: choice.provider === 'openai' ? (catalogue.get(choice.model) ?? null) : null,
    hasKey: key ? key.place !== null : null,
    hasAddress: settings.compatibleBaseUrl !== null,
  });
  return { choice, trouble };
}
