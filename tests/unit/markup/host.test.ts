import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createMarkupHost, serveMarkup } from '#shared/markup/index.ts';
import type { FromWorker, ToWorker, WorkerEvents } from '#shared/markup/index.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/**
 * A worker in this thread that hangs for good where the text says so: at a formula `hang`, or (with
 * `HANG` in a block) at that block.
 */
function startHangingWorkers() {
  let started = 0;
  let terminated = 0;
  const startWorker = ({ onMessage }: WorkerEvents) => {
    started += 1;
    let isStuck = false;
    let isCareful = false;
    const serve = serveMarkup((message: FromWorker) => {
      if (isStuck) return;
      queueMicrotask(() => onMessage(message));
      if (message.type === 'formula' && message.formula.tex === 'hang') isStuck = true;
      if (message.type === 'block' && message.source?.includes('HANG')) isStuck = true;
    });
    return {
      post: (message: ToWorker) => {
        if (isStuck) return;
        if ('isCareful' in message) ({ isCareful } = message);
        // Careless, it does not say what it is at; it just hangs.
        const text =
          message.type === 'document' ? message.source : message.type === 'append' ? message.text : '';
        const isCondemned = condemned.some((one) => text.includes(one));
        if (!isCareful && /hang|HANG/.test(text) && !isCondemned) isStuck = true;
        else serve(message);
        if (message.type === 'condemn-formula') condemned.push(message.formula.tex);
        if (message.type === 'condemn-block') condemned.push('HANG');
      },
      terminate: () => {
        terminated += 1;
        isStuck = true;
      },
    };
  };
  const condemned: string[] = [];
  return { startWorker, counts: () => ({ started, terminated }) };
}

const htmlOf = ({ blocks }: { blocks: readonly { html: string }[] }): string =>
  blocks.map(({ html }) => html).join('');

test('a formula that is too slow shows its source; everything else in the text is typeset', async () => {
  const { startWorker, counts } = startHangingWorkers();
  const host = createMarkupHost({ startWorker });
  const rendering = host.renderDocument('first $a$\n\nthen $b$ and $hang$ and $c$\n\nlast $d$', {
    macros: {},
  });
  await vi.advanceTimersByTimeAsync(60_000);
  const html = htmlOf(await rendering);
  expect(html.match(/data-reason="too-slow"/g)).toHaveLength(1);
  expect(html).toContain('<code>hang</code>');
  expect(html.match(/<math/g)).toHaveLength(4);
  expect(counts()).toEqual({ started: 3, terminated: 2 });
});

test('a block that is too slow without a formula shows its source', async () => {
  const host = createMarkupHost(startHangingWorkers());
  const rendering = host.renderDocument('first $a$\n\nHANG\n\nlast $d$', { macros: {} });
  await vi.advanceTimersByTimeAsync(60_000);
  const { blocks } = await rendering;
  expect(blocks.map(({ html }) => html.includes('source-block'))).toEqual([false, true, false]);
});

test('other texts in the queue survive the death of the worker', async () => {
  const host = createMarkupHost(startHangingWorkers());
  const all = ['$hang$', 'one $a$', 'two'].map((source) => host.renderDocument(source, { macros: {} }));
  await vi.advanceTimersByTimeAsync(60_000);
  const [slow, one, two] = await Promise.all(all);
  expect(htmlOf(slow ?? { blocks: [] })).toContain('too-slow');
  expect(htmlOf(one ?? { blocks: [] })).toContain('<math');
  expect(htmlOf(two ?? { blocks: [] })).toBe('<p>two</p>\n');
});

test('a stream goes on, whole, in the worker that takes the place of the killed one', async () => {
  const host = createMarkupHost(startHangingWorkers());
  const stream = host.openStream({ macros: {} });
  const first = stream.append('one $a$\n\n');
  await vi.advanceTimersByTimeAsync(10);
  await first;
  const slow = host.renderDocument('$hang$', { macros: {} });
  await vi.advanceTimersByTimeAsync(60_000);
  await slow;
  const second = stream.append('two $b$');
  await vi.advanceTimersByTimeAsync(10);
  expect(htmlOf({ blocks: await second }).match(/<math/g)).toHaveLength(2);
});

test('a text that was given up while it waited is not rendered', async () => {
  const { startWorker, counts } = startHangingWorkers();
  const host = createMarkupHost({ startWorker });
  const abort = new AbortController();
  const slow = host.renderDocument('$hang$', { macros: {} });
  const dropped = host.renderDocument('two', { macros: {} }, abort.signal);
  abort.abort();
  await expect(dropped).rejects.toThrow();
  await vi.advanceTimersByTimeAsync(60_000);
  await slow;
  expect(counts().started).toBe(3);
});

test('closing ends what waits, and the worker', async () => {
  const { startWorker, counts } = startHangingWorkers();
  const host = createMarkupHost({ startWorker });
  const rendering = host.renderDocument('$hang$', { macros: {} });
  host.close();
  await expect(rendering).rejects.toThrow('closed');
  expect(counts().terminated).toBe(1);
});

test('a worker that cannot start is tried again, then reported', async () => {
  let started = 0;
  const host = createMarkupHost({
    startWorker: ({ onError }) => {
      started += 1;
      queueMicrotask(() => onError(new Error('no worker')));
      return { post: () => undefined, terminate: () => undefined };
    },
  });
  await expect(host.renderDocument('x', { macros: {} })).rejects.toThrow('no worker');
  expect(started).toBe(4);
});
