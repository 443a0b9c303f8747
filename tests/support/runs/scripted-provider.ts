import { refuse } from '#shared/domain/failure.ts';
import type { ProviderKind } from '#shared/domain/model.ts';
import type { RunRequest } from '#shared/domain/run.ts';
import type { Provider, ProviderEvent } from '#backend/models/providers/provider.ts';

/** One request that a scripted provider was sent, waiting to be told what comes back. */
export interface SentRequest {
  readonly request: RunRequest;
  readonly signal: AbortSignal;
  tell(...events: readonly ProviderEvent[]): void;
  /** The stream ends, with or without `done` before it. */
  end(): void;
  fail(error: unknown): void;
}

export interface ScriptedProvider extends Provider {
  /** In the order they were sent. */
  readonly sent: readonly SentRequest[];
  request(index: number): SentRequest;
}

/** A provider that says what a test tells it to. `isStuck`: it does not even notice an abort. */
export function scriptedProvider(kind: ProviderKind, { isStuck = false } = {}): ScriptedProvider {
  const sent: SentRequest[] = [];
  return {
    kind,
    sent,
    request(index) {
      const one = sent[index];
      if (!one) throw new Error(`Only ${sent.length} requests were sent`);
      return one;
    },
    prepare({ question, choice }) {
      if (choice.model === 'refused') throw refuse('model-unknown', { model: choice.model });
      return {
        endpoint: 'POST http://127.0.0.1/v1/responses',
        body: { model: choice.model, input: question },
      };
    },
    send(request, signal) {
      const { events, ...controls } = controlledStream(isStuck ? null : signal);
      sent.push({ request, signal, ...controls });
      return events;
    },
    listModels: () => Promise.resolve([]),
  };
}

function controlledStream(signal: AbortSignal | null) {
  const told: ProviderEvent[] = [{ type: 'sent' }];
  let ending: { error?: unknown } | null = null;
  let wake = (): void => undefined;
  signal?.addEventListener('abort', () => {
    ending ??= {};
    wake();
  });
  async function* events(): AsyncGenerator<ProviderEvent> {
    for (let index = 0; ;) {
      const next = told[index];
      if (next) {
        index += 1;
        yield next;
      } else if (ending && 'error' in ending) throw ending.error;
      else if (ending) return;
      else await new Promise<void>((resolve) => (wake = resolve));
    }
  }
  return {
    events: events(),
    tell(...more: readonly ProviderEvent[]) {
      told.push(...more);
      wake();
    },
    end() {
      ending ??= {};
      wake();
    },
    fail(error: unknown) {
      ending ??= { error };
      wake();
    },
  };
}
