import { EventEmitter } from 'node:events';
import type { MessagePortMain } from 'electron';
import { describe, expect, test, vi } from 'vitest';
import { startBackendProcess } from '#main/backend-process.ts';
import type { BackendChild, BackendEvents } from '#main/backend-process.ts';
import type { FromBackend, ToBackend } from '#shared/desktop/process-messages.ts';
import { failure } from '#shared/domain/failure.ts';
import { brand } from '#shared/domain/ids.ts';
import type { NotebookId } from '#shared/domain/ids.ts';

/** A process that does what the test says. */
class Child extends EventEmitter {
  readonly got: ToBackend[] = [];
  readonly ports: unknown[] = [];
  isKilled = false;

  postMessage(message: ToBackend, ports: unknown[] = []): void {
    this.got.push(message);
    this.ports.push(...ports);
  }

  kill(): boolean {
    this.isKilled = true;
    return true;
  }

  say(message: FromBackend): void {
    this.emit('message', message);
  }
}

function setUp() {
  const children: Child[] = [];
  const clock = { nowMs: 0 };
  const events = {
    opened: vi.fn<BackendEvents['opened']>(),
    failed: vi.fn<BackendEvents['failed']>(),
    restarted: vi.fn<BackendEvents['restarted']>(),
    gaveUp: vi.fn<BackendEvents['gaveUp']>(),
    runEnded: vi.fn<BackendEvents['runEnded']>(),
    print: vi.fn<BackendEvents['print']>(() => Promise.resolve(new Uint8Array([1, 2]))),
  };
  const backend = startBackendProcess({
    start: () => {
      const child = new Child();
      children.push(child);
      return child as unknown as BackendChild;
    },
    libraryPath: '/x.scholium',
    appVersion: '1',
    nowMs: () => clock.nowMs,
    events,
  });
  const last = (): Child => children.at(-1) ?? expect.unreachable();
  return { backend, children, clock, events, last };
}

const port = () => ({ close: vi.fn<() => void>() }) as unknown as MessagePortMain;

describe('the backend’s process', () => {
  test('is told its library first, and given each window’s port', () => {
    const { backend, last } = setUp();
    const given = port();
    backend.serve(given);
    expect(last().got).toEqual([
      { kind: 'open', libraryPath: '/x.scholium', appVersion: '1' },
      { kind: 'window' },
    ]);
    expect(last().ports).toEqual([given]);
  });

  test('is started again when it dies, on the same library', () => {
    const { children, events, last } = setUp();
    last().emit('exit', 1);
    expect(children).toHaveLength(2);
    expect(last().got).toEqual([{ kind: 'open', libraryPath: '/x.scholium', appVersion: '1' }]);
    expect(events.restarted).toHaveBeenCalledTimes(1);
  });

  test('stays dead after the third death within a minute, and says so', () => {
    const { backend, children, clock, events, last } = setUp();
    for (const atMs of [0, 20_000, 59_000]) {
      clock.nowMs = atMs;
      last().emit('exit', 1);
    }
    expect(children).toHaveLength(3);
    expect(events.gaveUp).toHaveBeenCalledTimes(1);
    const refused = port();
    backend.serve(refused);
    expect(refused.close).toHaveBeenCalled();

    backend.restart();
    expect(children).toHaveLength(4);
    last().emit('exit', 1);
    expect(children).toHaveLength(5);
  });

  test('is started again however often it dies, when a minute lies between', () => {
    const { children, clock, events, last } = setUp();
    for (let death = 1; death <= 10; death += 1) {
      clock.nowMs = death * 30_001;
      last().emit('exit', 1);
    }
    expect(children).toHaveLength(11);
    expect(events.gaveUp).not.toHaveBeenCalled();
  });

  test('answers each task, with a result or its refusal', async () => {
    const { backend, last } = setUp();
    const created = backend.carryOut({ task: 'create-notebook' });
    const imported = backend.carryOut({ task: 'import-file', path: '/a.md' });
    const notebookId = brand<NotebookId>('8d1fe1a5-0e2d-4f4e-8f43-a1b3c5d7e9f0');
    last().say({ kind: 'refused', id: 2, failure: failure('file-not-found', { path: '/a.md' }) });
    last().say({ kind: 'done', id: 1, result: { task: 'create-notebook', notebookId } });
    expect(await created).toEqual({ task: 'create-notebook', notebookId });
    await expect(imported).rejects.toMatchObject({ failure: { code: 'file-not-found' } });
  });

  test('that dies under a task lets nobody wait for it', async () => {
    const { backend, last } = setUp();
    const waiting = backend.carryOut({ task: 'create-notebook' });
    last().emit('exit', 1);
    await expect(waiting).rejects.toMatchObject({ failure: { code: 'connection-lost' } });
  });

  test('gets its printed page, or the reason why there is none', async () => {
    const { events, last } = setUp();
    last().say({ kind: 'print', id: 7, html: '<p>', assetsFolder: '/a' });
    await vi.waitFor(() =>
      expect(last().got).toContainEqual({ kind: 'printed', id: 7, bytes: new Uint8Array([1, 2]) }),
    );
    events.print.mockRejectedValueOnce(new Error('no page'));
    last().say({ kind: 'print', id: 8, html: '<p>', assetsFolder: '/a' });
    await vi.waitFor(() =>
      expect(last().got).toContainEqual({ kind: 'not-printed', id: 8, reason: 'no page' }),
    );
  });

  test('saves before it is ended, and is not started again then', async () => {
    const { backend, children, last } = setUp();
    const closed = backend.close(60_000);
    const child = last();
    expect(child.got.at(-1)).toEqual({ kind: 'close' });
    expect(child.isKilled).toBe(false);
    child.say({ kind: 'closed' });
    await closed;
    expect(child.isKilled).toBe(true);
    child.emit('exit', 0);
    expect(children).toHaveLength(1);
  });

  test('that does not come to an end is ended', async () => {
    const { backend, last } = setUp();
    const child = last();
    await backend.close(1);
    expect(child.isKilled).toBe(true);
  });

  test('that speaks nonsense is not believed', () => {
    const { last } = setUp();
    expect(() => last().emit('message', { kind: 'print', id: 'x' })).toThrow();
    expect(() => last().emit('message', { kind: 'rm' })).toThrow();
  });
});
