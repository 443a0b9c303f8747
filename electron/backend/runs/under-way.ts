import { emptyReceipt } from '#shared/domain/run.ts';
import type { Run, RunReceipt, RunRequest, RunState } from '#shared/domain/run.ts';
import { storableText } from '../store/index.ts';

/** Pieces longer than this are stored and sent in parts. */
export const pieceLimitChars = 64_000;
const headingLimitChars = 300;
/** More headings than a person could read; a stream that goes on keeps them in its thinking text. */
const headingsLimit = 1_000;

/** Text or a heading that a run brought, not yet committed. */
export interface Piece {
  readonly kind: 'thinking' | 'text' | 'heading';
  readonly text: string;
  /** Since the request was sent. */
  readonly atMs: number;
}

/** A run that is queued or running in this process: what is known of it beyond what is committed. */
export interface UnderWay {
  /** As it was stored. */
  readonly run: Run;
  /** Aborted at its end, whoever ended it. */
  readonly abort: AbortController;
  state: RunState;
  receipt: RunReceipt;
  /** As last sent. */
  request: RunRequest;
  /** On the monotonic clock; `null` until it is sent. */
  sentMs: number | null;
  pending: Piece[];
  pendingChars: number;
  /** The state is newer than what is committed. */
  hasNewState: boolean;
  /** The receipt or the request is newer than what is committed. */
  hasNewReceipt: boolean;
  /** The newest committed piece or change; see `RunEvent`. */
  seq: number;
  /** The newest committed change that watchers must see as a whole run. */
  changedSeq: number;
  receivedChars: number;
  headings: number;
  /** The first half of a surrogate pair whose second half is in the next piece. */
  halfPair: { readonly kind: Piece['kind']; readonly text: string } | null;
}

export function newUnderWay(run: Run): UnderWay {
  return {
    run,
    abort: new AbortController(),
    state: { state: 'queued' },
    receipt: emptyReceipt,
    request: run.request,
    sentMs: null,
    pending: [],
    pendingChars: 0,
    hasNewState: false,
    hasNewReceipt: false,
    seq: 0,
    changedSeq: 0,
    receivedChars: 0,
    headings: 0,
    halfPair: null,
  };
}

/** Adds text to what waits for the next commit, joined to the piece before where it continues it. */
export function addText(live: UnderWay, kind: 'thinking' | 'text', text: string, atMs: number): void {
  live.receivedChars += text.length;
  if (live.halfPair && live.halfPair.kind !== kind) endHalfPair(live, atMs);
  const joined = (live.halfPair?.text ?? '') + text;
  const isHalf = /[\uD800-\uDBFF]$/.test(joined);
  live.halfPair = isHalf ? { kind, text: joined.slice(-1) } : null;
  addPiece(live, { kind, text: isHalf ? joined.slice(0, -1) : joined, atMs });
}

/** A run that ends in the middle of a surrogate pair keeps what SQLite can keep of it. */
export function endHalfPair(live: UnderWay, atMs: number): void {
  if (!live.halfPair) return;
  const { kind, text } = live.halfPair;
  live.halfPair = null;
  addPiece(live, { kind, text, atMs });
}

/** Adds a summary's heading; false when it is empty or one too many. */
export function addHeading(live: UnderWay, text: string, atMs: number): boolean {
  const heading = storableText(text.slice(0, headingLimitChars)).trim();
  if (heading === '' || live.headings >= headingsLimit) return false;
  live.headings += 1;
  live.pending.push({ kind: 'heading', text: heading, atMs });
  return true;
}

function addPiece(live: UnderWay, piece: Piece): void {
  const text = storableText(piece.text);
  live.pendingChars += text.length;
  for (let start = 0; start < text.length;) {
    const last = live.pending.at(-1);
    const room = last?.kind === piece.kind ? pieceLimitChars - last.text.length : 0;
    const end = endOfPart(text, start, room > 1 ? room : pieceLimitChars);
    const part = text.slice(start, end);
    if (last && room > 1) {
      live.pending[live.pending.length - 1] = { ...last, text: last.text + part };
    } else {
      live.pending.push({ ...piece, text: part });
    }
    start = end;
  }
}

/** Where a part of at most `limitChars` (two or more) ends without parting a surrogate pair. */
function endOfPart(text: string, start: number, limitChars: number): number {
  const end = start + limitChars;
  if (end >= text.length) return text.length;
  return /[\uD800-\uDBFF]/.test(text.charAt(end - 1)) ? end - 1 : end;
}
