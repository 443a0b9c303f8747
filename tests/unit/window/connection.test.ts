import { describe, expect, test } from 'vitest';
import { backoffMs } from '#renderer/client/backoff.ts';
import { connect } from '#renderer/client/connection.ts';
import { failureIn } from '#renderer/client/failures.ts';
import type { LinkEnd, OpenLink, OpenResult } from '#renderer/client/transport.ts';
import { fakeScheduler, settle } from '#tests/support/fake-scheduler.ts';

/** A backend that can be switched off and on, and loses its links when it is told to. */
function setUp() {
  const scheduler = fakeScheduler();
  const backend = { isUp: true, refusal: null as LinkEnd | null, opened: 0, answers: true };
  let endCurrent: (reason: LinkEnd) => void = () => {};
  const open = async (): Promise<OpenResult> => {
    backend.opened += 1;
    if (!backend.isUp) return { kind: 'failed', reason: backend.refusal ?? 'lost' };
    return { kind: 'open', link: fakeLink() };
  };
  const fakeLink = (): OpenLink => {
    let isOpen = true;
    const listeners: ((reason: LinkEnd) => void)[] = [];
    const end = (reason: LinkEnd): void => {
      if (!isOpen) return;
      isOpen = false;
      for (const listener of listeners) listener(reason);
    };
    endCurrent = end;
    return {
      link: {
        call: async (path) => {
          if (!backend.answers) return new Promise(() => {});
          if (!isOpen) throw new Error('the socket broke');
          return path.join('.');
        },
      },
      isOpen: () => isOpen,
      onClosed: (listener) => listeners.push(listener),
      close: () => end('lost'),
    };
  };
  const connection = connect({ transport: { open }, scheduler, random: () => 0 });
  return { connection, scheduler, backend, lose: (reason: LinkEnd = 'lost') => endCurrent(reason) };
}

describe('the connection', () => {
  test('opens by itself and passes calls on', async () => {
    const { connection } = setUp();
    await connection.whenOpen();
    expect(await connection.client.app.diagnostics()).toBe('app.diagnostics');
  });

  test('opens again by itself after it was lost', async () => {
    const { connection, scheduler, lose } = setUp();
    await connection.whenOpen();
    lose();
    expect(connection.state.getState().kind).toBe('reconnecting');
    await scheduler.pass(1_000);
    expect(connection.state.getState().kind).toBe('open');
  });

  test('says since when it has been lost, through all attempts', async () => {
    const { connection, scheduler, backend, lose } = setUp();
    await connection.whenOpen();
    await scheduler.pass(500);
    backend.isUp = false;
    lose();
    await scheduler.pass(20_000);
    expect(connection.state.getState()).toEqual({ kind: 'reconnecting', sinceMs: 500 });
    expect(backend.opened).toBeGreaterThan(3);
    expect(backend.opened).toBeLessThan(20);
  });

  test('a call without a connection fails at once, as a connection that was lost', async () => {
    const { connection, backend, lose } = setUp();
    await connection.whenOpen();
    backend.isUp = false;
    lose();
    const error = await connection.client.app.info().catch((caught: unknown) => caught);
    expect(failureIn(error).code).toBe('connection-lost');
  });

  test('waking it tries at once', async () => {
    const { connection, backend, scheduler, lose } = setUp();
    await connection.whenOpen();
    backend.isUp = false;
    lose();
    await scheduler.pass(30_000);
    backend.isUp = true;
    connection.wake();
    await settle();
    expect(connection.state.getState().kind).toBe('open');
  });

  test('a link that no longer answers after a sleep is given up and opened anew', async () => {
    const { connection, backend, scheduler } = setUp();
    await connection.whenOpen();
    backend.answers = false;
    connection.wake();
    await scheduler.pass(5_000);
    backend.answers = true;
    await scheduler.pass(1_000);
    expect(backend.opened).toBe(2);
    expect(connection.state.getState().kind).toBe('open');
  });

  test('a link that answers after a sleep is kept', async () => {
    const { connection, backend, scheduler } = setUp();
    await connection.whenOpen();
    connection.wake();
    await scheduler.pass(10_000);
    expect(backend.opened).toBe(1);
  });

  test('without the address’s token it waits for the user and does not knock', async () => {
    const { connection, backend, scheduler, lose } = setUp();
    await connection.whenOpen();
    backend.isUp = false;
    backend.refusal = 'refused';
    lose();
    await scheduler.pass(60_000);
    expect(connection.state.getState().kind).toBe('refused');
    expect(backend.opened).toBe(2);
    backend.isUp = true;
    connection.wake();
    await settle();
    expect(connection.state.getState().kind).toBe('open');
  });

  test('once closed it stays closed', async () => {
    const { connection, backend, scheduler } = setUp();
    await connection.whenOpen();
    connection.close();
    await scheduler.pass(60_000);
    expect(backend.opened).toBe(1);
  });

  test('attempts grow apart up to 8 s and are spread', () => {
    expect([0, 1, 2, 3, 10].map((attempt) => backoffMs(attempt, 1))).toEqual([250, 500, 1_000, 2_000, 8_000]);
    expect(backoffMs(10, 0)).toBe(4_000);
  });
});
