import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import { once } from 'node:events';
import { mkdir, mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { BackendClient } from '#shared/contract/index.ts';
import { fromBackend } from '#shared/desktop/process-messages.ts';
import type { FromBackend, Task } from '#shared/desktop/process-messages.ts';
import { newId } from '#shared/domain/ids.ts';
import type { CellId, ClientId, NotebookId, RunId } from '#shared/domain/ids.ts';
import { StandInChannel } from '../../support/electron-stand-in/ports.ts';
import { StandInProcess } from '../../support/electron-stand-in/utility-process.ts';

const entry = resolve(import.meta.dirname, '../../../electron/backend-process/index.ts');

let folder: string;
let started: Started[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'scholium-backend-'));
});

afterEach(async () => {
  await Promise.all(started.map((one) => one.end()));
  started = [];
  await rm(folder, { recursive: true, maxRetries: 5 });
});

interface Started {
  readonly process: StandInProcess;
  /** The next message of this kind, among those that came already too. */
  next<Kind extends FromBackend['kind']>(kind: Kind): Promise<Extract<FromBackend, { kind: Kind }>>;
  window(): BackendClient;
  carryOut(task: Task): Promise<FromBackend>;
  end(): Promise<void>;
}

function start(libraryPath: string | null = null): Started {
  const env = { PATH: process.env['PATH'], SCHOLIUM_DATA_FOLDER: folder };
  const child = new StandInProcess(entry, [], env);
  const messages: FromBackend[] = [];
  child.on('message', (message: unknown) => messages.push(fromBackend.parse(message)));
  child.postMessage({ kind: 'open', libraryPath, appVersion: '1.2.3' });
  let lastId = 0;
  const find = async (isMeant: (message: FromBackend) => boolean): Promise<FromBackend> => {
    for (;;) {
      const found = messages.findIndex(isMeant);
      const [message] = found < 0 ? [] : messages.splice(found, 1);
      if (message) return message;
      await once(child, 'message');
    }
  };
  const one: Started = {
    process: child,
    next: async (kind) => (await find((message) => message.kind === kind)) as never,
    window() {
      const { port1, port2 } = new StandInChannel();
      child.postMessage({ kind: 'window' }, [port1]);
      const client: BackendClient = createORPCClient(new RPCLink({ port: port2 }));
      port2.start();
      return client;
    },
    async carryOut(task) {
      const id = (lastId += 1);
      child.postMessage({ kind: 'do', id, task });
      return find((message) => 'id' in message && message.id === id && message.kind !== 'print');
    },
    async end() {
      child.crash();
      await child.gone;
    },
  };
  started.push(one);
  return one;
}

