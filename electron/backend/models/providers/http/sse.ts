import { refuse } from '#shared/domain/failure.ts';

/** One server-sent event: its `data` lines joined. */
export interface SseEvent {
  readonly data: string;
  /** Made of what was left when the stream ended: it may be broken off in the middle. */
  readonly isTail: boolean;
}

/**
 * The last event of a response repeats the whole answer on one line, so a line may be long; one that
 * is longer than this is no answer.
 */
export const lineLimitChars = 48_000_000;

/**
 * Reads server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html) however
 * the bytes are cut up. A last event without its blank line is given as the tail, since some servers
 * forget it. Throws `AppError` `response-garbled` for an endless line.
 */
export class SseReader {
  readonly #decoder = new TextDecoder('utf-8');
  #partialLine: string[] = [];
  #partialChars = 0;
  #data: string[] = [];
  #endedInCr = false;
  readonly #limitChars: number;

  constructor(limitChars = lineLimitChars) {
    this.#limitChars = limitChars;
  }

  /** Every event completed by these bytes. */
  read(bytes: Uint8Array): SseEvent[] {
    return this.#take(this.#decoder.decode(bytes, { stream: true }));
  }

  /** What the stream's end leaves over. */
  end(): SseEvent[] {
    const events = this.#take(this.#decoder.decode());
    if (this.#partialChars > 0) this.#line(this.#finishLine());
    const last = this.#dispatch(true);
    return last ? [...events, last] : events;
  }

  #take(text: string): SseEvent[] {
    const events: SseEvent[] = [];
    let start = 0;
    if (this.#endedInCr && text.length > 0) {
      this.#endedInCr = false;
      if (text.startsWith('\n')) start = 1;
    }
    while (start < text.length) {
      const end = nextLineEnd(text, start);
      if (end === -1) break;
      this.#keep(text.slice(start, end));
      const event = this.#line(this.#finishLine());
      if (event) events.push(event);
      start = end + 1;
      if (text[end] !== '\r') continue;
      if (start === text.length) this.#endedInCr = true;
      else if (text[start] === '\n') start += 1;
    }
    if (start < text.length) this.#keep(text.slice(start));
    return events;
  }

  #keep(piece: string): void {
    if (piece === '') return;
    this.#partialLine.push(piece);
    this.#partialChars += piece.length;
    if (this.#partialChars > this.#limitChars) throw refuse('response-garbled', { detail: 'line-too-long' });
  }

  #finishLine(): string {
    const line = this.#partialLine.join('');
    this.#partialLine = [];
    this.#partialChars = 0;
    return line;
  }

  #line(line: string): SseEvent | null {
    if (line === '') return this.#dispatch(false);
    if (!line.startsWith('data:')) return null;
    this.#data.push(line.startsWith('data: ') ? line.slice(6) : line.slice(5));
    return null;
  }

  #dispatch(isTail: boolean): SseEvent | null {
    if (this.#data.length === 0) return null;
    const data = this.#data.join('\n');
    this.#data = [];
    return { data, isTail };
  }
}

function nextLineEnd(text: string, from: number): number {
  const lf = text.indexOf('\n', from);
  const cr = text.indexOf('\r', from);
  if (lf === -1) return cr;
  return cr === -1 ? lf : Math.min(lf, cr);
}

/**
 * The events of a response's body. A connection that breaks ends them like one that closes: what
 * follows from the missing end is for the caller to say.
 */
export async function* eventsOf(body: ReadableStream<Uint8Array> | null): AsyncGenerator<SseEvent> {
  const reader = new SseReader();
  const source = body?.getReader();
  if (!source) return;
  try {
    for (;;) {
      const bytes = await nextBytes(source);
      if (!bytes) break;
      yield* reader.read(bytes);
    }
    yield* reader.end();
  } finally {
    // Leaving early closes the connection, which is how a run is stopped at the server.
    await source.cancel().catch(() => undefined);
  }
}

/** `null` at the end, however it came: closed, reset, or aborted. */
async function nextBytes(source: ReadableStreamDefaultReader<Uint8Array>): Promise<Uint8Array | null> {
  try {
    const { value, done } = await source.read();
    return done ? null : value;
  } catch {
    return null;
  }
}
