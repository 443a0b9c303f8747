import { EditorView } from '@codemirror/view';
import { useLayoutEffect, useRef } from 'react';
import type { ReactElement, RefObject } from 'react';
import { createEditorState, lineOfCaret, replaceText } from './editor-setup.ts';
import type { EditorListener } from './editor-setup.ts';

export interface CellEditorProps extends EditorListener {
  readonly source: string;
  readonly label: string;
  readonly hint: string;
  /** Where the caret stands at first, in characters; read once. */
  readonly caretAt: RefObject<number>;
}

/** CodeMirror on one cell's text. It owns the text while it is open and tells of every change. */
export function CellEditor(props: CellEditorProps): ReactElement {
  const { source, label, hint, caretAt } = props;
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const listener = useRef<EditorListener>(props);
  const lastTold = useRef(source);
  useLayoutEffect(() => {
    listener.current = props;
  });

  useLayoutEffect(() => {
    if (!host.current) return undefined;
    const state = createEditorState({
      source,
      label,
      hint,
      caretAt: caretAt.current,
      listener: {
        changed: (text) => {
          lastTold.current = text;
          listener.current.changed(text);
        },
        left: () => listener.current.left(),
        ran: (then) => listener.current.ran(then),
        caretOnLine: (line) => listener.current.caretOnLine(line),
      },
    });
    const created = new EditorView({ state, parent: host.current });
    view.current = created;
    created.focus();
    listener.current.caretOnLine(lineOfCaret(created.state));
    created.dispatch({ effects: EditorView.scrollIntoView(created.state.selection.main.head) });
    return () => {
      view.current = null;
      created.destroy();
    };
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- made once; later texts arrive by `replaceText`.
  }, [label, hint, caretAt]);

  useLayoutEffect(() => {
    // What this editor told itself is in it already; only texts from elsewhere are put in.
    if (view.current && source !== lastTold.current) replaceText(view.current, source);
    lastTold.current = source;
  }, [source]);

  return <div ref={host} className="cell-editor" />;
}
