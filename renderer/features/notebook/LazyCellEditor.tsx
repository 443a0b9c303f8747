import { lazy, Suspense, useCallback, useLayoutEffect, useRef } from 'react';
import type { KeyboardEvent, ReactElement } from 'react';
import { whenIdle } from '#renderer/components/when-idle.ts';
import type { CellEditorProps } from './CellEditor.tsx';

const loadEditor = () => import('./CellEditor.tsx');
const LoadedEditor = lazy(async () => ({ default: (await loadEditor()).CellEditor }));

/** Fetches the editor's code while nothing else is to be done, so that it is there when it is wanted. */
export function preloadEditor(): () => void {
  return whenIdle(() => void loadEditor(), 1_000);
}

type LazyCellEditorProps = Omit<CellEditorProps, 'caretAt'> & {
  /** Counted from 0; `null`: the caret stands at the end, where most people go on writing. */
  readonly caretLine: number | null;
};

/**
 * The editor, without its code on the first screen. Until that is there a plain field stands in its
 * place: no key that was pressed is lost, and the caret stays where it was.
 */
export function LazyCellEditor({ caretLine, ...props }: LazyCellEditorProps): ReactElement {
  const caretAt = useRef(caretLine === null ? props.source.length : endOfLine(props.source, caretLine));
  const caretMoved = useCallback((offset: number) => {
    caretAt.current = offset;
  }, []);
  return (
    <Suspense fallback={<PlainField {...props} caretAt={caretAt} caretMoved={caretMoved} />}>
      <LoadedEditor {...props} caretAt={caretAt} />
    </Suspense>
  );
}

function endOfLine(source: string, line: number): number {
  const lines = source.split('\n');
  return lines.slice(0, line + 1).join('\n').length;
}

function PlainField(props: CellEditorProps & { caretMoved(offset: number): void }): ReactElement {
  const { source, label, hint, caretAt, caretMoved } = props;
  const field = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => {
    field.current?.focus();
    field.current?.setSelectionRange(caretAt.current, caretAt.current);
  }, [caretAt]);
  return (
    <textarea
      ref={field}
      className="cell-editor cell-editor-plain"
      aria-label={label}
      placeholder={hint}
      spellCheck={false}
      rows={source.split('\n').length}
      value={source}
      onChange={({ target }) => {
        caretMoved(target.selectionStart);
        props.changed(target.value);
      }}
      onSelect={({ currentTarget }) => caretMoved(currentTarget.selectionStart)}
      onKeyDown={(event) => obeyEditorKeys(event, props)}
    />
  );
}

/** The editor's own keys, as `editor-setup.ts` binds them. */
function obeyEditorKeys(event: KeyboardEvent, listener: CellEditorProps): void {
  const act = ((): (() => void) | null => {
    if (event.key === 'Escape') return () => listener.left();
    if (event.key !== 'Enter') return null;
    if (event.shiftKey) return () => listener.ran('next');
    if (event.ctrlKey || event.metaKey) return () => listener.ran('stay');
    return event.altKey ? () => listener.ran('insert') : null;
  })();
  if (!act) return;
  event.preventDefault();
  act();
}
