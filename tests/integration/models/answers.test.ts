import { afterEach, describe, expect, it } from 'vitest';
import { startModelServer } from '#tests/support/model-server/index.ts';
import type { Dialect, ModelServer, ScriptInput, ServerOptions } from '#tests/support/model-server/index.ts';
import { openAiSchema } from '#tests/support/openai-schema.ts';
import { ask, canary, modelsAt } from './provider-setup.ts';
import type { Setup } from './provider-setup.ts';

let server: ModelServer | null = null;
afterEach(async () => {
  await server?.close();
  server = null;
});

async function serving(options: ServerOptions): Promise<Setup & { server: ModelServer }> {
  server = await startModelServer({ key: canary, ...options });
  return { ...modelsAt(server.url), server };
}
const answering = (script: ScriptInput): Promise<Setup & { server: ModelServer }> =>
  serving({ queue: [script] });
const usage = {
  inputTokens: 21,
  cachedInputTokens: 8,
  cacheWriteTokens: 3,
  outputTokens: 90,
  reasoningTokens: 64,
};
const unreported = { cachedInputTokens: null, cacheWriteTokens: null, reasoningTokens: null };
const wrongWith = openAiSchema();

describe('OpenAI', () => {
  it('answers with thinking, headings, text, usage and an end, in that order', async () => {
    const setup = await answering({
      thinkMs: 20,
      writeMs: 10,
      headings: ['Setting up', 'Checking the boundary term'],
      thinkingText: ['Six times ', 'seven.'],
      usage,
      modelReturned: 'gpt-6.2-sol-2026-11-17',
      serviceTier: 'priority',
    });
    const answer = await ask(setup, 'openai', { effort: 'high' });
    expect(answer.failure).toBeNull();
    expect(answer.text).toBe('The answer is $42$.');
    expect(answer.thinking).toBe('**Setting up**\n\nSix times \n\n**Checking the boundary term**\n\nseven.');
    expect(answer.events[0]).toEqual({ type: 'sent' });
    expect(answer.events[1]).toMatchObject({ type: 'accepted', model: 'gpt-6.2-sol-2026-11-17' });
    expect(answer.events.filter(({ type }) => type === 'heading')).toEqual([
      { type: 'heading', text: 'Setting up' },
      { type: 'heading', text: 'Checking the boundary term' },
    ]);
    expect(answer.events.at(-2)).toEqual({ type: 'usage', usage });
    expect(answer.events.at(-1)).toEqual({
      type: 'done',
      finish: 'stop',
      model: 'gpt-6.2-sol-2026-11-17',
      serviceTier: 'priority',
    });
  });

  it('is sent exactly the request that is kept, once, with the key in its header only', async () => {
    const setup = await answering({});
    const { request } = await ask(setup, 'openai', { effort: 'low' });
    const sent = setup.server.ledger.entries();
    expect(sent).toHaveLength(1);
    expect(sent[0]).toMatchObject({ key: 'right', path: '/v1/responses', body: request.body });
    expect(request.endpoint).toBe(`POST ${setup.server.url}/responses`);
    expect(wrongWith('CreateResponse', request.body)).toBeNull();
    expect(JSON.stringify(sent[0]?.headers)).not.toMatch(/obfuscation|openai-organization/u);
  });

  it('shows raw thoughts where an open-weight server gives them', async () => {
    const setup = await answering({ thinkMs: 5, rawThinking: true, thinkingText: ['Hm. ', 'Yes.'] });
    expect((await ask(setup, 'openai')).thinking).toBe('Hm. Yes.');
  });

  it('gives a sign of hidden thinking without its text', async () => {
    const setup = await answering({ thinkMs: 5 });
    const answer = await ask(setup, 'openai', { model: 'o3' });
    expect(answer.events).toContainEqual({ type: 'thinking', text: '' });
    expect(answer.thinking).toBe('');
  });

  it.each([
    ['length', 'length'],
    ['content-filter', 'content-filter'],
    ['refusal', 'refusal'],
  ] as const)('ends for %s with its text and usage kept', async (finish, expected) => {
    const setup = await answering({ finish, text: ['Only ', 'half'], usage });
    const answer = await ask(setup, 'openai');
    expect(answer.text).toBe('Only half');
    expect(answer.events.at(-2)).toEqual({ type: 'usage', usage });
    expect(answer.events.at(-1)).toMatchObject({ type: 'done', finish: expected });
  });

  it('is asked again without a summary where its organisation may have none, once and visibly', async () => {
    const refusing: ScriptInput = { fault: { type: 'summaries-refused' } };
    const setup = await serving({ queue: [refusing, refusing, refusing] });
    const first = await ask(setup, 'openai', { effort: 'high' });
    expect(first.failure).toBeNull();
    expect(first.text).toBe('The answer is $42$.');
    const [refused, accepted] = setup.server.ledger.answers();
    expect(refused).toMatchObject({ status: 400, body: first.request.body });
    const resent = first.events.find((event) => event.type === 'resent');
    expect(resent?.request.body).toEqual(accepted?.body);
    expect(resent?.request.body).toMatchObject({ reasoning: { effort: 'high' } });
    expect(JSON.stringify(resent)).not.toContain('summary');

    const second = await ask(setup, 'openai', { effort: 'high' });
    expect(second.events.some(({ type }) => type === 'resent')).toBe(false);
    expect(setup.server.ledger.answers()).toHaveLength(3);
  });

  it('is heard out when it answers in one piece', async () => {
    const setup = await serving({});
    const request = {
      endpoint: `POST ${setup.server.url}/responses`,
      body: { model: 'gpt-6.2-sol', stream: false },
    };
    const types: string[] = [];
    for await (const event of setup.models.provider('openai').send(request, AbortSignal.timeout(5_000))) {
      types.push(event.type === 'text' ? event.text : event.type);
    }
    expect(types).toEqual(['sent', 'accepted', 'The answer is $42$.', 'usage', 'done']);
  });
});

