import { describe, expect, it } from 'vitest';
import type { ProviderEvent } from '#backend/models/providers/provider.ts';
import { SummaryHeadings } from '#backend/models/providers/summary-headings.ts';
import { ThinkTags } from '#backend/models/providers/think-tags.ts';

function split(chunks: readonly string[]): { thinking: string; text: string } {
  const tags = new ThinkTags();
  const events = [...chunks.flatMap((chunk) => [...tags.read(chunk)]), ...tags.end()];
  const of = (type: 'thinking' | 'text'): string =>
    events.map((event) => (event.type === type ? event.text : '')).join('');
  return { thinking: of('thinking'), text: of('text') };
}

describe('thoughts in the content', () => {
  const content = '\n<think>\nIs 3 < 4? Yes</b>.\n</think>\n\nYes, $3 < 4$.';
  const expected = { thinking: 'Is 3 < 4? Yes</b>.\n', text: 'Yes, $3 < 4$.' };

  it('are split off wherever the chunks break', () => {
    for (let first = 0; first <= content.length; first += 1) {
      expect(split([content.slice(0, first), content.slice(first)])).toEqual(expected);
    }
    expect(split(content.split(''))).toEqual(expected);
  });

  it('are only those at the very start', () => {
    const text = 'Write <think> to begin, </think> to end.';
    expect(split([text])).toEqual({ thinking: '', text });
    expect(split(['<thin'])).toEqual({ thinking: '', text: '<thin' });
    expect(split(['<thinking about it'])).toEqual({ thinking: '', text: '<thinking about it' });
  });

  it('stay thoughts when the answer never came', () => {
    expect(split(['<think>half a tho', 'ught </thi'])).toEqual({
      thinking: 'half a thought </thi',
      text: '',
    });
  });

  it('hold nothing back of an ordinary answer, not even for a moment', () => {
    const tags = new ThinkTags();
    expect([...tags.read('Yes')]).toEqual([{ type: 'text', text: 'Yes' }]);
  });
});

function summarise(parts: readonly (readonly string[])[]): readonly ProviderEvent[] {
  const headings = new SummaryHeadings();
  return parts.flatMap((chunks, index) => [
    ...headings.startPart(index),
    ...chunks.flatMap((chunk) => [...headings.read(chunk)]),
    ...headings.endPart(),
  ]);
}
const headingsIn = (events: readonly ProviderEvent[]): readonly string[] =>
  events.flatMap((event) => (event.type === 'heading' ? [event.text] : []));
const thinkingIn = (events: readonly ProviderEvent[]): string =>
  events.map((event) => (event.type === 'thinking' ? event.text : '')).join('');

describe('the headings of a reasoning summary', () => {
  it('are the bold lines its parts begin with, and stay in the text', () => {
    const events = summarise([['**Checking the ', 'boundary**', '\n\nThe term', ' vanishes.'], ['**Done**']]);
    expect(headingsIn(events)).toEqual(['Checking the boundary', 'Done']);
    expect(thinkingIn(events)).toBe('**Checking the boundary**\n\nThe term vanishes.\n\n**Done**');
  });

  it('are told as soon as their line is complete, once', () => {
    const headings = new SummaryHeadings();
    const first = [...headings.startPart(0), ...headings.read('**Now'), ...headings.read('**')];
    expect(headingsIn(first)).toEqual([]);
    expect(headingsIn([...headings.read('\n')])).toEqual(['Now']);
    expect(headingsIn([...headings.read('more\n**Not this**\n'), ...headings.endPart()])).toEqual([]);
  });

  it('are not found where there are none', () => {
    expect(
      headingsIn(summarise([['**Bold** words begin this.\n'], ['Plain.'], [''], ['*'.repeat(500)]])),
    ).toEqual([]);
  });
});
