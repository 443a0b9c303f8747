import { describe, expect, test } from 'vitest';
import { describeRun, longestTotalMs } from '#shared/scholium/index.ts';
import type { Scholium } from '#shared/scholium/index.ts';
import { failure } from '#shared/domain/failure.ts';
import { usageNotReported } from '#shared/domain/usage.ts';
import {
  cancelledRun,
  completedRun,
  emptyReceipt,
  failedRun,
  queuedRun,
  runBase,
  runningRun,
  sampleSentAt,
} from '../../support/sample-runs.ts';

const options = { timeZone: 'UTC', nowMs: sampleSentAt + 86_400_000 };
const plain = (text: string | null): string | null => text?.replace(/[\u00a0\u202f]/g, ' ') ?? null;

describe('a completed run', () => {
  test('tells model, effort, date, total, thinking time, tokens and cost', () => {
    const scholium = describeRun(completedRun(), options);
    expect(scholium).toMatchObject({
      model: 'gpt-6.2-sol',
      modelNote: null,
      effort: 'high',
      stateText: null,
    });
    expect(plain(scholium.dateText)).toBe('22 Nov, 13:06');
    expect(plain(scholium.totalText)).toBe('2 min 43 s');
    expect(plain(scholium.partsText)).toBe('thinking 2 min 31 s');
    expect(plain(scholium.tokensText)).toBe('12 480 reasoning · 640 written');
    expect(plain(scholium.inputText)).toBe('1 240 in');
    expect(plain(scholium.costText)).toBe('13.1 ¢');
    expect(plain(scholium.summaryText)).toBe(
      'gpt-6.2-sol · high · 22 Nov, 13:06 · 2 min 43 s · wait 1.2 s · thinking 2 min 31 s · writing 11 s · ' +
        '12 480 reasoning · 640 written · 1 240 in · 13.1 ¢',
    );
  });

  test('fills the bar with its three parts, and its share of the cell’s longest run', () => {
    const { bar } = describeRun(completedRun(), { ...options, scaleMs: 326_000 });
    expect(bar.lengthShare).toBeCloseTo(0.5);
    expect(bar.waitShare).toBeCloseTo(1.2 / 163);
    expect(bar.thinkingShare).toBeCloseTo(151 / 163);
    expect(bar.writingShare).toBeCloseTo(10.8 / 163);
    expect(bar.unobservedShare).toBe(0);
  });

  test('marks each thinking heading at its moment', () => {
    const headings = [{ atMs: 81_500, text: 'checking the boundary term' }];
    const { bar } = describeRun(completedRun({ headings }), options);
    expect(bar.ticks).toEqual([{ share: 0.5, atMs: 81_500, text: '1:21 checking the boundary term' }]);
  });

  test('says when it is a recorded example', () => {
    expect(describeRun(completedRun({ origin: 'recorded' }), options).originText).toBe('recorded example');
    expect(describeRun(completedRun(), options).originText).toBeNull();
  });

  test.each([
    ['length', 'cut at the length limit'],
    ['content-filter', 'cut by a content filter'],
    ['refusal', 'declined to answer'],
    ['other', 'incomplete, reason not given'],
  ] as const)('that ended by %s is not passed off as whole', (finish, text) => {
    const scholium = describeRun(completedRun({}, { finish }), options);
    expect(scholium.tone).toBe('incomplete');
    expect(scholium.stateText).toBe(text);
  });
});

describe('the model', () => {
  const returned = (modelReturned: string): Scholium =>
    describeRun(completedRun({ receipt: { ...runBase().receipt, modelReturned } }), options);

  test('keeps its short name when the server answers with the dated one, and notes that', () => {
    expect(returned('gpt-6.2-sol-2026-08-07')).toMatchObject({
      model: 'gpt-6.2-sol',
      modelNote: 'answered as gpt-6.2-sol-2026-08-07',
      isOtherModel: false,
    });
  });

  test('is the one that answered, with a note, when that is another', () => {
    expect(returned('gpt-6-luna')).toMatchObject({
      model: 'gpt-6-luna',
      modelNote: 'asked for gpt-6.2-sol',
      isOtherModel: true,
    });
    expect(returned('gpt-6.2-sol-mini').isOtherModel).toBe(true);
  });
});

