import { expect, test } from 'vitest';
import { createGuessLimit } from '#server/security/guess-limit.ts';

test('after twenty wrong tokens only one a second is looked at', () => {
  let nowMs = 5_000;
  const limit = createGuessLimit(() => nowMs);
  const guessUntilRefused = (): number => {
    let looked = 0;
    for (; limit.mayGuess(); looked += 1) limit.noteWrongGuess();
    return looked;
  };
  expect(guessUntilRefused()).toBe(20);
  nowMs += 999;
  expect(guessUntilRefused()).toBe(0);
  nowMs += 1;
  expect(guessUntilRefused()).toBe(1);
  nowMs += 3_600_000;
  expect(guessUntilRefused()).toBe(20);
});

test('right tokens cost nothing', () => {
  const limit = createGuessLimit(() => 0);
  for (let shown = 0; shown < 1_000; shown += 1) expect(limit.mayGuess()).toBe(true);
});
