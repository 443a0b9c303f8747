import { app, clipboard } from 'electron';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { desktopMessages } from '#shared/messages/desktop.ts';

const say = desktopMessages.diagnostics;
const lines = 60;

/** Puts on the clipboard what is known without the backend: versions, and the end of its log. */
export async function copyDiagnostics(logsFolder: string | null): Promise<void> {
  const heading = say.heading(
    app.getVersion(),
    process.versions['electron'] ?? '?',
    process.versions['chrome'] ?? '?',
    `${process.platform} ${process.arch}`,
  );
  const log = logsFolder === null ? null : await endOfLog(logsFolder);
  await clipboard.writeText([heading, ...(log === null ? [say.noLog] : [say.log, log])].join('\n'));
}

async function endOfLog(folder: string): Promise<string | null> {
  try {
    const text = await readFile(join(folder, 'scholium.log'), 'utf8');
    return text.trimEnd().split('\n').slice(-lines).join('\n');
  } catch {
    // It may never have been written; the heading is worth having all the same.
    return null;
  }
}
