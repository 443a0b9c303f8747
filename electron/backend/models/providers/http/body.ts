const bodyLimitBytes = 32_000_000;
const errorLimitBytes = 100_000;

/** A body that is not a stream of events, as text; the rest of one that is too long is left unread. */
export async function textOf(response: Response, limitBytes = bodyLimitBytes): Promise<string> {
  const source: ReadableStreamDefaultReader<Uint8Array> | undefined = response.body?.getReader();
  if (!source) return '';
  const decoder = new TextDecoder('utf-8');
  let text = '';
  let leftBytes = limitBytes;
  try {
    while (leftBytes > 0) {
      const { value, done } = await source.read();
      if (done) break;
      text += decoder.decode(value.subarray(0, leftBytes), { stream: true });
      leftBytes -= value.length;
    }
  } catch {
    // A body that breaks off is judged by what came of it.
  } finally {
    await source.cancel().catch(() => undefined);
  }
  return text + decoder.decode();
}

/** An error's body: enough of it for its message. */
export const errorTextOf = (response: Response): Promise<string> => textOf(response, errorLimitBytes);
