import { useState } from 'react';
import { Button } from '#renderer/components/Button.tsx';
import { copyText } from '#renderer/components/copy-text.ts';
import { failureIn } from '#renderer/client/index.ts';
import { useLibrary, useWorkspace } from '#renderer/workspace/index.ts';
import { windowMessages } from '#shared/messages/window.ts';

const say = windowMessages.settings;

export function About() {
  const info = useLibrary((state) => state.info);
  const { connection, toasts } = useWorkspace();
  const [report, setReport] = useState<string | null>(null);
  const copy = async (): Promise<void> => {
    let text: string;
    try {
      ({ text } = await connection.client.app.diagnostics());
    } catch (error) {
      toasts.failure(failureIn(error));
      return;
    }
    try {
      await copyText(text);
      toasts.info(say.copied);
    } catch {
      // The clipboard is the browser's to give; without it the text can still be selected.
      setReport(text);
    }
  };
  if (!info) return null;
  return (
    <>
      <dl className="about">
        <dt>{say.version}</dt>
        <dd>{info.version}</dd>
        <dt>{say.library}</dt>
        <dd className="about-path">{info.libraryPath}</dd>
        <dt>{say.pdf}</dt>
        <dd>{info.canPrintPdf ? say.pdfWorks : say.pdfMissing}</dd>
      </dl>
      <div className="new-key-foot">
        <Button onClick={() => void copy()}>{say.copyDiagnostics}</Button>
        <p className="field-note">{report === null ? say.copyDiagnosticsHint : say.copyFailed}</p>
      </div>
      {report !== null && (
        <textarea
          className="input diagnostics"
          readOnly
          rows={10}
          value={report}
          aria-label={say.copyDiagnostics}
        />
      )}
    </>
  );
}
