import { useCallback } from 'react';
import { Choices } from '#renderer/components/Choices.tsx';
import { Dialog } from '#renderer/components/Dialog.tsx';
import { ModelPicker } from '#renderer/components/ModelPicker.tsx';
import { useActions, useLibrary } from '#renderer/workspace/index.ts';
import { themes } from '#shared/domain/settings.ts';
import type { Settings } from '#shared/domain/settings.ts';
import { windowMessages } from '#shared/messages/window.ts';
import { About } from './About.tsx';
import { AddressField } from './AddressField.tsx';
import { KeyFields } from './KeyFields.tsx';
import { Section } from './Section.tsx';
import { UnlockKeys } from './UnlockKeys.tsx';
import { useDefaultChoice } from './use-default-choice.ts';
import { useModelList } from './use-model-list.ts';

const say = windowMessages.settings;

export interface SettingsDialogProps {
  readonly isOpen: boolean;
  onOpenChange(isOpen: boolean): void;
}

export function SettingsDialog({ isOpen, onOpenChange }: SettingsDialogProps) {
  const settings = useLibrary((state) => state.settings);
  return (
    <Dialog
      title={say.title}
      closeLabel={windowMessages.frame.close}
      isOpen={isOpen}
      onOpenChange={onOpenChange}
    >
      {settings && <Sections settings={settings} />}
    </Dialog>
  );
}

const themeOptions = themes.map((value) => ({ value, label: say.themes[value] }));

function Sections({ settings }: { readonly settings: Settings }) {
  const actions = useActions();
  const keys = useLibrary((state) => state.keys);
  const listModels = useModelList();
  const [choice, setChoice] = useDefaultChoice(settings.defaultChoice);
  const saveOpenai = useCallback(
    (url: string | null) => actions.updateSettings({ openaiBaseUrl: url }),
    [actions],
  );
  const saveCompatible = useCallback(
    (url: string | null) => actions.updateSettings({ compatibleBaseUrl: url }),
    [actions],
  );
  return (
    <>
      <Section title={say.appearance}>
        <Choices
          label={say.theme}
          value={settings.theme}
          options={themeOptions}
          onValue={(theme) => void actions.updateSettings({ theme })}
        />
      </Section>
      <Section title={say.defaultModel} hint={say.defaultModelHint}>
        <ModelPicker value={choice} onValue={setChoice} listModels={listModels} />
      </Section>
      <Section title={say.openai}>
        {keys?.fileLocked && <UnlockKeys />}
        {keys && <KeyFields provider="openai" status={keys} />}
        <AddressField
          value={settings.openaiBaseUrl}
          hint={say.openaiAddressHint}
          placeholder="https://api.openai.com/v1"
          onSave={saveOpenai}
        />
      </Section>
      <Section title={say.compatible} hint={say.compatibleHint}>
        <AddressField
          value={settings.compatibleBaseUrl}
          hint={say.compatibleAddressHint}
          placeholder="http://127.0.0.1:11434/v1"
          onSave={saveCompatible}
        />
        {keys && <KeyFields provider="compatible" status={keys} />}
      </Section>
      <Section title={say.about}>
        <About />
      </Section>
    </>
  );
}
