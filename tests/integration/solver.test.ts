import { afterEach, expect, test } from 'vitest';
import { AppError } from '#shared/domain/failure.ts';
import { solverChoice } from '#shared/domain/model.ts';
import { createSolver } from '#backend/models/providers/solver.ts';
import type { ProviderEvent } from '#backend/models/providers/provider.ts';

let solver = createSolver();
afterEach(() => solver.close());

async function run(question: string, signal = new AbortController().signal): Promise<ProviderEvent[]> {
  const request = solver.prepare({ question, choice: solverChoice, model: null });
  const events: ProviderEvent[] = [];
  for await (const event of solver.send(request, signal)) events.push(event);
  return events;
}

async function failureOf(attempt: Promise<unknown>): Promise<string> {
  return attempt.then(
    () => 'none',
    (error: unknown) => (error instanceof AppError ? error.failure.code : String(error)),
  );
}

test('an answer comes with its check and ends with done', async () => {
  solver = createSolver();
  expect(await run('Integrate $x$')).toEqual([
    { type: 'sent' },
    { type: 'accepted', responseId: null, requestId: null, model: 'solver' },
    { type: 'thinking', text: '' },
    { type: 'text', text: expect.stringContaining('x^2') },
    { type: 'checked', by: 'differentiation' },
    { type: 'done', finish: 'stop', model: 'solver', serviceTier: null },
  ]);
});

test('a formula that runs away is ended at the time limit, and the next one is answered', async () => {
  solver = createSolver({ timeLimitMs: 1_500 });
  expect(await failureOf(run('$\\int e^{ax}\\sin(bx)\\,dx$'))).toBe('solver-timed-out');
  expect((await run('$1+1$')).some((event) => event.type === 'text' && event.text.includes('2'))).toBe(true);
});

test('many questions at once are answered one after another', async () => {
  solver = createSolver();
  const answers = await Promise.all(['$1+1$', '$2+2$', '$3+3$'].map((question) => run(question)));
  expect(
    answers.map((events) => events.find((event) => event.type === 'text')?.text.replace(/\D/g, '')),
  ).toEqual(['2', '4', '6']);
});

test('stopping ends a computation at once', async () => {
  solver = createSolver();
  const controller = new AbortController();
  const stopped = failureOf(run('$\\int e^{ax}\\sin(bx)\\,dx$', controller.signal));
  controller.abort();
  expect(await stopped).toContain('AbortError');
});
