import { describe, expect, test } from 'vitest';
import { choiceFor } from '#cli/run-choice.ts';
import type { ChoiceFlags } from '#cli/run-choice.ts';
import type { ModelChoice } from '#shared/domain/model.ts';

const solver: ModelChoice = { provider: 'solver', model: 'solver', effort: null };
const openai: ModelChoice = { provider: 'openai', model: 'gpt-5', effort: 'high' };
const compatible: ModelChoice = { provider: 'compatible', model: 'qwen', effort: null };
const isOpenAiModel = (model: string): boolean => model.startsWith('gpt-');
const choose = (flags: ChoiceFlags, inherited: ModelChoice): ModelChoice =>
  choiceFor(flags, inherited, isOpenAiModel);

describe('a problem run from the command line', () => {
  test('goes where its notebook says when nothing else is said', () => {
    for (const inherited of [solver, openai, compatible]) expect(choose({}, inherited)).toEqual(inherited);
  });

  test('keeps the notebook’s model and effort while only one of them is replaced', () => {
    expect(choose({ effort: 'low' }, openai)).toEqual({ ...openai, effort: 'low' });
    expect(choose({ provider: 'openai' }, openai)).toEqual(openai);
  });

  test('never carries the effort of one model over to another', () => {
    expect(choose({ model: 'gpt-6' }, openai)).toEqual({ provider: 'openai', model: 'gpt-6', effort: null });
    expect(choose({ provider: 'compatible', model: 'gpt-5' }, openai).effort).toBeNull();
  });

  test('never carries the model of one provider over to another', () => {
    expect(choose({ provider: 'openai' }, compatible).model).toBe('');
    expect(choose({ provider: 'solver' }, openai)).toEqual(solver);
  });

  test('goes to the provider that has the model, when none is named', () => {
    expect(choose({ model: 'gpt-5' }, solver).provider).toBe('openai');
    expect(choose({ model: 'gpt-5' }, compatible).provider).toBe('openai');
    expect(choose({ model: 'qwen3' }, compatible).provider).toBe('compatible');
    expect(choose({ model: 'solver' }, openai)).toEqual(solver);
  });

  test('goes to a server of one’s own when only its address is given', () => {
    expect(choose({ baseUrl: 'http://127.0.0.1:1/v1', model: 'qwen3' }, solver).provider).toBe('compatible');
    expect(choose({ baseUrl: 'http://127.0.0.1:1/v1' }, openai).provider).toBe('openai');
  });
});
