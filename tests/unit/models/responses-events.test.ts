import { describe, expect, it } from 'vitest';
import { ChatEvents } from '#backend/models/providers/compatible-events.ts';
import { ResponseEvents } from '#backend/models/providers/openai-events.ts';
import type { ProviderEvent } from '#backend/models/providers/provider.ts';
import { AppError } from '#shared/domain/failure.ts';

const asked = { provider: 'openai', url: 'https://x.test/v1/responses', model: 'm', key: null } as const;

function readResponse(messages: readonly unknown[]): {
  events: ProviderEvent[];
  failure: AppError['failure'] | null;
} {
  const events: ProviderEvent[] = [];
  const reader = new ResponseEvents(asked, 'req_1');
  try {
    for (const message of messages) for (const event of reader.read(message)) events.push(event);
    return { events, failure: null };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { events, failure: error.failure };
  }
}
const response = (more: object = {}): object => ({
  id: 'resp_1',
  model: 'm-1',
  service_tier: 'priority',
  ...more,
});
const usage = { input_tokens: 1, output_tokens: 2, total_tokens: 3 };

describe('a response’s events', () => {
  it('count nothing as work before the first reasoning or output item', () => {
    const told = ['response.created', 'response.queued', 'response.in_progress'].map((type) => ({
      type,
      response: response(),
    }));
    expect(readResponse(told).events).toEqual([
      { type: 'accepted', responseId: 'resp_1', requestId: 'req_1', model: 'm-1' },
    ]);
  });

  it('take an opened item as a sign before its first word', () => {
    const opened = (type: string): object => ({ type: 'response.output_item.added', item: { type } });
    expect(readResponse([opened('reasoning'), opened('web_search_call'), opened('message')]).events).toEqual([
      { type: 'thinking', text: '' },
      { type: 'text', text: '' },
    ]);
  });

  it('leave out types that nobody knows yet', () => {
    expect(readResponse([{ type: 'response.tea.brewed', cups: 2 }])).toEqual({ events: [], failure: null });
  });

  it.each([
    [{ type: 7 }],
    ['text'],
    [null],
    [[]],
    [{ type: 'response.output_text.delta', delta: { text: 4 } }],
    [{ type: 'response.output_item.added', item: 'reasoning' }],
    [{ type: 'response.completed', response: 'done' }],
  ])('refuse %j as garbled', (message) => {
    expect(readResponse([message]).failure).toEqual({
      code: 'response-garbled',
      params: { detail: 'wrong-types' },
    });
  });

  it.each([
    ['max_output_tokens', 'length'],
    ['content_filter', 'content-filter'],
    ['steered', 'other'],
  ])('tell an answer cut short by %s, with its usage', (reason, finish) => {
    const incomplete = { incomplete_details: { reason }, usage };
    const { events } = readResponse([{ type: 'response.incomplete', response: response(incomplete) }]);
    expect(events.map(({ type }) => type)).toEqual(['usage', 'done']);
    expect(events.at(-1)).toMatchObject({ finish, model: 'm-1', serviceTier: 'priority' });
  });

  it('tell the usage of a failed response before its failure', () => {
    const failed = response({ error: { code: 'server_error', message: 'Oh no' }, usage });
    const { events, failure } = readResponse([{ type: 'response.failed', response: failed }]);
    expect(events).toMatchObject([{ type: 'usage', usage: { inputTokens: 1, outputTokens: 2 } }]);
    expect(failure).toEqual({ code: 'server-failed', params: { status: null, message: 'Oh no' } });
  });

  it('tell a refusal as such, with its words', () => {
    const messages = [
      { type: 'response.refusal.delta', delta: 'I cannot.' },
      { type: 'response.completed', response: response() },
    ];
    expect(readResponse(messages).events).toEqual([
      { type: 'text', text: 'I cannot.' },
      { type: 'done', finish: 'refusal', model: 'm-1', serviceTier: 'priority' },
    ]);
  });

  it('take the text from the end when no delta brought it, and only then', () => {
    const output = [
      { type: 'reasoning' },
      { type: 'message', content: [{ type: 'output_text', text: 'Yes.' }] },
    ];
    const completed = { type: 'response.completed', response: response({ output }) };
    const texts = (messages: readonly unknown[]): readonly string[] =>
      readResponse(messages).events.flatMap((event) => (event.type === 'text' ? [event.text] : []));
    expect(texts([completed])).toEqual(['Yes.']);
    expect(texts([{ type: 'response.output_text.delta', delta: 'Ye' }, completed])).toEqual(['Ye']);
  });
});

describe('a chat’s chunks', () => {
  const readChat = (messages: readonly unknown[]): ProviderEvent[] => {
    const reader = new ChatEvents({ ...asked, provider: 'compatible' }, null);
    return [...messages.flatMap((message) => [...reader.read(message)]), ...reader.end()];
  };
  const chunk = (delta: object, finish: string | null = null): object => ({
    id: 'c1',
    model: 'm-1',
    choices: [{ index: 0, delta, finish_reason: finish }],
  });

  it.each([
    ['stop', 'stop'],
    ['length', 'length'],
    ['content_filter', 'content-filter'],
    ['tool_calls', 'other'],
  ])('end for %s', (reason, finish) => {
    expect(readChat([chunk({ content: 'a' }, reason)]).at(-1)).toMatchObject({ type: 'done', finish });
  });

  it('have no end without a reason for it', () => {
    expect(readChat([chunk({ content: 'a' })]).map(({ type }) => type)).toEqual(['accepted', 'text']);
  });

  it('show thoughts that arrive twice once', () => {
    const messages = [chunk({ reasoning_content: 'Hm' }), chunk({ content: '<think>Hm</think>Yes' }, 'stop')];
    const events = readChat(messages);
    expect(events.filter(({ type }) => type === 'thinking')).toEqual([{ type: 'thinking', text: 'Hm' }]);
    expect(events).toContainEqual({ type: 'text', text: 'Yes' });
  });

  it('read only the first of several choices', () => {
    const message = {
      id: 'c',
      choices: [
        { index: 1, delta: { content: 'b' } },
        { index: 0, delta: { content: 'a' } },
      ],
    };
    expect(readChat([message])).toContainEqual({ type: 'text', text: 'a' });
    expect(readChat([message])).not.toContainEqual({ type: 'text', text: 'b' });
  });

  it('that carry an error end with it', () => {
    const message = { error: { message: 'context length exceeded', code: 400 } };
    expect(() => readChat([message])).toThrow(AppError);
  });

  it('of other types are garbled', () => {
    expect(() => readChat([{ choices: { delta: 'x' } }])).toThrow(AppError);
    expect(() => readChat([chunk({ content: 4 })])).toThrow(AppError);
  });
});
