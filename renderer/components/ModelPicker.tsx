import { RotateCw } from 'lucide-react';
import { useEffect, useId, useState } from 'react';
import { providerKinds, solverChoice } from '#shared/domain/model.ts';
import type { ModelChoice, ModelInfo, ProviderKind } from '#shared/domain/model.ts';
import type { Failure } from '#shared/domain/failure.ts';
import { sentenceFor } from '#shared/messages/failures.ts';
import { windowMessages } from '#shared/messages/window.ts';
import { Button } from './Button.tsx';
import { Choices } from './Choices.tsx';
import { describeModel, warningAbout } from './describe-model.ts';
import { TextField } from './Field.tsx';

const say = windowMessages.model;

export interface ModelList {
  readonly models: readonly ModelInfo[];
  /** Why the server could not be asked; the list is then the catalogue's alone. */
  readonly failure: Failure | null;
}

export interface ModelPickerProps {
  readonly value: ModelChoice;
  onValue(choice: ModelChoice): void;
  /** Must stay the same function between renders. */
  readonly listModels: (provider: ProviderKind, askServer: boolean) => Promise<ModelList>;
}

const providerOptions = providerKinds.map((value) => ({ value, label: say.providers[value] }));

/** Where a problem is run, by which model, with how much effort. */
export function ModelPicker({ value, onValue, listModels }: ModelPickerProps) {
  const choose = (provider: ProviderKind): void => {
    if (provider === value.provider) return;
    onValue(provider === 'solver' ? solverChoice : { provider, model: '', effort: null });
  };
  return (
    <div className="model-picker">
      <Choices label={say.provider} value={value.provider} options={providerOptions} onValue={choose} />
      {value.provider === 'solver' ? (
        <p className="field-note">{say.solverText}</p>
      ) : (
        <ServerModels
          key={value.provider}
          provider={value.provider}
          value={value}
          onValue={onValue}
          listModels={listModels}
        />
      )}
    </div>
  );
}

interface ServerModelsProps extends ModelPickerProps {
  readonly provider: Exclude<ProviderKind, 'solver'>;
}

function ServerModels({ provider, value, onValue, listModels }: ServerModelsProps) {
  // A server of one's own has no catalogue: it has to be asked. OpenAI's is known without a network.
  const [askServer, setAskServer] = useState(provider === 'compatible');
  const [asked, setAsked] = useState(0);
  const list = useModelList(listModels, provider, askServer, asked);
  const known = list?.models.find((model) => model.id === value.model);
  const ask = (): void => {
    setAskServer(true);
    setAsked((count) => count + 1);
  };
  const pick = (model: ModelInfo): void => {
    const keepsEffort = value.effort !== null && model.efforts.includes(value.effort);
    onValue({ provider, model: model.id, effort: keepsEffort ? value.effort : null });
  };
  return (
    <>
      <ModelListBox list={list} chosen={value.model} onPick={pick} />
      {list?.failure && (
        <p className="field-note field-error" role="alert">
          {sentenceFor(list.failure)}
        </p>
      )}
      <div className="model-by-name">
        <TextField
          label={say.modelId}
          hint={list && value.model && !known ? say.unlisted(value.model) : say.modelIdHints[provider]}
          value={value.model}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => onValue({ provider, model: event.target.value.trim(), effort: value.effort })}
        />
        <Button icon={<RotateCw size={14} aria-hidden />} onClick={ask}>
          {say.askServer}
        </Button>
      </div>
      {value.model !== '' && <EffortChoice value={value} model={known} onValue={onValue} />}
    </>
  );
}

/** `null` while the list is being asked for. */
function useModelList(
  listModels: ModelPickerProps['listModels'],
  provider: ProviderKind,
  askServer: boolean,
  asked: number,
): ModelList | null {
  const [answer, setAnswer] = useState<{ readonly to: string; readonly list: ModelList } | null>(null);
  const question = `${provider} ${askServer} ${asked}`;
  useEffect(() => {
    let isWanted = true;
    void listModels(provider, askServer).then((list) => {
      if (isWanted) setAnswer({ to: question, list });
    });
    return () => {
      isWanted = false;
    };
  }, [listModels, provider, askServer, question]);
  return answer?.to === question ? answer.list : null;
}

interface ModelListBoxProps {
  readonly list: ModelList | null;
  readonly chosen: string;
  onPick(model: ModelInfo): void;
}

function ModelListBox({ list, chosen, onPick }: ModelListBoxProps) {
  const name = useId();
  if (!list) return <p className="field-note">{say.loading}</p>;
  if (list.models.length === 0) return list.failure ? null : <p className="field-note">{say.none}</p>;
  const current = list.models.filter((model) => !model.isRetired);
  const retired = list.models.filter((model) => model.isRetired);
  const row = (model: ModelInfo) => (
    <ModelRow key={model.id} name={name} model={model} isChosen={model.id === chosen} onPick={onPick} />
  );
  return (
    <fieldset className="choices">
      <legend className="field-label">{say.model}</legend>
      <div className="model-list" tabIndex={-1}>
        {current.map(row)}
        {retired.length > 0 && (
          <details className="model-retired" open={retired.some((model) => model.id === chosen)}>
            <summary>{`${say.retiredGroup} (${retired.length})`}</summary>
            {retired.map(row)}
          </details>
        )}
      </div>
    </fieldset>
  );
}

interface ModelRowProps {
  readonly name: string;
  readonly model: ModelInfo;
  readonly isChosen: boolean;
  onPick(model: ModelInfo): void;
}

function ModelRow({ name, model, isChosen, onPick }: ModelRowProps) {
  const about = describeModel(model);
  const warning = warningAbout(model);
  return (
    <label className="model-row" data-retired={model.isRetired || undefined}>
      <input
        type="radio"
        name={name}
        checked={isChosen}
        disabled={model.isRetired}
        onChange={() => onPick(model)}
      />
      <span className="model-name">{model.id}</span>
      {about && <span className="model-about">{about}</span>}
      {warning && <span className="model-warning">{warning}</span>}
    </label>
  );
}

interface EffortChoiceProps {
  readonly value: ModelChoice;
  readonly model: ModelInfo | undefined;
  onValue(choice: ModelChoice): void;
}

const ownEffort = 'own';

/** For a model the catalogue knows: the efforts it takes. For another: the usual ones, since nobody knows. */
function EffortChoice({ value, model, onValue }: EffortChoiceProps) {
  if (model && model.efforts.length === 0 && model.provider === 'openai') {
    return <p className="field-note">{say.noEffort}</p>;
  }
  const offered = model && model.efforts.length > 0 ? model.efforts : usualEfforts;
  const options = [
    { value: ownEffort, label: say.effortDefault },
    ...offered.map((effort) => ({ value: effort as string, label: say.efforts[effort] })),
  ];
  return (
    <Choices
      label={say.effort}
      value={value.effort ?? ownEffort}
      options={options}
      onValue={(chosen) => onValue({ ...value, effort: offered.find((effort) => effort === chosen) ?? null })}
    />
  );
}

const usualEfforts = ['low', 'medium', 'high'] as const;
