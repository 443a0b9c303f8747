import { useState } from 'react';
import { Button } from '#renderer/components/Button.tsx';
import { TextField } from '#renderer/components/Field.tsx';
import { useActions, useWorkspace } from '#renderer/workspace/index.ts';
import { windowMessages } from '#shared/messages/window.ts';

const say = windowMessages.settings;

/** Asks for the passphrase of the encrypted key file, once after each start. */
export function UnlockKeys() {
  const actions = useActions();
  const { toasts } = useWorkspace();
  const [passphrase, setPassphrase] = useState('');
  const unlock = async (): Promise<void> => {
    if (!(await actions.unlockKeys(passphrase))) return;
    setPassphrase('');
    toasts.info(say.unlocked);
  };
  return (
    <form
      className="settings-row"
      onSubmit={(event) => {
        event.preventDefault();
        void unlock();
      }}
    >
      <TextField
        label={say.passphrase}
        hint={say.fileLocked}
        type="password"
        autoComplete="current-password"
        value={passphrase}
        onChange={(event) => setPassphrase(event.target.value)}
      />
      <Button type="submit" disabled={passphrase === ''}>
        {say.unlock}
      </Button>
    </form>
  );
}
