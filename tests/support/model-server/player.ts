import type { ServerResponse } from 'node:http';
import { once } from 'node:events';
import { performance } from 'node:perf_hooks';
import { setImmediate } from 'node:timers/promises';
import type { Plan } from './faults.ts';
import type { OpenEntry } from './ledger.ts';
import type { Fault } from './script.ts';

/** Node fires timers beyond 2³¹ − 1 ms at once. */
const longestTimerMs = 2 ** 31 - 1;

/** Resolves at `dueMs` of `performance.now()`, never before; `false` when `signal` was faster. */
export function moment(dueMs: number, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    let timer: NodeJS.Timeout | undefined;
    const leave = (): void => {
      clearTimeout(timer);
      resolve(false);
    };
    const look = (): void => {
      const leftMs = dueMs - performance.now();
      // Node's timers may fire up to a millisecond early.
      if (leftMs > 0) timer = setTimeout(look, Math.min(Math.max(1, leftMs), longestTimerMs));
      else {
        signal.removeEventListener('abort', leave);
        resolve(true);
      }
    };
    if (signal.aborted) return resolve(false);
    signal.addEventListener('abort', leave, { once: true });
    look();
  });
}

/** Writes a stream's frames when they are due, noting in `entry` when each kind first left. */
export async function play(options: {
  readonly response: ServerResponse;
  readonly plan: Plan;
  readonly fault: Fault | null;
  readonly startedMs: number;
  readonly entry: OpenEntry;
  /** Called after each frame, when `entry` is up to date. */
  readonly noted: () => void;
  /** Aborted when the client left or the server closes. */
  readonly signal: AbortSignal;
}): Promise<void> {
  const { response, plan, fault, startedMs, entry, noted, signal } = options;
  let leftBytes = fault?.type === 'cut-bytes' ? fault.afterBytes : Infinity;
  const writeBytes = fault?.type === 'tiny-writes' ? fault.bytes : Infinity;
  for (const frame of plan.frames) {
    if (!(await moment(startedMs + frame.atMs, signal))) return;
    const bytes = Buffer.from(frame.wire);
    const sent = leftBytes < bytes.length ? bytes.subarray(0, leftBytes) : bytes;
    if (!(await write(response, sent, writeBytes, signal))) return;
    entry.firstSentMs[frame.kind] ??= performance.now();
    entry.framesSent += sent.length === bytes.length ? 1 : 0;
    entry.bytesSent += sent.length;
    leftBytes -= bytes.length;
    if (leftBytes >= 0) entry.outputTokens = outputTokensIn(frame.message) ?? entry.outputTokens;
    noted();
    if (leftBytes <= 0) break;
  }
  if (plan.ending === 'hang') {
    await moment(Infinity, signal);
    return;
  }
  const isCut = plan.ending === 'destroy' || leftBytes <= 0;
  entry.outcome = isCut || fault?.type === 'end-early' ? 'cut' : 'answered';
  // Destroying at once would drop what still waits in the socket; the cut must fall where it was asked for.
  if (isCut) await flushed(response, signal).then(() => response.destroy());
  else response.end();
}

async function write(
  response: ServerResponse,
  bytes: Buffer,
  atMostBytes: number,
  signal: AbortSignal,
): Promise<boolean> {
  for (let start = 0; start < bytes.length; start += atMostBytes) {
    if (signal.aborted) return false;
    if (!response.write(bytes.subarray(start, Math.min(bytes.length, start + atMostBytes)))) {
      try {
        await once(response, 'drain', { signal });
      } catch {
        return false;
      }
    }
    if (atMostBytes !== Infinity) await setImmediate();
  }
  return !signal.aborted;
}

async function flushed(response: ServerResponse, signal: AbortSignal): Promise<void> {
  response.flushHeaders();
  await new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
    if (response.socket) response.socket.write('', () => resolve());
    else resolve();
  });
}

function outputTokensIn(message: Readonly<Record<string, unknown>> | null): number | null {
  const response = message?.['response'];
  const usage =
    message?.['usage'] ??
    (typeof response === 'object' && response !== null && 'usage' in response ? response.usage : null);
  if (typeof usage !== 'object' || usage === null) return null;
  if ('output_tokens' in usage && typeof usage.output_tokens === 'number') return usage.output_tokens;
  if ('completion_tokens' in usage && typeof usage.completion_tokens === 'number')
    return usage.completion_tokens;
  return null;
}
