import { FileUp, Plus } from 'lucide-react';
import { useRef } from 'react';
import { Button } from '#renderer/components/Button.tsx';
import { windowMessages } from '#shared/messages/window.ts';

const say = windowMessages.welcome;

export interface WelcomePageProps {
  onCreate(): void;
  onImport(files: readonly File[]): void;
}

/** Where the page is when no notebook is: what this is, and the two ways to begin. */
export function WelcomePage({ onCreate, onImport }: WelcomePageProps) {
  const fieldRef = useRef<HTMLInputElement>(null);
  return (
    <div className="message-page welcome">
      <h1>{say.title}</h1>
      <p>{say.text}</p>
      <div className="message-actions">
        <Button look="primary" icon={<Plus size={15} aria-hidden />} onClick={onCreate}>
          {say.create}
        </Button>
        <Button icon={<FileUp size={15} aria-hidden />} onClick={() => fieldRef.current?.click()}>
          {say.import}
        </Button>
        <input
          ref={fieldRef}
          type="file"
          hidden
          multiple
          accept=".md,.markdown,text/markdown"
          aria-label={say.import}
          onChange={(event) => {
            const files = [...(event.target.files ?? [])];
            event.target.value = '';
            if (files.length > 0) onImport(files);
          }}
        />
        <span className="welcome-hint">{say.dropHint}</span>
      </div>
      <h2>{say.keysTitle}</h2>
      <dl className="welcome-keys">
        {say.keys.map(({ keys, does }) => (
          <div key={keys}>
            <dt>
              <kbd>{keys}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
