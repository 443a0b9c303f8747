import { Button } from '#renderer/components/Button.tsx';
import { MessagePage } from '#renderer/components/MessagePage.tsx';
import { WelcomePage } from '#renderer/features/library/WelcomePage.tsx';
import { NotebookPage } from '#renderer/features/notebook/NotebookPage.tsx';
import { useActions, useLibrary, useNotebookState } from '#renderer/workspace/index.ts';
import type { NotebookId } from '#shared/domain/ids.ts';
import { sentenceFor } from '#shared/messages/failures.ts';
import { windowMessages as say } from '#shared/messages/window.ts';
import { goTo } from './route.ts';

export interface PageAreaProps {
  readonly current: NotebookId | null;
  onCreate(): void;
  onImport(files: readonly File[]): void;
}

/** The notebook, or what stands in its place. */
export function PageArea({ current, onCreate, onImport }: PageAreaProps) {
  const state = useNotebookState();
  const actions = useActions();
  const first = useLibrary((library) => library.notebooks?.[0]);
  switch (state.kind) {
    case 'none':
      return current === null && !first ? <WelcomePage onCreate={onCreate} onImport={onImport} /> : null;
    case 'loading':
      return <div aria-busy="true" />;
    case 'failed':
      return (
        <MessagePage title={say.welcome.notFoundTitle} text={sentenceFor(state.failure)}>
          <Button look="primary" onClick={() => void actions.openNotebook(state.notebookId)}>
            {say.opening.tryAgain}
          </Button>
          {first && <Button onClick={() => goTo(first.id)}>{say.welcome.openAnother}</Button>}
        </MessagePage>
      );
    case 'open':
      return <NotebookPage key={state.open.notebook.id} />;
  }
}
