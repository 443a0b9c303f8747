import { createLog } from '#backend/logs/index.ts';
import { systemClock } from '#backend/clock.ts';
import { backendPaths } from '#backend/paths.ts';
import { refusalIn } from '#shared/contract/refusal.ts';
import { failure } from '#shared/domain/failure.ts';
import type { Failure } from '#shared/domain/failure.ts';
import { openForWindows } from './open-for-windows.ts';
import type { OpenLibrary } from './open-for-windows.ts';
import { findParent } from './parent.ts';
import { createShellHost } from './shell-host.ts';

// One library's backend, in a process of its own below the desktop shell.
const parent = findParent();
const paths = backendPaths(process.env);
const log = createLog({ folder: paths.logsFolder, clock: systemClock });
const host = createShellHost(parent);
/** Messages wait for it in order; `null` when it could not be opened, which the shell was told. */
let library: Promise<OpenLibrary | null> = Promise.resolve(null);

process.on('uncaughtException', (error) => {
  log.error('backend-process-broken', error);
  log.flush();
  process.exit(1);
});

parent.listen((message, ports) => {
  switch (message.kind) {
    case 'open':
      library = open(message.libraryPath, message.appVersion);
      return;
    case 'window':
      void library.then((opened) => {
        for (const port of ports) {
          if (opened) opened.serve(port);
          else port.close();
        }
      });
      return;
    case 'do':
      void carryOut(message.id, (opened) => opened.carryOut(message.task));
      return;
    case 'printed':
    case 'not-printed':
      return host.answered(message);
    case 'power':
      void library.then((opened) => opened?.powerChanged(message.state));
      return;
    case 'close':
      void close();
      return;
  }
});
parent.send({ kind: 'started', logsFolder: paths.logsFolder });

async function open(libraryPath: string | null, appVersion: string): Promise<OpenLibrary | null> {
  try {
    const opened = await openForWindows({
      libraryPath: libraryPath ?? paths.libraryPath,
      secretsFolder: paths.secretsFolder,
      appVersion,
      host,
      log,
      parent,
    });
    void opened.lost.then((reason) => parent.send({ kind: 'failed', failure: failureOf(reason) }));
    parent.send({ kind: 'opened', libraryPath: libraryPath ?? paths.libraryPath });
    return opened;
  } catch (error) {
    parent.send({ kind: 'failed', failure: failureOf(error) });
    return null;
  }
}

async function carryOut(
  id: number,
  work: (opened: OpenLibrary) => ReturnType<OpenLibrary['carryOut']>,
): Promise<void> {
  try {
    const opened = await library;
    if (opened === null) throw new Error('A task for a library that is not open');
    parent.send({ kind: 'done', id, result: await work(opened) });
  } catch (error) {
    parent.send({ kind: 'refused', id, failure: failureOf(error) });
  }
}

async function close(): Promise<void> {
  try {
    const opened = await library;
    await opened?.close();
  } finally {
    log.close();
    // The shell ends this process when it has read that.
    parent.send({ kind: 'closed' });
  }
}

function failureOf(error: unknown): Failure {
  return refusalIn(error) ?? failure('internal', { reference: log.error('backend-process', error) });
}
