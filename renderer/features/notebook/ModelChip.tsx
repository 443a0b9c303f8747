import { Popover } from 'radix-ui';
import type { ReactElement } from 'react';
import { ModelPicker } from '#renderer/components/ModelPicker.tsx';
import type { ModelPickerProps } from '#renderer/components/ModelPicker.tsx';
import type { ModelChoice } from '#shared/domain/model.ts';
import { pageWords } from '#shared/messages/page.ts';
import type { ChoiceTrouble } from './model-choice.ts';

export interface ModelChipProps {
  readonly choice: ModelChoice;
  readonly trouble: ChoiceTrouble | null;
  readonly listModels: ModelPickerProps['listModels'];
  onChoice(choice: ModelChoice): void;
}

/** Says what the problem would be run with, and what stands in the way; pressed, it lets one choose. */
export function ModelChip({ choice, trouble, listModels, onChoice }: ModelChipProps): ReactElement {
  const isSolver = choice.provider === 'solver';
  const model = isSolver ? pageWords.solver : choice.model || pageWords.noModel;
  const effort = choice.effort === null ? null : pageWords.effort[choice.effort];
  const warning = trouble && trouble.kind !== 'no-model' ? troubleText(trouble) : null;
  const what = [model, effort, warning].filter((text) => text !== null).join(' · ');
  return (
    <Popover.Root>
      <Popover.Trigger asChild>
        <button type="button" className="chip" aria-label={pageWords.chipLabel(what)}>
          <span className={isSolver ? 'chip-solver' : 'chip-model'}>{model}</span>
          {effort !== null && (
            <>
              <span className="dot"> · </span>
              {effort}
            </>
          )}
          {warning !== null && (
            <>
              <span className="dot"> · </span>
              <span className="chip-warning">{warning}</span>
            </>
          )}
        </button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content className="chip-popover" align="start" sideOffset={6} collisionPadding={12}>
          <ModelPicker value={choice} onValue={onChoice} listModels={listModels} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function troubleText(trouble: ChoiceTrouble): string {
  return trouble.kind === 'retired' ? pageWords.retired(trouble.successor) : pageWords.trouble[trouble.kind];
}
