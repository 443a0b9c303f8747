import type { Host } from '#backend/host.ts';
import { refuse } from '#shared/domain/failure.ts';
import type { ToBackend } from '#shared/desktop/process-messages.ts';
import type { Parent } from './parent.ts';

export interface ShellHost extends Host {
  /** To be called with the shell's answers. */
  answered(message: Extract<ToBackend, { kind: 'printed' | 'not-printed' }>): void;
}

interface Waiting {
  resolve(pdf: Uint8Array): void;
  reject(reason: unknown): void;
}

/** Prints by asking the shell, whose hidden window does it. */
export function createShellHost(parent: Parent): ShellHost {
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  return {
    canPrintPdf: () => Promise.resolve(true),
    async printPdf({ html, assetsFolder }, signal) {
      signal.throwIfAborted();
      const id = (lastId += 1);
      const stop = (): void => {
        parent.send({ kind: 'stop-printing', id });
        waiting.get(id)?.reject(signal.reason);
      };
      signal.addEventListener('abort', stop, { once: true });
      try {
        return await new Promise<Uint8Array>((resolve, reject) => {
          waiting.set(id, { resolve, reject });
          parent.send({ kind: 'print', id, html, assetsFolder });
        });
      } finally {
        waiting.delete(id);
        signal.removeEventListener('abort', stop);
      }
    },
    answered(message) {
      // Whoever was waiting may have stopped in the meantime.
      const asker = waiting.get(message.id);
      if (message.kind === 'printed') asker?.resolve(message.bytes);
      else asker?.reject(refuse('pdf-failed', { reason: message.reason }));
    },
  };
}
