import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { markdown, markdownLanguage } from '@codemirror/lang-markdown';
import { HighlightStyle, bracketMatching, syntaxHighlighting } from '@codemirror/language';
import { EditorState, Prec } from '@codemirror/state';
import type { Extension } from '@codemirror/state';
import { EditorView, drawSelection, keymap, placeholder } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { mathsSyntax } from './maths-syntax.ts';

/** What the editor tells its cell. */
export interface EditorListener {
  changed(source: string): void;
  /** Escape: back to command mode. */
  left(): void;
  /** One of the three run keys of Jupyter. */
  ran(then: 'next' | 'stay' | 'insert'): void;
  /** Line of the caret, counted from 0. */
  caretOnLine(line: number): void;
}

export interface EditorOptions {
  readonly source: string;
  readonly label: string;
  readonly hint: string;
  /** Where the caret stands at first, in characters. */
  readonly caretAt: number;
  readonly listener: EditorListener;
}

/** Colours come from CSS variables by class, so that a theme never rebuilds an editor. */
const markupStyle = HighlightStyle.define([
  { tag: tags.special(tags.string), class: 'cm-maths' },
  { tag: tags.heading, class: 'cm-heading' },
  { tag: tags.strong, class: 'cm-strong' },
  { tag: tags.emphasis, class: 'cm-emphasis' },
  { tag: tags.monospace, class: 'cm-code' },
  { tag: tags.link, class: 'cm-link' },
  { tag: tags.url, class: 'cm-link' },
  { tag: tags.quote, class: 'cm-quote' },
  { tag: tags.processingInstruction, class: 'cm-mark' },
  { tag: tags.contentSeparator, class: 'cm-mark' },
]);

const language: Extension = [
  markdown({
    base: markdownLanguage,
    extensions: [mathsSyntax],
    completeHTMLTags: false,
    pasteURLAsLink: false,
  }),
  syntaxHighlighting(markupStyle),
];

export function createEditorState({ source, label, hint, caretAt, listener }: EditorOptions): EditorState {
  const does = (act: () => void) => (): boolean => {
    act();
    return true;
  };
  return EditorState.create({
    doc: source,
    selection: { anchor: Math.min(caretAt, source.length) },
    extensions: [
      Prec.highest(
        keymap.of([
          { key: 'Escape', run: does(() => listener.left()) },
          { key: 'Shift-Enter', run: does(() => listener.ran('next')) },
          { key: 'Mod-Enter', run: does(() => listener.ran('stay')) },
          { key: 'Alt-Enter', run: does(() => listener.ran('insert')) },
        ]),
      ),
      history(),
      drawSelection(),
      bracketMatching(),
      EditorView.lineWrapping,
      EditorView.scrollMargins.of(underPreview),
      language,
      // Escape, then Tab leaves the editor: Tab inside it indents.
      keymap.of([...defaultKeymap, ...historyKeymap, indentWithTab]),
      placeholder(hint),
      EditorView.contentAttributes.of({
        'aria-label': label,
        spellcheck: 'false',
        autocorrect: 'off',
        autocapitalize: 'off',
      }),
      EditorView.updateListener.of((update) => {
        const { state } = update;
        if (update.docChanged) listener.changed(state.doc.toString());
        if (update.docChanged || update.selectionSet) {
          listener.caretOnLine(lineOfCaret(state));
        }
      }),
    ],
  });
}

/** Counted from 0. */
export function lineOfCaret({ doc, selection }: EditorState): number {
  return doc.lineAt(selection.main.head).number - 1;
}

/** The preview may stand over the editor's lower lines; the caret stays above it. */
function underPreview({ dom }: EditorView): { readonly bottom: number } {
  const preview = dom.closest('.cell-editing')?.querySelector<HTMLElement>('.cell-preview');
  return { bottom: preview?.offsetHeight ?? 0 };
}

/**
 * Puts another version of the text into an open editor (another window's, an earlier one), touching
 * only what differs, so that the cursor stays where it was.
 */
export function replaceText(view: EditorView, source: string): void {
  const present = view.state.doc.toString();
  if (present === source) return;
  let start = 0;
  const shorter = Math.min(present.length, source.length);
  while (start < shorter && present[start] === source[start]) start += 1;
  let fromEnd = 0;
  while (
    fromEnd < shorter - start &&
    present[present.length - 1 - fromEnd] === source[source.length - 1 - fromEnd]
  ) {
    fromEnd += 1;
  }
  view.dispatch({
    changes: {
      from: start,
      to: present.length - fromEnd,
      insert: source.slice(start, source.length - fromEnd),
    },
  });
}
