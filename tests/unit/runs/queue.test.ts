import { expect, test } from 'vitest';
import { createQueue } from '#backend/runs/queue.ts';
import { settled } from '#tests/support/runs/run-lab.ts';

function workshop(limits = { a: 2, b: 1 }) {
  const begun: string[] = [];
  const finish = new Map<string, { done: () => void; fail: (error: Error) => void }>();
  const bugs: unknown[] = [];
  const queue = createQueue(limits, (error) => bugs.push(error));
  const add = (lane: 'a' | 'b', id: string): void =>
    queue.add(lane, id, () => {
      begun.push(id);
      return new Promise((done, fail) => finish.set(id, { done, fail }));
    });
  return { queue, begun, finish, bugs, add };
}

test('a lane begins in order of arrival, and never more than its limit', async () => {
  const { begun, finish, add } = workshop();
  for (const id of ['1', '2', '3', '4']) add('a', id);
  expect(begun).toEqual([]);
  await settled();
  expect(begun).toEqual(['1', '2']);
  finish.get('2')?.done();
  await settled();
  expect(begun).toEqual(['1', '2', '3']);
});

test('a full lane does not hold up another', async () => {
  const { begun, add } = workshop();
  for (const id of ['1', '2', '3']) add('a', id);
  for (const id of ['x', 'y']) add('b', id);
  await settled();
  expect(begun).toEqual(['1', '2', 'x']);
});

test('what is taken out while it waits never begins', async () => {
  const { queue, begun, finish, add } = workshop();
  for (const id of ['x', 'y', 'z']) add('b', id);
  await settled();
  expect(queue.remove('y')).toBe(true);
  expect(queue.remove('x')).toBe(false);
  finish.get('x')?.done();
  await settled();
  expect(begun).toEqual(['x', 'z']);
});

test('a work that breaks frees its place and is told of', async () => {
  const { begun, finish, bugs, add } = workshop();
  for (const id of ['x', 'y']) add('b', id);
  await settled();
  const bug = new Error('bug');
  finish.get('x')?.fail(bug);
  await settled();
  expect(begun).toEqual(['x', 'y']);
  expect(bugs).toEqual([bug]);
});

test('a closed queue begins nothing any more', async () => {
  const { queue, begun, finish, add } = workshop();
  for (const id of ['x', 'y']) add('b', id);
  await settled();
  queue.close();
  finish.get('x')?.done();
  add('b', 'z');
  await settled();
  expect(begun).toEqual(['x']);
});
