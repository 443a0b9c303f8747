import { describe, expect, it } from 'vitest';
import { chatFrames, chatObject } from '#tests/support/model-server/chat-api.ts';
import { planWithFault } from '#tests/support/model-server/faults.ts';
import { responseObject, responsesFrames } from '#tests/support/model-server/responses-api.ts';
import { keyRefused, modelNotFound, refusalFor } from '#tests/support/model-server/refusals.ts';
import { dialects, faultSchema, scriptSchema } from '#tests/support/model-server/script.ts';
import type { Fault, ScriptInput } from '#tests/support/model-server/script.ts';
import { openAiSchema } from '#tests/support/openai-schema.ts';

const wrongWith = openAiSchema();

const responsesRequest = {
  id: 'resp_1',
  model: 'gpt-6.2-sol',
  createdAt: 1_790_000_000,
  effort: 'high',
  summary: 'auto',
  store: true,
  background: false,
};
const chatRequest = { id: 'chatcmpl-1', model: 'gpt-4o', createdAt: 1_790_000_000, wantsUsage: true };

const scripts: Readonly<Record<string, ScriptInput>> = {
  plain: {},
  'with headings': { thinkMs: 10, headings: ['First', 'Second'], thinkingText: ['one ', 'two ', 'three'] },
  'with a summary': { thinkMs: 10, thinkingText: ['Considering', ' the problem'] },
  'with raw thoughts': { thinkMs: 10, rawThinking: true, thinkingText: ['Hm, ', 'so'] },
  'with hidden thinking': { thinkMs: 10 },
  'cut by the token limit': { thinkMs: 10, text: [], finish: 'length' },
  filtered: { finish: 'content-filter' },
  refused: { finish: 'refusal', text: ['I cannot ', 'help.'] },
  failed: { fault: { type: 'failed' } },
  'without usage': { fault: { type: 'usage-missing' } },
};

describe('the model server speaks as OpenAI publishes it', () => {
  it.each(Object.entries(scripts))('in every event of a response %s', (_name, input) => {
    const frames = responsesFrames(responsesRequest, scriptSchema.parse(input));
    expect(frames.length).toBeGreaterThan(2);
    for (const { message } of frames) expect(wrongWith('ResponseStreamEvent', message)).toBeNull();
  });

  it('in responses fetched whole, under way and cancelled', () => {
    const script = scriptSchema.parse({ thinkMs: 10, thinkingText: ['so'] });
    const last = responsesFrames(responsesRequest, script).at(-1)?.message?.['response'];
    expect(wrongWith('Response', last)).toBeNull();
    for (const status of ['in_progress', 'queued', 'cancelled']) {
      expect(wrongWith('Response', responseObject(responsesRequest, script, status, []))).toBeNull();
    }
  });

  it.each(Object.entries(scripts))('in every chunk of a chat completion %s', (_name, input) => {
    const script = scriptSchema.parse(input);
    const chunks = chatFrames(chatRequest, script).flatMap(({ message }) => (message ? [message] : []));
    expect(chunks.length).toBeGreaterThan(1);
    for (const chunk of chunks) expect(wrongWith('CreateChatCompletionStreamResponse', chunk)).toBeNull();
    expect(wrongWith('CreateChatCompletionResponse', chatObject(chatRequest, script))).toBeNull();
  });

  it.each(dialects.filter((dialect) => dialect !== 'vllm'))(
    'in the fields that the dialect %s shares with it',
    (dialect) => {
      const script = scriptSchema.parse({ dialect, thinkMs: 10, thinkingText: ['so'] });
      const chunks = chatFrames(chatRequest, script).flatMap(({ message }) => (message ? [message] : []));
      const problems = chunks.map((chunk) => wrongWith('CreateChatCompletionStreamResponse', chunk));
      expect(problems).toEqual(chunks.map(() => null));
    },
  );

  it('in its refusals and in the error that ends a stream', () => {
    const refused = { model: 'gpt-9', authorization: 'Bearer sk-x', asksForSummary: true };
    const faults: Fault[] = ['unauthorized', 'forbidden', 'rate-limited', 'quota', 'server-error'].map(
      (type) => faultSchema.parse({ type }),
    );
    faults.push(faultSchema.parse({ type: 'unsupported-parameter' }), { type: 'summaries-refused' });
    for (const fault of faults) {
      const reply = refusalFor(fault, refused);
      expect(wrongWith('ErrorResponse', JSON.parse(reply?.body ?? 'null'))).toBeNull();
    }
    for (const reply of [keyRefused(), modelNotFound('gpt-9')]) {
      expect(wrongWith('ErrorResponse', JSON.parse(reply.body))).toBeNull();
    }
    const script = scriptSchema.parse({ fault: { type: 'error-event', afterEvents: 2 } });
    const plan = planWithFault('responses', responsesFrames(responsesRequest, script), script);
    expect(wrongWith('ResponseStreamEvent', plan.frames.at(-1)?.message)).toBeNull();
  });

  it('and the check itself notices what is wrong', () => {
    expect(wrongWith('ResponseStreamEvent', { type: 'response.output_text.delta', delta: 4 })).not.toBeNull();
    expect(wrongWith('CreateChatCompletionStreamResponse', { id: 1 })).not.toBeNull();
    expect(wrongWith('ErrorResponse', { error: 'no' })).not.toBeNull();
  });
});
