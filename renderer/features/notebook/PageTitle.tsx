import { useEffect, useRef, useState } from 'react';
import type { KeyboardEvent, ReactElement } from 'react';
import { pageWords } from '#shared/messages/page.ts';

export interface PageTitleProps {
  readonly title: string;
  onTitle(title: string): void;
}

/** Long enough for a word, short enough to lose none. */
const quietMs = 400;

/** The title, edited where it stands. Enter or leaving it is done; Escape puts the former one back. */
export function PageTitle({ title, onTitle }: PageTitleProps): ReactElement {
  const [draft, setDraft] = useState<string | null>(null);
  const former = useRef(title);
  const save = useRef(onTitle);
  useEffect(() => {
    save.current = onTitle;
  });
  useEffect(() => {
    if (draft === null || draft === title) return undefined;
    const timer = setTimeout(() => save.current(draft), quietMs);
    return () => clearTimeout(timer);
  }, [draft, title]);

  const isGivenUp = useRef(false);
  const finish = (): void => {
    if (isGivenUp.current) onTitle(former.current);
    else if (draft !== null && draft !== title) onTitle(draft);
    isGivenUp.current = false;
    setDraft(null);
  };
  const keyDown = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    if (event.key === 'Enter') {
      event.preventDefault();
      event.currentTarget.blur();
    }
    if (event.key === 'Escape') {
      isGivenUp.current = true;
      event.currentTarget.blur();
    }
  };
  return (
    <h1 className="page-title">
      <textarea
        rows={1}
        dir="auto"
        aria-label={pageWords.titleLabel}
        placeholder={pageWords.untitled}
        value={draft ?? title}
        spellCheck={false}
        onFocus={() => {
          former.current = title;
        }}
        onChange={(event) => setDraft(event.target.value.replace(/\s*\n\s*/g, ' '))}
        onBlur={finish}
        onKeyDown={keyDown}
      />
    </h1>
  );
}