describe('a compatible server', () => {
  const reported: Readonly<Record<Dialect, object>> = {
    openai: { ...usage, cacheWriteTokens: null },
    openrouter: { ...usage, cacheWriteTokens: null },
    deepseek: { ...usage, cacheWriteTokens: null },
    llamacpp: { ...usage, ...unreported, cachedInputTokens: 8 },
    ollama: { ...usage, ...unreported },
    vllm: { ...usage, ...unreported },
    'think-tags': { ...usage, ...unreported },
  };

  it.each(Object.entries(reported))('that speaks like %s is understood', async (dialect, expected) => {
    const setup = await answering({
      dialect: dialect as Dialect,
      thinkMs: 10,
      writeMs: 10,
      thinkingText: ['Six times ', 'seven.\n'],
      usage,
    });
    const answer = await ask(setup, 'compatible', { model: 'local' });
    expect(answer.failure).toBeNull();
    expect(answer.text).toBe('The answer is $42$.');
    expect(answer.thinking.trim()).toBe(dialect === 'openai' ? '' : 'Six times seven.');
    expect(answer.events).toContainEqual({ type: 'usage', usage: expected });
    expect(answer.events.at(-1)).toMatchObject({ type: 'done', finish: 'stop' });
    expect(wrongWith('CreateChatCompletionRequest', answer.request.body)).toBeNull();
  });

  it.each([
    ['without usage', { fault: { type: 'usage-missing' } }],
    ['without [DONE]', { fault: { type: 'no-done' } }],
    ['in single bytes', { text: ['∫ 🎓 ', 'ü'], fault: { type: 'tiny-writes', bytes: 1 } }],
    ['with frames that nobody knows', { fault: { type: 'unknown-event', afterEvents: 1 } }],
  ] as const)('that answers %s has answered', async (_name, script) => {
    const setup = await answering({ ...script, text: 'text' in script ? [...script.text] : ['Yes'] });
    const answer = await ask(setup, 'compatible', { model: 'local' });
    expect(answer.failure).toBeNull();
    expect(answer.text).toBe('text' in script ? '∫ 🎓 ü' : 'Yes');
    expect(answer.events.filter(({ type }) => type === 'done')).toHaveLength(1);
  });

  it('that says nothing after its reason to stop is not waited for long', async () => {
    const setup = await answering({ text: ['Yes'], fault: { type: 'stall', afterEvents: 3 } });
    const answer = await ask(setup, 'compatible', { model: 'local' });
    expect(answer.text).toBe('Yes');
    expect(answer.events.at(-1)).toMatchObject({ type: 'done', finish: 'stop' });
  });

  it('is sent an effort only when one was chosen, and no key when there is none', async () => {
    server = await startModelServer();
    const setup = modelsAt(server.url, { env: { SCHOLIUM_COMPATIBLE_API_KEY: '' } });
    await ask(setup, 'compatible', { model: 'local' });
    await ask(setup, 'compatible', { model: 'local', effort: 'low' });
    const [plain, withEffort] = server.ledger.answers();
    expect(plain?.body).not.toHaveProperty('reasoning_effort');
    expect(withEffort?.body).toMatchObject({ reasoning_effort: 'low' });
    expect(plain?.key).toBe('right');
  });

  it('gets no price from OpenAI’s list, whatever its models are called', async () => {
    const setup = await serving({ models: { 'gpt-6.2-sol': {}, o1: {} } });
    const { models, failure } = await setup.models.list({ provider: 'compatible', askServer: true });
    expect(failure).toBeNull();
    expect(models.map(({ id, prices, isRetired }) => [id, prices, isRetired])).toEqual([
      ['gpt-6.2-sol', null, false],
      ['o1', null, false],
    ]);
    expect(setup.models.resolve({ provider: 'compatible', model: 'gpt-6.2-sol', effort: null })).toBeNull();
  });
});