describe('what was not told', () => {
  const tokens = (usage: Partial<typeof usageNotReported>): string | null => {
    const receipt = { ...runBase().receipt, usage: { ...usageNotReported, ...usage }, costNanoUsd: null };
    return plain(describeRun(completedRun({ receipt }), options).tokensText);
  };

  test('is said, never shown as 0', () => {
    expect(tokens({})).toBe('tokens not reported');
    expect(tokens({ inputTokens: 10 })).toBe('output not reported');
    expect(tokens({ reasoningTokens: 50 })).toBe('50 reasoning · output not reported');
  });

  test('a server that counts no reasoning has output, not “written”, tokens', () => {
    expect(tokens({ inputTokens: 10, outputTokens: 640 })).toBe('640 output · reasoning not reported');
  });

  test('an input count alone missing is said so', () => {
    const usage = { ...usageNotReported, outputTokens: 640, reasoningTokens: 0 };
    const receipt = { ...runBase().receipt, usage };
    expect(describeRun(completedRun({ receipt }), options).inputText).toBe('input not reported');
  });

  test('a cost nobody knows is unknown, and only nothing is free', () => {
    const cost = (costNanoUsd: number | null): string =>
      describeRun(completedRun({ receipt: { ...runBase().receipt, costNanoUsd } }), options).costText;
    expect(cost(null)).toBe('cost unknown');
    expect(cost(0)).toBe('free');
  });

  test('parts nobody observed are said, and drawn as such', () => {
    const times = { waitMs: 1_000, thinkingMs: null, writingMs: null, totalMs: 10_000 };
    const scholium = describeRun(completedRun({}, { times }), options);
    expect(scholium.partsText).toBe('thinking not observed');
    expect(scholium.parts.map((part) => plain(part.text))).toEqual(['1.0 s', 'not observed', 'not observed']);
    expect(scholium.bar.unobservedShare).toBeCloseTo(0.9);
  });

  test('a total nobody observed leaves the bar empty and says so', () => {
    const times = { waitMs: null, thinkingMs: null, writingMs: null, totalMs: null };
    const scholium = describeRun(completedRun({}, { times }), options);
    expect(scholium.totalText).toBe('times not observed');
    expect(scholium.partsText).toBeNull();
    expect(scholium.bar).toMatchObject({ lengthShare: 0, unobservedShare: 0 });
  });

  test('a model that did not think has no thinking to show', () => {
    const times = { waitMs: 1_000, thinkingMs: 0, writingMs: 2_000, totalMs: 3_000 };
    expect(describeRun(completedRun({}, { times }), options).partsText).toBeNull();
  });
});

describe('the solver', () => {
  test('reads “Solver · 0.4 s · checked by differentiation · free”', () => {
    const run = completedRun(
      {
        choice: { provider: 'solver', model: 'solver', effort: null },
        receipt: { ...emptyReceipt, checkedBy: 'differentiation', costNanoUsd: 0 },
      },
      { times: { waitMs: 0, thinkingMs: 380, writingMs: 20, totalMs: 400 } },
    );
    const scholium = describeRun(run, options);
    expect(scholium).toMatchObject({ model: 'Solver', effort: null, costText: 'free', inputText: null });
    expect(scholium.checkText).toBe('checked by differentiation');
    expect(plain(scholium.summaryText)).toBe(
      'Solver · 22 Nov, 13:06 · 0.4 s · checked by differentiation · free',
    );
  });
});

