import { createServer, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { sentenceFor } from '#shared/messages/failures.ts';
import { startModelServer } from '#tests/support/model-server/index.ts';
import type { Fault, ModelServer, ScriptInput } from '#tests/support/model-server/index.ts';
import { faultSchema } from '#tests/support/model-server/script.ts';
import { ask, canary, modelsAt } from './provider-setup.ts';
import type { Answer, Network, Setup } from './provider-setup.ts';

const providers = ['openai', 'compatible'] as const satisfies readonly Network[];

let server: ModelServer | null = null;
afterEach(async () => {
  await server?.close();
  server = null;
});

async function answering(script: ScriptInput): Promise<Setup & { server: ModelServer }> {
  server = await startModelServer({ key: canary, queue: [script] });
  return { ...modelsAt(server.url), server };
}

async function meeting(
  provider: Network,
  fault: Fault,
  script: ScriptInput = {},
): Promise<Answer & { sent: number }> {
  const setup = await answering({ text: ['Only ', 'this ', 'much.'], ...script, fault });
  const answer = await ask(setup, provider);
  const answers = setup.server.ledger.answers();
  return { ...answer, sent: answers.length };
}

const refusals = [
  [{ type: 'unauthorized' }, 'key-refused'],
  [{ type: 'echo-key' }, 'key-refused'],
  [{ type: 'forbidden' }, 'access-denied'],
  [{ type: 'not-found-html' }, 'not-an-api'],
  [{ type: 'model-not-found' }, 'model-unknown'],
  [{ type: 'model-not-pulled' }, 'model-unknown'],
  [{ type: 'rate-limited' }, 'rate-limited'],
  [{ type: 'quota' }, 'quota-exhausted'],
  [{ type: 'quota', code: 'credit_balance_exhausted' }, 'quota-exhausted'],
  [{ type: 'server-error' }, 'server-failed'],
  [{ type: 'server-error', status: 503 }, 'server-failed'],
  [{ type: 'unsupported-parameter' }, 'request-refused'],
  [{ type: 'html' }, 'not-an-api'],
  [{ type: 'other-json' }, 'not-an-api'],
  [{ type: 'redirect', to: 'https://elsewhere.example/v1' }, 'redirected-elsewhere'],
] as const;

describe.each(providers)('a refusal by %s', (provider) => {
  it.each(refusals)('%j ends as %s after one request', async (fault, code) => {
    const answer = await meeting(provider, faultSchema.parse(fault));
    expect(answer.failure?.code).toBe(code);
    expect(answer.sent).toBe(1);
    expect(answer.events.map(({ type }) => type)).toEqual(['sent']);
  });

  it('says how long to wait when the server did', async () => {
    const answer = await meeting(provider, { type: 'rate-limited', retryAfterSeconds: 7 });
    expect(answer.failure).toMatchObject({ params: { retryAfterSeconds: 7 } });
  });

  it('is told from an address that is no API', async () => {
    server = await startModelServer({ key: canary });
    const elsewhere = modelsAt(server.url.replace('/v1', '/other'));
    expect((await ask(elsewhere, provider)).failure).toMatchObject({
      code: 'not-an-api',
      params: { status: 404 },
    });
  });
});

describe.each(providers)('a stream of %s', (provider) => {
  it('cut at any byte on a real connection keeps its text and is not sent again', async () => {
    const cuts = [3, 700, 1_100, 1_500, 1_900, 2_300, 2_700, 3_100];
    server = await startModelServer({
      key: canary,
      queue: cuts.map((afterBytes) => ({
        text: ['Only ', 'this'],
        fault: { type: 'cut-bytes', afterBytes },
      })),
    });
    const setup = modelsAt(server.url);
    for (const _cut of cuts) {
      const answer = await ask(setup, provider);
      expect(answer.failure).toBeNull();
      expect('Only this').toContain(answer.text);
    }
    expect(server.ledger.answers()).toHaveLength(cuts.length);
  });

  const silent: readonly [string, Fault][] = [
    ['is cut', { type: 'cut', afterEvents: 4 }],
    ['closes early', { type: 'end-early', afterEvents: 4 }],
    ['breaks before it begins', { type: 'no-answer' }],
    ['is cut in its first byte', { type: 'cut-bytes', afterBytes: 1 }],
  ];
  it.each(silent)(
    'that %s just ends, without an end of its own, and nothing is sent again',
    async (_name, fault) => {
      const answer = await meeting(provider, fault);
      expect(answer.failure).toBeNull();
      expect(answer.events.some(({ type }) => type === 'done')).toBe(false);
      expect('Only this much.').toContain(answer.text);
      expect(answer.sent).toBe(1);
    },
  );

  it.each([
    { type: 'garble', afterEvents: 6 },
    { type: 'wrong-types', afterEvents: 6 },
  ] as const)('with %j keeps what came before it and says that it is garbled', async (fault) => {
    const answer = await meeting(provider, fault, { text: ['Only ', 'this ', 'much ', 'and ', 'more.'] });
    expect(answer.failure?.code).toBe('response-garbled');
    expect(answer.text.startsWith('Only ')).toBe(true);
    expect(answer.events.some(({ type }) => type === 'done')).toBe(false);
  });

  it('with an error in it ends with that error, and keeps what came before', async () => {
    const fault = faultSchema.parse({ type: 'error-event', afterEvents: 5, message: 'Out of memory' });
    const answer = await meeting(provider, fault);
    expect(answer.failure).toEqual({
      code: 'server-failed',
      params: { status: null, message: 'Out of memory' },
    });
    expect(answer.text.startsWith('Only ')).toBe(true);
  });

  it('is read the same byte by byte, and with frames that nobody knows', async () => {
    for (const fault of [
      { type: 'tiny-writes', bytes: 3 },
      { type: 'unknown-event', afterEvents: 3 },
    ] as const) {
      const answer = await meeting(provider, fault, { text: ['∫', '🎓', 'ü'] });
      expect(answer.text).toBe('∫🎓ü');
      expect(answer.events.at(-1)?.type).toBe('done');
    }
  });

  it.each([
    '{"input_tokens": NaN, "output_tokens": -4, "prompt_tokens": NaN, "completion_tokens": -4}',
    '"lots"',
    '[]',
  ])('whose usage is %s has an answer, and usage that was not reported', async (literal) => {
    const answer = await meeting(provider, { type: 'usage', literal });
    expect(answer.failure).toBeNull();
    expect(answer.text).toBe('Only this much.');
    expect(answer.events.at(-1)?.type).toBe('done');
    const counts = answer.events.flatMap((event) =>
      event.type === 'usage' ? Object.values<number | null>({ ...event.usage }) : [],
    );
    expect(counts.every((count) => count === null)).toBe(true);
  });

  it('without usage has none, not 0', async () => {
    const answer = await meeting(provider, { type: 'usage-missing' });
    expect(answer.text).toBe('Only this much.');
    expect(answer.events.some(({ type }) => type === 'usage')).toBe(false);
  });

  it('of 10 MB is received whole', async () => {
    const answer = await meeting(provider, { type: 'huge', chars: 10_000_000 });
    expect(answer.failure).toBeNull();
    expect(answer.text.length).toBe(10_000_000 + 'Only this much.'.length);
  });

  it('that passes 20 million characters is stopped there, and the server hears of it', async () => {
    const answer = await meeting(provider, { type: 'huge', chars: 30_000_000 });
    expect(answer.failure).toEqual({ code: 'answer-too-long', params: { limitChars: 20_000_000 } });
    expect(answer.text.length).toBe(20_000_000);
    const [entry] = (await server?.ledger.until(([first]) => first?.endedMs !== null)) ?? [];
    expect(entry?.outcome).toBe('client-aborted');
  });

  it('with a line that never ends is given up, not kept in memory', async () => {
    const answer = await meeting(provider, { type: 'long-line', bytes: 49_000_000 });
    expect(answer.failure).toEqual({ code: 'response-garbled', params: { detail: 'line-too-long' } });
  });

  it('that falls silent is stopped within a second, and its text kept', async () => {
    const setup = await answering({ text: ['Only ', 'this.'], fault: { type: 'stall', afterEvents: 5 } });
    const stop = new AbortController();
    const asking = ask(setup, provider, { signal: stop.signal });
    await setup.server.ledger.until(
      ([first]) => first?.framesSent === 5 || first?.firstSentMs.text !== undefined,
    );
    const stoppedMs = performance.now();
    stop.abort();
    const answer = await asking;
    expect(performance.now() - stoppedMs).toBeLessThan(1_000);
    expect(answer.failure).toBeNull();
    const [entry] = await setup.server.ledger.until(([first]) => first?.endedMs !== null);
    expect(entry?.outcome).toBe('client-aborted');
  });

  it('can be stopped before the server says anything at all', async () => {
    const setup = await answering({ waitMs: 60_000 });
    const stop = new AbortController();
    const asking = ask(setup, provider, { signal: stop.signal });
    await setup.server.ledger.until((entries) => entries.length > 0);
    stop.abort();
    expect((await asking).failure).toBeNull();
  });
});

it('a response that failed tells its usage before its failure', async () => {
  const answer = await meeting('openai', faultSchema.parse({ type: 'failed', message: 'It broke' }));
  expect(answer.failure).toEqual({ code: 'server-failed', params: { status: null, message: 'It broke' } });
  expect(answer.events.at(-1)).toMatchObject({ type: 'usage', usage: { outputTokens: 34 } });
});

describe('the way to a server', () => {
  it.each(providers)('that is not there is told by %s in plain words', async (provider) => {
    server = await startModelServer();
    const { url } = server;
    await server.close();
    const { failure } = await ask(modelsAt(url), provider);
    expect(failure).toMatchObject({ code: 'server-unreachable', params: { reason: 'ECONNREFUSED' } });
    expect(failure && sentenceFor(failure)).toContain('nothing answers at that address');
  });

  it.each(providers)('over a port that is barred is told by %s as never sent', async (provider) => {
    const { failure } = await ask(modelsAt('http://127.0.0.1:9/v1'), provider);
    expect(failure).toMatchObject({ code: 'server-unreachable', params: { reason: 'bad-port' } });
    expect(failure && sentenceFor(failure)).toContain('no web server may use that port');
  });

  it.each(providers)('that speaks no https is told by %s in plain words', async (provider) => {
    server = await startModelServer();
    const { failure } = await ask(modelsAt(server.url.replace('http:', 'https:')), provider, {});
    expect(failure?.code).toBe('server-unreachable');
    expect(failure && sentenceFor(failure)).toContain('it does not speak https; try http');
  });

  it('leads through the proxy of the environment, but never to this machine', async () => {
    const setup = await answering({});
    const { port } = new URL(setup.server.url);
    const asked: string[] = [];
    const proxy = createServer((request, response) => {
      const { pathname, host } = new URL(request.url ?? '');
      asked.push(host);
      const { method, headers } = request;
      const onward = send({ host: '127.0.0.1', port, path: pathname, method, headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.pipe(response);
      });
      request.pipe(onward);
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    const { port: proxyPort } = proxy.address() as AddressInfo;
    const env = { HTTP_PROXY: `http://127.0.0.1:${proxyPort}` };

    const direct = await ask(modelsAt(setup.server.url, { env }), 'compatible');
    expect(direct.text).toBe('The answer is $42$.');
    expect(asked).toEqual([]);
    const through = await ask(modelsAt(`http://models.test:${port}/v1`, { env }), 'compatible');
    expect(through.text).toBe('The answer is $42$.');
    expect(asked).toEqual([`models.test:${port}`]);
    proxy.closeAllConnections();
    await new Promise((resolve) => proxy.close(resolve));
  });

  it('never takes the key to another host', async () => {
    const other = await startModelServer({ key: canary });
    for (const provider of providers) {
      const answer = await meeting(provider, { type: 'redirect', to: `${other.url}/responses`, status: 307 });
      expect(answer.failure).toMatchObject({ code: 'redirected-elsewhere' });
      await server?.close();
    }
    expect(other.ledger.entries()).toEqual([]);
    await other.close();
  });
});

it('the key is in no event, failure, sentence or log line, whatever goes wrong', async () => {
  const faults: readonly Fault[] = [
    ...refusals.map(([fault]) => faultSchema.parse(fault)),
    { type: 'garble', afterEvents: 3 },
    { type: 'error-event', afterEvents: 3, code: null, message: `You sent ${canary}` },
    { type: 'failed', code: 'server_error', message: `Bearer ${canary} is not welcome` },
    { type: 'no-answer' },
  ];
  for (const provider of providers) {
    server = await startModelServer({ key: canary, queue: faults.map((fault) => ({ fault })) });
    const setup = modelsAt(server.url);
    for (const _fault of faults) {
      const { events, request, failure } = await ask(setup, provider);
      const sentence = failure ? sentenceFor(failure) : '';
      expect(inspect([events, request, failure, sentence, setup], { depth: 12 })).not.toContain(canary);
    }
    await setup.models.list({ provider, askServer: true });
    expect(setup.logged.join()).not.toContain(canary);
    await server.close();
  }
});