describe('a backend in a process of its own', () => {
  test('says where its log is, then where its library is, and answers windows', async () => {
    const backend = start();
    expect(await backend.next('started')).toMatchObject({ logsFolder: join(folder, 'logs') });
    expect(await backend.next('opened')).toMatchObject({ libraryPath: join(folder, 'library.scholium') });
    expect(await backend.window().app.info()).toMatchObject({ version: '1.2.3', canPrintPdf: true });
  });

  test('answers a window that came before the library was open', async () => {
    const backend = start();
    expect((await backend.window().notebooks.list()).length).toBeGreaterThan(0);
  });

  test('tells of a run that ended, with its notebook and its time', async () => {
    const backend = start();
    const client = backend.window();
    const clientId = newId<ClientId>();
    const notebook = await client.notebooks.create({
      clientId,
      notebookId: newId<NotebookId>(),
      title: 'Sums',
    });
    const cellId = newId<CellId>();
    await client.cells.insert({
      clientId,
      notebookId: notebook.id,
      cellId,
      afterCellId: null,
      kind: 'problem',
      source: 'Solve $x^2 = 4$.',
      answerKey: null,
      domain: null,
    });
    const run = await client.runs.start({
      clientId,
      runId: newId<RunId>(),
      cellId,
      choice: { provider: 'solver', model: 'solver', effort: null },
    });
    const told = await backend.next('run-ended');
    expect(told).toMatchObject({ notebookId: notebook.id, runId: run.id, title: 'Sums' });
    expect(told.elapsedMs).toBeLessThan(30_000);
  });

  test('attaches to whoever has the library open, and takes it over when that one dies', async () => {
    const first = start();
    await first.next('opened');
    const second = start();
    await second.next('opened');
    const clientId = newId<ClientId>();
    const { id } = await second
      .window()
      .notebooks.create({ clientId, notebookId: newId<NotebookId>(), title: 'From the second' });
    expect((await first.window().notebooks.list()).map((notebook) => notebook.id)).toContain(id);

    await first.end();
    await expect
      .poll(
        async () => {
          const known = await second
            .window()
            .notebooks.list()
            .catch(() => []);
          return known.map((notebook) => notebook.id);
        },
        { timeout: 20_000 },
      )
      .toContain(id);
  });

  test('has saved and freed the library when it says that it is closed', async () => {
    const backend = start();
    const client = backend.window();
    const clientId = newId<ClientId>();
    const { id } = await client.notebooks.create({
      clientId,
      notebookId: newId<NotebookId>(),
      title: 'Kept',
    });
    backend.process.postMessage({ kind: 'close' });
    await backend.next('closed');
    const next = start();
    await next.next('opened');
    expect((await next.window().notebooks.list()).map((notebook) => notebook.id)).toContain(id);
  });

  test('asks its shell to print, and refuses with the reason it was given', async () => {
    const backend = start();
    await backend.next('opened');
    const [notebook] = await backend.window().notebooks.list();
    if (!notebook) throw new Error('No notebook');
    const exported = backend.carryOut({ task: 'export-pdf', notebookId: notebook.id });
    const job = await backend.next('print');
    expect(job.html).toContain('Scholium');
    backend.process.postMessage({ kind: 'not-printed', id: job.id, reason: 'no paper' });
    expect(await exported).toMatchObject({
      kind: 'refused',
      failure: { code: 'pdf-failed', params: { reason: 'no paper' } },
    });
  });

  test('knows that the computer slept', async () => {
    const backend = start();
    await backend.next('opened');
    backend.process.postMessage({ kind: 'power', state: 'suspended' });
    backend.process.postMessage({ kind: 'power', state: 'resumed' });
    const { text } = await backend.window().app.diagnostics();
    expect(text).toMatch(/computer-power.*suspended[\s\S]*computer-power.*resumed/);
  });
});

describe('a file that the system handed over', () => {
  test('is imported when it is Markdown', async () => {
    await writeFile(join(folder, 'a.md'), '# Title\n\nText.\n');
    const answer = await start().carryOut({ task: 'import-file', path: join(folder, 'a.md') });
    expect(answer).toMatchObject({ kind: 'done', result: { task: 'import-file' } });
  });

  test.each([
    ['is not there', 'missing.md', 'file-not-found'],
    ['is a folder', 'folder.md', 'file-unreadable'],
    ['has 2 GB', 'huge.md', 'file-too-large'],
    ['is no text', 'binary.md', 'file-not-utf8'],
  ])('is refused when it %s, and nothing is imported', async (_what, name, code) => {
    await mkdir(join(folder, 'folder.md'));
    await writeFile(join(folder, 'binary.md'), Buffer.from([0x61, 0xff, 0xfe]));
    const huge = await open(join(folder, 'huge.md'), 'w');
    await huge.truncate(2 * 1024 ** 3);
    await huge.close();
    const backend = start();
    const before = await backend.window().notebooks.list();
    const answer = await backend.carryOut({ task: 'import-file', path: join(folder, name) });
    expect(answer).toMatchObject({ kind: 'refused', failure: { code } });
    expect(await backend.window().notebooks.list()).toEqual(before);
  });
});

describe('a library that cannot be opened', () => {
  test('on a disk that was pulled out, is said in its own failure', async () => {
    await writeFile(join(folder, 'disk'), '');
    const { failure } = await start(join(folder, 'disk', 'physics.scholium')).next('failed');
    expect(failure.code).toMatch(/^library-unreachable$|^disk-failed$/);
  });

  test('that is no library is left untouched', async () => {
    await writeFile(join(folder, 'x.scholium'), 'not a library');
    const { failure } = await start(join(folder, 'x.scholium')).next('failed');
    expect(failure.code).toBe('library-not-sqlite');
  });
});
