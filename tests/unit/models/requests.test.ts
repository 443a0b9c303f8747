import { describe, expect, it } from 'vitest';
import { loadCatalogue } from '#backend/models/catalogue.ts';
import { responsesBody, withoutSummary } from '#backend/models/providers/openai-request.ts';
import type { Ask } from '#backend/models/providers/provider.ts';
import type { Effort } from '#shared/domain/model.ts';
import { openAiSchema } from '#tests/support/openai-schema.ts';

const catalogue = loadCatalogue();
const wrongWith = openAiSchema();

function ask(model: string, effort: Effort | null): Ask {
  const info = catalogue.find(model, Date.UTC(2026, 10, 23));
  return { question: 'What is $1+1$?', choice: { provider: 'openai', model, effort }, model: info };
}

describe('a request to the Responses API', () => {
  it('asks a reasoning model for the effort chosen and a summary, and stores nothing there', () => {
    expect(responsesBody(ask('gpt-6.2-sol', 'high'), true)).toEqual({
      model: 'gpt-6.2-sol',
      input: 'What is $1+1$?',
      reasoning: { effort: 'high', summary: 'auto' },
      stream: true,
      stream_options: { include_obfuscation: false },
      store: false,
    });
  });

  it('leaves the effort to the model when none was chosen', () => {
    expect(responsesBody(ask('gpt-6.2-sol', null), true)).toMatchObject({ reasoning: { summary: 'auto' } });
    expect(responsesBody(ask('gpt-6.2-sol', null), false)).not.toHaveProperty('reasoning');
  });

  it('says nothing of reasoning to models that do not reason, and asks for no summary they lack', () => {
    expect(responsesBody(ask('gpt-4o', null), true)).not.toHaveProperty('reasoning');
    expect(responsesBody(ask('o3', 'high'), true)).toMatchObject({ reasoning: { effort: 'high' } });
    expect(responsesBody(ask('o3', null), true)).not.toHaveProperty('reasoning');
    expect(responsesBody(ask('gpt-5.4', 'none'), true)).toMatchObject({ reasoning: { effort: 'none' } });
  });

  it('sends a model that nobody knows the effort that was chosen, and nothing more', () => {
    expect(responsesBody(ask('gpt-7', 'low'), true)).toMatchObject({ reasoning: { effort: 'low' } });
    expect(responsesBody(ask('gpt-7', null), true)).not.toHaveProperty('reasoning');
  });

  it('never carries sampling parameters, caps, metadata or tools', () => {
    for (const model of catalogue.all(0)) {
      for (const effort of [null, ...model.efforts]) {
        const body = responsesBody(ask(model.id, effort), true);
        expect(Object.keys(body ?? {}).toSorted()).toEqual([
          'input',
          'model',
          ...(hasReasoning(body) ? ['reasoning'] : []),
          'store',
          'stream',
          'stream_options',
        ]);
        expect(wrongWith('CreateResponse', body)).toBeNull();
      }
    }
  });

  it('can be made again without its summary, and with nothing else changed', () => {
    const endpoint = 'POST https://api.openai.com/v1/responses';
    const body = responsesBody(ask('gpt-6.2-sol', 'high'), true);
    const plain = responsesBody(ask('gpt-6.2-sol', 'high'), false);
    expect(withoutSummary({ endpoint, body })).toEqual({ endpoint, body: plain });
    const silent = withoutSummary({ endpoint, body: responsesBody(ask('gpt-6.2-sol', null), true) });
    expect(silent?.body).not.toHaveProperty('reasoning');
    expect(withoutSummary({ endpoint, body: plain })).toBeNull();
  });
});

function hasReasoning(body: unknown): boolean {
  return typeof body === 'object' && body !== null && 'reasoning' in body;
}
