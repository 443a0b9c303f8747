import { useState } from 'react';
import { Button } from '#renderer/components/Button.tsx';
import { TextField } from '#renderer/components/Field.tsx';
import { useWorkspace } from '#renderer/workspace/index.ts';
import { windowMessages } from '#shared/messages/window.ts';

const say = windowMessages.settings;

export interface AddressFieldProps {
  /** `null` while none is set. */
  readonly value: string | null;
  readonly hint: string;
  readonly placeholder: string;
  onSave(url: string | null): Promise<boolean>;
}

/** A server's address, saved by a button: half an address is no setting. */
export function AddressField({ value, hint, placeholder, onSave }: AddressFieldProps) {
  const { toasts } = useWorkspace();
  const [text, setText] = useState(value ?? '');
  const isChanged = text.trim() !== (value ?? '');
  return (
    <form
      className="settings-row"
      onSubmit={(event) => {
        event.preventDefault();
        void onSave(text.trim() || null).then((isSaved) => {
          if (isSaved) toasts.info(say.saved);
        });
      }}
    >
      <TextField
        label={say.address}
        hint={hint}
        placeholder={placeholder}
        value={text}
        inputMode="url"
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => setText(event.target.value)}
      />
      <Button type="submit" disabled={!isChanged}>
        {say.save}
      </Button>
    </form>
  );
}
