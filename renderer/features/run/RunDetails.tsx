import { useMemo, useState } from 'react';
import type { ReactElement } from 'react';
import { copyText } from '#renderer/components/copy-text.ts';
import { Dialog } from '#renderer/components/Dialog.tsx';
import type { Run } from '#shared/domain/run.ts';
import { runDetailWords as words } from '#shared/messages/page.ts';
import { describeDetails, detailsAsText } from '#shared/scholium/index.ts';
import type { DetailSection } from '#shared/scholium/index.ts';

export interface RunDetailsProps {
  readonly run: Run;
  readonly elapsedMs: number | null;
  onClose(): void;
}

/** Everything about one run: what a methods section needs, and the exact request. */
export function RunDetails({ run, elapsedMs, onClose }: RunDetailsProps): ReactElement {
  const sections = useMemo(
    () => describeDetails(run, elapsedMs === null ? {} : { elapsedMs }),
    [run, elapsedMs],
  );
  const request = useMemo(() => JSON.stringify(run.request.body, null, 2), [run.request.body]);
  return (
    <Dialog
      isOpen
      title={words.title}
      closeLabel={words.close}
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
    >
      <div className="run-details">
        {sections.map((section) => (
          <Section key={section.title} section={section} />
        ))}
        <section>
          <h3>{words.sections.question}</h3>
          <pre className="run-details-text">{run.question}</pre>
        </section>
        <section>
          <h3>
            {words.sections.request}
            <CopyButton label={words.copy} text={request} />
          </h3>
          <pre className="run-details-text" tabIndex={0} aria-label={words.sections.request}>
            {request}
          </pre>
        </section>
        <CopyButton label={words.copyAll} text={detailsAsText(sections)} />
      </div>
    </Dialog>
  );
}

function Section({ section }: { readonly section: DetailSection }): ReactElement {
  return (
    <section>
      <h3>{section.title}</h3>
      <table>
        <tbody>
          {section.rows.map((row) => (
            <tr key={row.label} className={row.isPart ? 'is-part' : undefined}>
              <th scope="row">{row.label}</th>
              <td>{row.value}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {section.note && <p className="run-details-note">{section.note}</p>}
    </section>
  );
}

function CopyButton({ label, text }: { readonly label: string; readonly text: string }): ReactElement {
  const [isCopied, setIsCopied] = useState(false);
  const copy = (): void => {
    copyText(text).then(
      () => setIsCopied(true),
      // The text stays selectable beside the button where the browser forbids copying.
      () => setIsCopied(false),
    );
  };
  return (
    <button type="button" className="text-button" onClick={copy}>
      <span aria-live="polite">{isCopied ? words.copied : label}</span>
    </button>
  );
}
