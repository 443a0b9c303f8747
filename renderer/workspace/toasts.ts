import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';
import type { Failure } from '#shared/domain/failure.ts';
import { sentenceFor } from '#shared/messages/failures.ts';

export interface Toast {
  readonly id: number;
  readonly tone: 'info' | 'failure';
  readonly text: string;
  readonly action: { readonly label: string; run(): void } | null;
}

export interface Toasts {
  readonly state: Pick<StoreApi<readonly Toast[]>, 'getState' | 'subscribe'>;
  info(text: string, action?: Toast['action']): void;
  failure(failure: Failure, action?: Toast['action']): void;
  dismiss(id: number): void;
}

const mostShown = 4;

export function createToasts(): Toasts {
  const state = createStore<readonly Toast[]>(() => []);
  let lastId = 0;
  const show = (tone: Toast['tone'], text: string, action: Toast['action'] = null): void => {
    lastId += 1;
    const others = state.getState().filter((toast) => toast.text !== text);
    state.setState([...others, { id: lastId, tone, text, action }].slice(-mostShown), true);
  };
  return {
    state,
    info: (text, action) => show('info', text, action),
    failure: (failed, action) => show('failure', sentenceFor(failed), action),
    dismiss: (id) =>
      state.setState(
        state.getState().filter((toast) => toast.id !== id),
        true,
      ),
  };
}
