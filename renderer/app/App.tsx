import { PanelLeftOpen } from 'lucide-react';
import { lazy, Suspense, useCallback, useState } from 'react';
import { Button } from '#renderer/components/Button.tsx';
import { IconButton } from '#renderer/components/IconButton.tsx';
import { MessagePage } from '#renderer/components/MessagePage.tsx';
import { TooltipProvider } from '#renderer/components/Tooltip.tsx';
import { FileDrop } from '#renderer/features/library/FileDrop.tsx';
import { Sidebar } from '#renderer/features/library/Sidebar.tsx';
import { useConnectionState, useLibrary, useWorkspace } from '#renderer/workspace/index.ts';
import type { NotebookId } from '#shared/domain/ids.ts';
import { sentenceFor } from '#shared/messages/failures.ts';
import { windowMessages as say } from '#shared/messages/window.ts';
import { ConnectionBanner } from './ConnectionBanner.tsx';
import { PageArea } from './PageArea.tsx';
import { addressOf, goTo } from './route.ts';
import { StatusLine } from './StatusLine.tsx';
import { useTheme } from './theme.ts';
import { Toasts } from './Toasts.tsx';
import { useChosenNotebook } from './use-chosen-notebook.ts';
import { useSidebar } from './use-sidebar.ts';

/** Not needed for the first screen. */
const SettingsDialog = lazy(async () => ({
  default: (await import('#renderer/features/settings/SettingsDialog.tsx')).SettingsDialog,
}));

export function App() {
  useTheme(useLibrary((state) => state.settings?.theme ?? null));
  return (
    <TooltipProvider delayDuration={500}>
      <Window />
      <Toasts />
    </TooltipProvider>
  );
}

/** What can be shown at all: the library, or why there is none. */
function Window() {
  const connection = useConnectionState();
  const { library } = useWorkspace();
  const isKnown = useLibrary((state) => state.notebooks !== null);
  const failure = useLibrary((state) => state.failure);
  if (isKnown) return <Frame />;
  if (connection.kind === 'refused') {
    return (
      <main>
        <MessagePage title={say.opening.refusedTitle} text={say.opening.refusedText} />
      </main>
    );
  }
  if (failure) {
    return (
      <main role="alert">
        <MessagePage title={say.opening.failedTitle} text={sentenceFor(failure)}>
          <Button look="primary" onClick={() => void library.reload()}>
            {say.opening.tryAgain}
          </Button>
        </MessagePage>
      </main>
    );
  }
  return (
    <main className="opening" aria-busy="true">
      <p role="status">{say.opening.connecting}</p>
    </main>
  );
}

function Frame() {
  const { actions } = useWorkspace();
  const sidebar = useSidebar();
  const current = useChosenNotebook();
  const [isSettingsOpen, setIsSettingsOpen] = useState(false);
  // Stays in place once it was opened: it gives the focus back as it closes.
  const [hasOpenedSettings, setHasOpenedSettings] = useState(false);
  if (isSettingsOpen && !hasOpenedSettings) setHasOpenedSettings(true);

  const open = useCallback(
    (notebookId: NotebookId) => {
      goTo(notebookId);
      sidebar.closeIfOverlay();
    },
    [sidebar],
  );
  const importFiles = useCallback(
    (files: readonly File[]) => {
      void actions.importMarkdown(files).then((imported) => {
        const first = imported?.[0];
        if (first) open(first);
      });
    },
    [actions, open],
  );
  const create = async (): Promise<void> => {
    const notebook = await actions.createNotebook();
    if (notebook) open(notebook.id);
  };

  return (
    <div className="app" data-sidebar={sidebar.isOpen ? 'open' : 'closed'}>
      <a className="skip-link" href="#page" onClick={skipToPage}>
        {say.frame.skipToPage}
      </a>
      {sidebar.isOpen ? (
        <>
          <div className="sidebar-veil" onClick={sidebar.close} aria-hidden />
          <Sidebar
            current={current}
            addressOf={addressOf}
            onOpen={open}
            onCurrentGone={goTo}
            onImport={importFiles}
            onClose={sidebar.close}
            onSettings={() => setIsSettingsOpen(true)}
          />
        </>
      ) : (
        <IconButton
          className="sidebar-opener"
          label={say.frame.openSidebar}
          icon={<PanelLeftOpen size={16} aria-hidden />}
          onClick={sidebar.open}
        />
      )}
      <main
        id="page"
        className="page-area"
        tabIndex={-1}
        aria-label={say.frame.page}
        inert={sidebar.isOverlay}
      >
        <ConnectionBanner />
        <PageArea current={current} onCreate={() => void create()} onImport={importFiles} />
      </main>
      <StatusLine />
      <FileDrop onFiles={importFiles} />
      <Suspense fallback={null}>
        {hasOpenedSettings && <SettingsDialog isOpen={isSettingsOpen} onOpenChange={setIsSettingsOpen} />}
      </Suspense>
    </div>
  );
}

function skipToPage(event: { preventDefault(): void }): void {
  // The address after # names the notebook; the skip link must not replace it.
  event.preventDefault();
  document.getElementById('page')?.focus();
}
