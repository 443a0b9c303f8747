import type { KeyboardEvent, ReactElement } from 'react';
import { useRef } from 'react';
import type { RunId } from '#shared/domain/ids.ts';
import type { ScholiumTone } from '#shared/scholium/index.ts';
import { pageWords } from '#shared/messages/page.ts';

export interface AnswerTab {
  readonly runId: RunId;
  readonly label: string;
  readonly tone: ScholiumTone;
  readonly isPinned: boolean;
}

export interface AnswerTabsProps {
  readonly tabs: readonly AnswerTab[];
  readonly shownId: RunId;
  readonly panelId: string;
  onShow(runId: RunId): void;
}

/** A shape for each state, so that none is told by colour alone. */
const marks: Readonly<Record<ScholiumTone, string>> = {
  queued: '◦',
  running: '●',
  completed: '',
  incomplete: '◐',
  failed: '×',
  stopped: '■',
};

/** One tab a run, newest first; arrow keys go from one to the next. */
export function AnswerTabs({ tabs, shownId, panelId, onShow }: AnswerTabsProps): ReactElement {
  const list = useRef<HTMLDivElement>(null);
  const step = (event: KeyboardEvent): void => {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (by === 0) return;
    event.preventDefault();
    event.stopPropagation();
    const index = tabs.findIndex((tab) => tab.runId === shownId) + by;
    const next = tabs[(index + tabs.length) % tabs.length];
    if (!next) return;
    onShow(next.runId);
    list.current?.querySelector<HTMLElement>(`[data-run="${next.runId}"]`)?.focus();
  };
  return (
    <div ref={list} role="tablist" aria-label={pageWords.answers} className="answer-tabs" onKeyDown={step}>
      {tabs.map((tab) => {
        const isShown = tab.runId === shownId;
        const state = pageWords.tabState[tab.tone];
        return (
          <button
            key={tab.runId}
            type="button"
            role="tab"
            data-run={tab.runId}
            data-tone={tab.tone}
            aria-selected={isShown}
            aria-controls={isShown ? panelId : undefined}
            tabIndex={isShown ? 0 : -1}
            className="answer-tab"
            onClick={() => onShow(tab.runId)}
          >
            {marks[tab.tone] && (
              <span className="tab-mark" aria-hidden="true">
                {marks[tab.tone]}
              </span>
            )}
            {tab.label}
            {state && <span className="visually-hidden">, {state}</span>}
            {tab.isPinned && (
              <span className="tab-pin" title={pageWords.pinned}>
                <span aria-hidden="true">⌃</span>
                <span className="visually-hidden">, {pageWords.pinned}</span>
              </span>
            )}
          </button>
        );
      })}
    </div>
  );
}
