import type { BackendOptions } from '#backend/backend.ts';
import { printAssetsFolder } from '#backend/built-folders.ts';
import type { FileLog } from '#backend/logs/index.ts';
import type { FramePort } from '#library/frame-port.ts';
import { openLastingDoor } from '#library/lasting-door.ts';
import { openOrAttach } from '#library/open-or-attach.ts';
import type { BackendClient } from '#shared/contract/index.ts';
import type { Task, TaskResult } from '#shared/desktop/process-messages.ts';
import type { Parent } from './parent.ts';
import { carryOut } from './tasks.ts';
import { watchRuns } from './watch-runs.ts';
import type { EndedRun } from './watch-runs.ts';

export interface OpenLibrary {
  /** Answers the contract on a window's port until it closes. */
  serve(port: FramePort): void;
  carryOut(task: Task): Promise<TaskResult>;
  powerChanged(state: 'suspended' | 'resumed'): void;
  /** Fulfilled with the reason when the library was lost for good. */
  readonly lost: Promise<unknown>;
  close(): Promise<void>;
}

export interface OpenForWindowsOptions extends Pick<
  BackendOptions,
  'libraryPath' | 'secretsFolder' | 'appVersion' | 'host'
> {
  readonly log: FileLog;
  readonly parent: Parent;
}

/** Opens the library here or attaches to whoever has it open. Throws `AppError`. */
export async function openForWindows(options: OpenForWindowsOptions): Promise<OpenLibrary> {
  const { log, parent, ...given } = options;
  const backend: BackendOptions = {
    ...given,
    log,
    env: process.env,
    assetsFolder: printAssetsFolder,
    recentLogLines: () => log.recentLines(),
    welcome: true,
  };
  const door = await openLastingDoor(() => openOrAttach(backend), log);
  const stopped = new AbortController();
  const watching = watchRuns(
    () => door.client(),
    (run, client) => tellOfEnd(run, client, parent),
    stopped.signal,
  );
  return {
    serve: (port) => door.pipePort(port),
    carryOut: async (task) => carryOut(task, await door.client()),
    powerChanged: (state) => log.info('computer-power', { state }),
    lost: door.lost,
    async close() {
      stopped.abort();
      await watching;
      await door.close();
    },
  };
}

async function tellOfEnd(run: EndedRun, client: BackendClient, parent: Parent): Promise<void> {
  const notebooks = await client.notebooks.list();
  parent.send({
    kind: 'run-ended',
    notebookId: run.notebookId,
    runId: run.id,
    title: notebooks.find(({ id }) => id === run.notebookId)?.title ?? '',
    state: run.state,
    elapsedMs: Math.max(0, run.endedAt - (run.sentAt ?? run.endedAt)),
  });
}
