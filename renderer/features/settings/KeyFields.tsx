import { useState } from 'react';
import { Button } from '#renderer/components/Button.tsx';
import { SelectField, TextField } from '#renderer/components/Field.tsx';
import { useActions, useWorkspace } from '#renderer/workspace/index.ts';
import type { KeyStatus } from '#renderer/workspace/index.ts';
import { windowMessages } from '#shared/messages/window.ts';

const say = windowMessages.settings;

type Provider = KeyStatus['keys'][number]['provider'];
type Place = 'keyring' | 'file' | 'memory';

export interface KeyFieldsProps {
  readonly provider: Provider;
  readonly status: KeyStatus;
}

/** Where a provider's key lies, and a way to set one that can never be read back. */
export function KeyFields({ provider, status }: KeyFieldsProps) {
  const actions = useActions();
  const { toasts } = useWorkspace();
  const place = status.keys.find((key) => key.provider === provider)?.place ?? null;
  const remove = async (): Promise<void> => {
    if (await actions.removeKey(provider)) toasts.info(say.keyRemoved);
  };
  return (
    <div className="key-fields">
      <div className="key-status">
        <p>{place ? say.keyPlaces[place] : say.keyNone[provider]}</p>
        {place && place !== 'environment' && <Button onClick={() => void remove()}>{say.removeKey}</Button>}
      </div>
      {place !== 'environment' && <NewKey provider={provider} keyring={status.keyring} />}
    </div>
  );
}

function NewKey({
  provider,
  keyring,
}: {
  readonly provider: Provider;
  readonly keyring: KeyStatus['keyring'];
}) {
  const actions = useActions();
  const { toasts } = useWorkspace();
  const places: readonly Place[] = keyring.works ? ['keyring', 'file', 'memory'] : ['file', 'memory'];
  const [key, setKey] = useState('');
  const [passphrase, setPassphrase] = useState('');
  const [wanted, setWanted] = useState<Place>('keyring');
  const place = places.includes(wanted) ? wanted : 'memory';
  const needsPassphrase = place === 'file';
  const isReady = key.trim() !== '' && (!needsPassphrase || passphrase !== '');
  const save = async (): Promise<void> => {
    const given = { provider, key: key.trim(), place };
    const isSaved = await actions.setKey(needsPassphrase ? { ...given, passphrase } : given);
    if (!isSaved) return;
    setKey('');
    setPassphrase('');
    toasts.info(say.keySaved);
  };
  return (
    <form
      className="new-key"
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady) void save();
      }}
    >
      <TextField
        label={say.newKey}
        type="password"
        autoComplete="off"
        spellCheck={false}
        value={key}
        onChange={(event) => setKey(event.target.value)}
      />
      <SelectField<Place>
        label={say.keepWhere}
        value={place}
        options={places.map((value) => ({ value, label: say.keep[value] }))}
        onValue={setWanted}
      />
      {!keyring.works && <p className="field-note">{say.keyringFails(keyring.reason ?? '')}</p>}
      {needsPassphrase && (
        <TextField
          label={say.passphrase}
          hint={say.passphraseHint}
          type="password"
          autoComplete="new-password"
          value={passphrase}
          onChange={(event) => setPassphrase(event.target.value)}
        />
      )}
      <div className="new-key-foot">
        <Button type="submit" disabled={!isReady}>
          {say.saveKey}
        </Button>
        <p className="field-note">{say.keyNeverShown}</p>
      </div>
    </form>
  );
}
