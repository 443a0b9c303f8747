import { expect, test } from 'vitest';
import { describeError } from '#backend/logs/describe-error.ts';
import { refuse } from '#shared/domain/failure.ts';

test('an unknown error keeps its class and where it came from, and loses its message', () => {
  const described = describeError(new TypeError('Cannot read the derivative of my secret proof'));
  expect(described.name).toBe('TypeError');
  expect(described.frames[0]).toMatch(/^tests\/unit\/logs\/describe-error\.test\.ts:\d+$/);
  expect(JSON.stringify(described)).not.toContain('secret proof');
});

test('a message that imitates a stack is not taken for one', () => {
  const error = new Error('first\n    at (my-private-note.md:1:2)\n    at mine (other-note.md:3:4)');
  expect(JSON.stringify(describeError(error))).not.toMatch(/note\.md/);
});

test('a failure is named by its code, without its parameters', () => {
  const described = describeError(refuse('file-not-found', { path: '/home/ada/my-private-note.md' }));
  expect(described.code).toBe('file-not-found');
  expect(JSON.stringify(described)).not.toMatch(/ada|private/);
});

test("the system's code is kept, and so are the causes", () => {
  const cause = Object.assign(new Error('write /home/ada/notes'), { code: 'ENOSPC' });
  const described = describeError(new Error('could not save', { cause }));
  expect(described.code).toBeNull();
  expect(described.cause?.code).toBe('ENOSPC');
});

test('a code or name that is really a sentence is left out', () => {
  const error = Object.assign(new Error('x'), { code: 'my secret text', name: 'my secret name' });
  expect(describeError(error)).toMatchObject({ code: null, name: 'Error' });
});

test('what was thrown without being an error is named by its type only', () => {
  expect(describeError('my secret text')).toEqual({ name: 'string', code: null, frames: [], cause: null });
});

test('an error that causes itself is described to an end', () => {
  const error = new Error('round');
  error.cause = error;
  expect(JSON.stringify(describeError(error)).match(/"name"/g)).toHaveLength(4);
});
