import { describe, expect, test } from 'vitest';
import { failureIn } from '#renderer/client/failures.ts';
import { firstBadByte, readMarkdown } from '#renderer/workspace/actions/read-markdown.ts';

const fileOf = (...bytes: readonly number[]): File => new File([new Uint8Array(bytes)], 'a.md');

describe('reading a Markdown file', () => {
  test('text with any characters comes out as it went in, a replacement character included', async () => {
    const text = 'ħω \u{1D53C} \uFFFD 中文';
    expect(await readMarkdown(new File([text], 'a.md'))).toEqual({ name: 'a.md', text });
  });

  test('a file that is not UTF-8 is refused with the first bad byte', async () => {
    const error = await readMarkdown(fileOf(0x23, 0x41, 0xe9, 0x0a)).catch((caught: unknown) => caught);
    expect(failureIn(error)).toEqual({ code: 'file-not-utf8', params: { path: 'a.md', byteOffset: 2 } });
  });

  test('the bad byte is found wherever it is', () => {
    for (const at of [0, 1, 5, 9]) {
      const bytes = new TextEncoder().encode('0123456789');
      bytes[at] = 0xff;
      expect(firstBadByte(bytes)).toBe(at);
    }
  });

  test('a file of two gigabytes is refused by its size, unread', async () => {
    let wasRead = false;
    const read = (): never => {
      wasRead = true;
      throw new Error('read');
    };
    const huge = Object.assign(fileOf(), { arrayBuffer: read });
    Object.defineProperty(huge, 'size', { value: 2_000_000_000 });
    const error = await readMarkdown(huge).catch((caught: unknown) => caught);
    expect(failureIn(error)).toMatchObject({ code: 'file-too-large' });
    expect(wasRead).toBe(false);
  });

  test('a folder, which browsers hand over as a file, is refused in a sentence', async () => {
    const unreadable = (): Promise<never> => Promise.reject(new DOMException('no file', 'NotFoundError'));
    const folder = Object.assign(fileOf(), { arrayBuffer: unreadable });
    const error = await readMarkdown(folder).catch((caught: unknown) => caught);
    expect(failureIn(error)).toEqual({
      code: 'file-unreadable',
      params: { path: 'a.md', reason: 'NotFoundError' },
    });
  });

  test('a file cut in the middle of a character is refused there', async () => {
    const error = await readMarkdown(fileOf(0x41, 0xe2, 0x82)).catch((caught: unknown) => caught);
    expect(failureIn(error)).toMatchObject({ params: { byteOffset: 1 } });
  });
});
