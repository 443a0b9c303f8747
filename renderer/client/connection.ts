import { createORPCClient, mapEventIterator } from '@orpc/client';
import type { ClientContext, ClientLink } from '@orpc/client';
import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';
import type { BackendClient } from '#shared/contract/index.ts';
import { refuse } from '#shared/domain/failure.ts';
import { backoffMs } from './backoff.ts';
import { toAppError } from './failures.ts';
import type { Scheduler } from './scheduler.ts';
import type { LinkEnd, OpenLink, Transport } from './transport.ts';

export type ConnectionState =
  /** The first time; nothing has been lost yet. */
  | { readonly kind: 'connecting' }
  | { readonly kind: 'open' }
  /** Lost at `sinceMs` (monotonic); it is being opened again without anyone's help. */
  | { readonly kind: 'reconnecting'; readonly sinceMs: number }
  /** The backend wants the token of the address that was printed; only the user can help. */
  | { readonly kind: 'refused' }
  | { readonly kind: 'closed' };

/** The window's one way to the backend. It reconnects by itself until it is closed or refused. */
export interface Connection {
  /** The contract. While there is no link every call throws `AppError` `connection-lost`; nothing is re-sent. */
  readonly client: BackendClient;
  readonly state: Pick<StoreApi<ConnectionState>, 'getState' | 'subscribe'>;
  /** Resolves when there is a link; rejects once `signal` is aborted. */
  whenOpen(signal?: AbortSignal): Promise<void>;
  /** Tries at once instead of waiting for its turn, and checks that an open link still answers. */
  wake(): void;
  close(): void;
}

export interface ConnectionOptions {
  readonly transport: Transport;
  readonly scheduler: Scheduler;
  readonly random?: () => number;
}

/** A link that does not answer a small question within this time is taken for dead. */
const answerLimitMs = 5_000;

export function connect(options: ConnectionOptions): Connection {
  const { scheduler, transport } = options;
  const random = options.random ?? Math.random;
  const state = createStore<ConnectionState>(() => ({ kind: 'connecting' }));
  let current: OpenLink | null = null;
  let attempt = 0;
  let isOpening = false;
  let callOffRetry: (() => void) | null = null;

  const client = createORPCClient<BackendClient>(linkOverCurrent(() => current));

  // A function, so that the state is read afresh: it changes while opening is awaited.
  const isOver = (): boolean => state.getState().kind === 'closed';

  const open = async (): Promise<void> => {
    if (isOpening || current || isOver()) return;
    isOpening = true;
    callOffRetry?.();
    callOffRetry = null;
    const result = await transport.open().catch(() => ({ kind: 'failed', reason: 'lost' }) as const);
    isOpening = false;
    if (result.kind === 'failed') return lost(result.reason);
    if (isOver()) return result.link.close();
    current = result.link;
    attempt = 0;
    state.setState({ kind: 'open' }, true);
    result.link.onClosed((reason) => {
      current = null;
      lost(reason);
    });
  };

  const lost = (reason: LinkEnd): void => {
    if (isOver()) return;
    // Left alone until someone has shown the token in this browser, and woke this window.
    if (reason === 'refused') return state.setState({ kind: 'refused' }, true);
    if (state.getState().kind === 'open') {
      state.setState({ kind: 'reconnecting', sinceMs: scheduler.nowMs() }, true);
    }
    callOffRetry = scheduler.after(backoffMs(attempt, random()), () => void open());
    attempt += 1;
  };

  void open();
  return {
    client,
    state,
    whenOpen: (signal) => whenOpen(state, signal),
    wake: () => {
      if (!current) return void open();
      const asked = current;
      const giveUp = scheduler.after(answerLimitMs, () => asked.close());
      // Any answer at all proves the link alive, a refusal included.
      client.app.info().then(giveUp, giveUp);
    },
    close: () => {
      callOffRetry?.();
      state.setState({ kind: 'closed' }, true);
      current?.close();
      current = null;
    },
  };
}

function linkOverCurrent(getCurrent: () => OpenLink | null): ClientLink<ClientContext> {
  return {
    call: async (path, input, options) => {
      const used = getCurrent();
      if (!used) throw refuse('connection-lost', {});
      const mapError = (error: unknown): unknown =>
        options.signal?.aborted ? error : toAppError(error, used.isOpen());
      try {
        const output = await used.link.call(path, input, options);
        if (!isAsyncIterator(output)) return output;
        return mapEventIterator(output, {
          value: (value) => Promise.resolve(value),
          error: (error) => Promise.resolve(mapError(error)),
        });
      } catch (error) {
        throw mapError(error);
      }
    },
  };
}

function isAsyncIterator(output: unknown): output is AsyncIterator<unknown, unknown, void> {
  return typeof output === 'object' && output !== null && Symbol.asyncIterator in output;
}

function whenOpen(state: Connection['state'], signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (finish: () => void): void => {
      unsubscribe();
      signal?.removeEventListener('abort', aborted);
      finish();
    };
    const aborted = (): void => settle(() => reject(signal?.reason));
    const check = (): void => {
      if (signal?.aborted) aborted();
      else if (state.getState().kind === 'open') settle(resolve);
    };
    const unsubscribe = state.subscribe(check);
    signal?.addEventListener('abort', aborted, { once: true });
    check();
  });
}