describe('a running run', () => {
  const marks = { firstSignMs: 1_400, firstThinkingMs: 1_400, firstTextMs: null };

  test('shows its parts so far by the backend’s clock', () => {
    const scholium = describeRun(runningRun('thinking', marks), { ...options, elapsedMs: 65_400 });
    expect(scholium).toMatchObject({ tone: 'running', dateText: 'now', partsText: 'thinking' });
    expect(plain(scholium.totalText)).toBe('1 min 05 s');
    expect(scholium.parts.map((part) => part.ms)).toEqual([1_400, 64_000, 0]);
    expect(scholium.tokensText).toBe('tokens at the end');
    expect(scholium.costText).toBe('cost at the end');
  });

  test('is all wait until the first sign of work', () => {
    const run = runningRun('waiting', { firstSignMs: null, firstThinkingMs: null, firstTextMs: null });
    const { bar, totalText } = describeRun(run, { ...options, elapsedMs: 2_340 });
    expect(bar).toMatchObject({ waitShare: 1, thinkingShare: 0, writingShare: 0 });
    expect(plain(totalText)).toBe('2.3 s');
  });

  test('has no thinking part when text was the first sign', () => {
    const run = runningRun('writing', { firstSignMs: 500, firstThinkingMs: null, firstTextMs: 500 });
    const { parts } = describeRun(run, { ...options, elapsedMs: 2_000 });
    expect(parts.map((part) => part.ms)).toEqual([500, 0, 1_500]);
  });

  test('grows along a scale with room in it, and never past the end', () => {
    const run = runningRun('thinking', marks);
    expect(describeRun(run, { elapsedMs: 5_000 }).bar.lengthShare).toBeCloseTo(0.5);
    expect(describeRun(run, { elapsedMs: 65_000 }).bar.lengthShare).toBeCloseTo(65 / 180);
    expect(describeRun(run, { elapsedMs: 65_000, scaleMs: 10_000 }).bar.lengthShare).toBe(1);
  });

  test('falls back to the time since it was sent', () => {
    const scholium = describeRun(runningRun('thinking', marks), { nowMs: sampleSentAt + 12_000 });
    expect(plain(scholium.totalText)).toBe('12 s');
  });

  test('that waits for its turn has sent nothing yet', () => {
    const scholium = describeRun(queuedRun(), options);
    expect(scholium).toMatchObject({ tone: 'queued', totalText: 'waiting for its turn', parts: [] });
    expect(scholium.bar.lengthShare).toBe(0);
  });
});

describe('a run that did not end well', () => {
  test('says it failed, and that nothing was billed where that is sure', () => {
    const refused = failedRun(failure('key-refused', { provider: 'openai', message: '' }));
    expect(describeRun(refused, options)).toMatchObject({ stateText: 'failed', costText: 'not billed' });
    const cut = failedRun(failure('run-cut-short', { receivedChars: 10 }));
    expect(describeRun(cut, options)).toMatchObject({ tone: 'failed', costText: 'cost unknown' });
  });

  test('that was never sent has no times, no tokens and no cost', () => {
    const none = { waitMs: null, thinkingMs: null, writingMs: null, totalMs: null };
    const run = failedRun(failure('key-missing', { provider: 'openai' }), {}, { sentAt: null, times: none });
    expect(describeRun(run, options)).toMatchObject({
      totalText: 'not sent',
      tokensText: null,
      inputText: null,
      partsText: null,
      costText: 'not billed',
    });
  });

  test('was stopped by the user, or interrupted', () => {
    expect(describeRun(cancelledRun(), options)).toMatchObject({
      tone: 'stopped',
      stateText: 'stopped by you',
    });
    const gone = failedRun(failure('app-ended', {}), {}, { state: 'interrupted' });
    expect(describeRun(gone, options)).toMatchObject({ tone: 'stopped', stateText: 'interrupted' });
  });
});

test('the cell’s scale is its longest run, running ones included', () => {
  const runs = [
    completedRun(),
    runningRun('thinking', { firstSignMs: 100, firstThinkingMs: 100, firstTextMs: null }),
  ];
  expect(longestTotalMs(runs, 5_000)).toBe(163_000);
  expect(longestTotalMs(runs, 200_000)).toBe(200_000);
  expect(longestTotalMs([queuedRun()])).toBeNull();
});
