import type { ModelChoice, ModelInfo, ProviderKind } from '#shared/domain/model.ts';
import type { FinishReason, RunRequest } from '#shared/domain/run.ts';
import type { Usage } from '#shared/domain/usage.ts';

/** What a run asks, before a provider has put it into its own words. */
export interface Ask {
  readonly question: string;
  readonly choice: ModelChoice;
  /** The catalogue's entry, `null` for a model it does not know. */
  readonly model: ModelInfo | null;
}

/**
 * What a provider tells while it answers, in the order it happened. The runs room stamps each on
 * its own clock; providers measure nothing.
 */
export type ProviderEvent =
  /**
   * The request leaves now: reading the key, loading certificates and the like came before, and is
   * no time of the server's. The run's clock starts here. Comes before every other event.
   */
  | { readonly type: 'sent' }
  /**
   * The first request was refused before it was accepted (nothing was run, nothing billed), and
   * this one is sent in its place: it is the request to keep. Comes at most once, before
   * `accepted`. The run's clock goes on from the first sending.
   */
  | { readonly type: 'resent'; readonly request: RunRequest }
  /** The server took the request. No sign of work yet. */
  | {
      readonly type: 'accepted';
      readonly responseId: string | null;
      readonly requestId: string | null;
      readonly model: string | null;
    }
  /** A sign of reasoning; `text` is what may be shown of it, often empty. */
  | { readonly type: 'thinking'; readonly text: string }
  /** A reasoning summary's heading, also part of the thinking text. */
  | { readonly type: 'heading'; readonly text: string }
  /** A sign of writing; `text` is visible answer text, empty when only the output item was opened. */
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'usage'; readonly usage: Usage }
  /** The solver alone: how the result was checked. */
  | { readonly type: 'checked'; readonly by: string }
  /** The terminal event. A stream that ends without it was cut short. */
  | {
      readonly type: 'done';
      readonly finish: FinishReason;
      readonly model: string | null;
      readonly serviceTier: string | null;
    };

/**
 * One way of answering problems. Expected failures are thrown as `AppError`; a stream that simply
 * ends without `done` was cut short, and the runs room says so.
 */
export interface Provider {
  readonly kind: ProviderKind;
  /** The exact request, without credentials. Throws `AppError` for what can be refused beforehand. */
  prepare(ask: Ask): RunRequest;
  /**
   * Sends it, once: what a server accepted is never re-sent from here. Where it refuses summaries
   * to an unverified organisation, the request goes again without them and a `resent` event says so.
   * Ends soon after `signal` is aborted.
   */
  send(request: RunRequest, signal: AbortSignal): AsyncIterable<ProviderEvent>;
  /** What the server offers now. Throws `AppError` when it cannot be asked. */
  listModels(signal: AbortSignal): Promise<readonly ModelInfo[]>;
}