describe('the list of models', () => {
  it('comes from the catalogue without asking anybody', async () => {
    const setup = await serving({});
    const { models } = await setup.models.list({ provider: 'openai', askServer: false });
    expect(models.length).toBeGreaterThan(30);
    expect(models.find(({ id }) => id === 'o1')).toMatchObject({ isRetired: true });
    expect(setup.server.ledger.entries()).toEqual([]);
  });

  it('learns new models and shutdown dates from the server', async () => {
    const setup = await serving({ listed: ['gpt-7', { id: 'gpt-5.5', shutdownDate: '2026-01-01' }] });
    const { models, failure } = await setup.models.list({ provider: 'openai', askServer: true });
    expect(failure).toBeNull();
    expect(models.map(({ id }) => id)).toContain('gpt-7');
    expect(models.find(({ id }) => id === 'gpt-5.5')).toMatchObject({ isRetired: true });
  });

  it.each([
    ['unauthorized', 'key-refused'],
    ['html', 'not-an-api'],
    ['other-json', 'not-an-api'],
    ['not-found-html', 'not-an-api'],
    ['server-error', 'server-failed'],
  ] as const)('stays the catalogue’s when the server answers %s, with the reason', async (type, code) => {
    const setup = await serving({ listFault: { type } });
    const { models, failure } = await setup.models.list({ provider: 'openai', askServer: true });
    expect(failure?.code).toBe(code);
    expect(models.length).toBeGreaterThan(30);
  });
});

describe('the parts of a run’s time', () => {
  it('are seen when the server sends them, for each API, to 50 ms', async () => {
    const script: ScriptInput = {
      waitMs: 300,
      thinkMs: 400,
      writeMs: 200,
      thinkingText: ['a', 'b'],
      dialect: 'ollama',
    };
    const setup = await serving({ otherwise: script });
    // The first request also loads what the following ones share.
    await ask(setup, 'openai');
    for (const provider of ['openai', 'compatible'] as const) {
      const answer = await ask(setup, provider);
      const entry = setup.server.ledger.answers().at(-1);
      const seenMs = (type: string): number =>
        answer.stamped.find(({ event }) => event.type === type)?.atMs ?? NaN;
      expect(Math.abs(seenMs('sent') - (entry?.receivedMs ?? NaN))).toBeLessThan(50);
      expect(Math.abs(seenMs('thinking') - (entry?.firstSentMs.thinking ?? NaN))).toBeLessThan(50);
      expect(Math.abs(seenMs('text') - (entry?.firstSentMs.text ?? NaN))).toBeLessThan(50);
      expect(Math.abs(seenMs('done') - (entry?.firstSentMs.terminal ?? NaN))).toBeLessThan(50);
    }
  });
});
