import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseJson } from '#backend/models/providers/http/json.ts';
import { SseReader } from '#backend/models/providers/http/sse.ts';
import { AppError } from '#shared/domain/failure.ts';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

function readAll(pieces: readonly Uint8Array[], limitChars?: number): readonly string[] {
  const reader = new SseReader(limitChars);
  const events = pieces.flatMap((piece) => reader.read(piece));
  return [...events, ...reader.end()].map(({ data }) => data);
}

describe('server-sent events', () => {
  it('are read whatever ends their lines, with comments and other fields left out', () => {
    const text = ': hello\r\nevent: a\r\nid: 1\r\ndata: one\r\n\r\ndata:two\r\rretry: 3\ndata: three\n\n';
    expect(readAll([encode(text)])).toEqual(['one', 'two', 'three']);
  });

  it('join several data lines by line breaks', () => {
    expect(readAll([encode('data: one\ndata: two\ndata\n\n')])).toEqual(['one\ntwo']);
  });

  it('are the same wherever the bytes are cut, inside characters and line ends too', () => {
    const bytes = encode('data: {"t":"∫₀^∞ 🎓"}\r\n\r\ndata: ü\n\n: c\ndata: x\r\r');
    const whole = readAll([bytes]);
    expect(whole).toEqual(['{"t":"∫₀^∞ 🎓"}', 'ü', 'x']);
    for (let cut = 0; cut <= bytes.length; cut += 1) {
      expect(readAll([bytes.subarray(0, cut), bytes.subarray(cut)])).toEqual(whole);
    }
    expect(readAll([...bytes].map((byte) => Uint8Array.of(byte)))).toEqual(whole);
  });

  it('give a last one without its blank line, marked as the tail', () => {
    const reader = new SseReader();
    expect(reader.read(encode('data: a\n\ndata: b'))).toEqual([{ data: 'a', isTail: false }]);
    expect(reader.end()).toEqual([{ data: 'b', isTail: true }]);
  });

  it('stop at a line without end instead of filling memory', () => {
    expect(() => readAll([encode('data: '), encode('x'.repeat(200))], 100)).toThrow(AppError);
  });

  it('survive any bytes', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 50 })), (pieces) => {
        for (const data of readAll(pieces)) expect(data).toBeTypeOf('string');
      }),
      { seed: 20261123 },
    );
  });
});

describe('JSON from servers', () => {
  it('may hold the NaN and Infinity that Python writes, read as null', () => {
    expect(parseJson('{"a": NaN, "b": [-Infinity, 1], "c": "NaN \\" Infinity"}')).toEqual({
      a: null,
      b: [null, 1],
      c: 'NaN " Infinity',
    });
  });

  it('is refused when it is anything else', () => {
    expect(() => parseJson('{"a": NaN')).toThrow(SyntaxError);
    expect(() => parseJson('<html>')).toThrow(SyntaxError);
  });
});
