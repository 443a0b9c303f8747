import { Play } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { ReactElement } from 'react';
import { Button } from '#renderer/components/Button.tsx';
import { useActions } from '#renderer/workspace/index.ts';
import type { OpenNotebook } from '#renderer/workspace/index.ts';
import { pageWords } from '#shared/messages/page.ts';
import { unansweredProblems } from '../run/answered.ts';
import { usePage } from './page-context.ts';
import { PageTitle } from './PageTitle.tsx';
import { totalsOf, totalsPieces } from './totals.ts';

/** Title, what the notebook took in all, and what can be done with it as a whole. */
export function PageHeader({ open }: { readonly open: OpenNotebook }): ReactElement {
  const actions = useActions();
  const { notebook } = open;
  const totals = useMemo(() => totalsOf(Object.values(open.runs)), [open.runs]);
  const pieces = totalsPieces(open.order.length, totals);
  return (
    <header className="page-head">
      <div className="page-about">
        <PageTitle
          key={notebook.id}
          title={notebook.title}
          onTitle={(title) => {
            if (title !== notebook.title) void actions.updateNotebook(notebook.id, { title });
          }}
        />
        <p className="page-totals">
          {[...notebook.tags, ...pieces].map((piece, index) => (
            <span key={piece}>
              {index > 0 && <span className="dot"> · </span>}
              <span className="page-total">{piece}</span>
            </span>
          ))}
        </p>
      </div>
      <div className="page-actions" role="group" aria-label={pageWords.headerActions}>
        <RunUnanswered open={open} />
        <ExportButton onExport={() => actions.exportPdf(notebook.id)} />
      </div>
    </header>
  );
}

function RunUnanswered({ open }: { readonly open: OpenNotebook }): ReactElement | null {
  const { commands } = usePage();
  const count = useMemo(() => {
    const problems = open.order.flatMap((id) => {
      const cell = open.cells[id];
      return cell?.kind === 'problem' ? [cell] : [];
    });
    const runsOf = (cellId: string) => open.runsByCell[cellId]?.flatMap((id) => open.runs[id] ?? []) ?? [];
    return unansweredProblems(problems, (problem) => runsOf(problem.id)).length;
  }, [open]);
  if (count === 0) return null;
  return (
    <Button
      className="run-unanswered"
      title={pageWords.runUnansweredHint(count)}
      icon={<Play size={10} fill="currentColor" aria-hidden />}
      onClick={() => void commands.runUnanswered()}
    >
      {pageWords.runUnanswered(count)}
    </Button>
  );
}

function ExportButton({ onExport }: { onExport(): Promise<unknown> }): ReactElement {
  const [isBusy, setIsBusy] = useState(false);
  const start = (): void => {
    setIsBusy(true);
    void onExport().finally(() => setIsBusy(false));
  };
  return (
    <Button aria-disabled={isBusy} onClick={isBusy ? undefined : start}>
      {isBusy ? pageWords.exporting : pageWords.exportPdf}
    </Button>
  );
}
