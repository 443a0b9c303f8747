import { useEffect, useState } from 'react';
import type { ReactElement } from 'react';
import { useStore } from 'zustand';
import 'katex/dist/katex.min.css';
import '#renderer/styles/page.css';
import { copyText } from '#renderer/components/copy-text.ts';
import { useOpenNotebook, useWorkspace } from '#renderer/workspace/index.ts';
import type { Workspace } from '#renderer/workspace/index.ts';
import type { Macros } from '#shared/domain/notebook.ts';
import { pageWords } from '#shared/messages/page.ts';
import { DamageNote } from '../run/DamageNote.tsx';
import { announcementsBetween } from './announcements.ts';
import { CellList } from './CellList.tsx';
import { CatalogueContext, MacrosContext, PageContext } from './page-context.ts';
import type { Page } from './page-context.ts';
import { preloadEditor } from './LazyCellEditor.tsx';
import { createPageCommands } from './page-commands.ts';
import { createPageState } from './page-state.ts';
import { PageHeader } from './PageHeader.tsx';
import { useCatalogue } from './use-catalogue.ts';

/** The open notebook as a page. Mount it afresh for each notebook (`key={notebook.id}`). */
export function NotebookPage(): ReactElement | null {
  const workspace = useWorkspace();
  const [page] = useState(() => createPage(workspace));
  const open = useOpenNotebook((present) => present);
  const catalogue = useCatalogue();
  const macros = useSteady(open?.notebook.macros ?? noMacros);
  useAnnouncements(workspace, page);
  useEffect(preloadEditor, []);
  if (!open) return null;
  return (
    <PageContext value={page}>
      <MacrosContext value={macros}>
        <CatalogueContext value={catalogue}>
          <div className="notebook-page">
            <PageHeader open={open} />
            {open.notebook.isDamaged && <DamageNote of="notebook" />}
            {open.order.length === 0 && <EmptyNotebook />}
            <CellList />
            <LiveRegion page={page} />
          </div>
        </CatalogueContext>
      </MacrosContext>
    </PageContext>
  );
}

const noMacros: Macros = {};

/** The same object until something in it changes, so that a new title typesets no formula again. */
function useSteady(macros: Macros): Macros {
  const [steady, setSteady] = useState(macros);
  if (steady === macros || JSON.stringify(steady) === JSON.stringify(macros)) return steady;
  setSteady(macros);
  return macros;
}

function createPage(workspace: Workspace): Page {
  const state = createPageState();
  const commands = createPageCommands({
    state,
    actions: workspace.actions,
    open: () => {
      const now = workspace.notebook.state.getState();
      return now.kind === 'open' ? now.open : null;
    },
    libraryChoice: () => workspace.library.state.getState().settings?.defaultChoice ?? null,
    flush: (cellId) => void workspace.drafts.flush(cellId),
    tell: (text) => workspace.toasts.info(text),
    // Where the browser forbids it the cell is still on the page's own clipboard.
    copyText: (text) => void copyText(text).catch(() => undefined),
  });
  return { state, commands };
}

function useAnnouncements({ notebook }: Workspace, page: Page): void {
  useEffect(
    () =>
      notebook.state.subscribe((after, before) => {
        if (after.kind !== 'open' || before.kind !== 'open') return;
        const said = announcementsBetween(before.open, after.open);
        if (said.length > 0) page.state.setState({ announcement: { text: said.join('. ') } });
      }),
    [notebook, page],
  );
}

/** Says aloud what only the eye would see: that an answer is there. */
function LiveRegion({ page }: { readonly page: Page }): ReactElement {
  const announcement = useStore(page.state, (now) => now.announcement);
  return (
    <div role="status" aria-live="polite" className="visually-hidden">
      {announcement?.text}
    </div>
  );
}

function EmptyNotebook(): ReactElement {
  return (
    <div className="empty-notebook">
      <p className="empty-title">{pageWords.emptyTitle}</p>
      <p>{pageWords.emptyLine}</p>
    </div>
  );
}
