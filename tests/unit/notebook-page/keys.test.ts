import { describe, expect, test } from 'vitest';
import { commandFor, pairWithinMs } from '#renderer/features/notebook/command-keys.ts';
import type { KeyPress } from '#renderer/features/notebook/command-keys.ts';

const press = (key: string, changes: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrl: false,
  shift: false,
  alt: false,
  meta: false,
  repeat: false,
  ...changes,
});
const commandOf = (key: string, changes: Partial<KeyPress> = {}): string | null =>
  commandFor(press(key, changes), null, 0).command;

describe('in command mode', () => {
  test.each([
    ['j', 'select-next'],
    ['ArrowDown', 'select-next'],
    ['k', 'select-previous'],
    ['ArrowUp', 'select-previous'],
    ['Enter', 'edit'],
    ['a', 'insert-above'],
    ['b', 'insert-below'],
    ['m', 'to-note'],
    ['y', 'to-problem'],
    ['z', 'undo-delete'],
    ['c', 'copy'],
    ['x', 'cut'],
    ['v', 'paste'],
    ['p', 'pin'],
  ])('%s does what Jupyter’s fingers expect', (key, command) => {
    expect(commandOf(key)).toBe(command);
  });

  test('the three run keys', () => {
    expect(commandOf('Enter', { shift: true })).toBe('run-or-next');
    expect(commandOf('Enter', { ctrl: true })).toBe('run-and-stay');
    expect(commandOf('Enter', { meta: true })).toBe('run-and-stay');
    expect(commandOf('Enter', { alt: true })).toBe('run-and-insert');
  });

  test('Ctrl+Shift and an arrow move the cell', () => {
    expect(commandOf('ArrowUp', { ctrl: true, shift: true })).toBe('move-up');
    expect(commandOf('ArrowDown', { meta: true, shift: true })).toBe('move-down');
  });

  test('other chords are left to the browser and the window', () => {
    expect(commandOf('c', { ctrl: true })).toBeNull();
    expect(commandOf('v', { meta: true })).toBeNull();
    expect(commandOf('b', { alt: true })).toBeNull();
    expect(commandOf('F5')).toBeNull();
  });

  test('a key held down moves on, but runs, deletes and inserts nothing', () => {
    const repeat = { repeat: true };
    expect(commandOf('j', repeat)).toBe('select-next');
    expect(commandOf('b', repeat)).toBeNull();
    expect(commandOf('Enter', { ...repeat, shift: true })).toBeNull();
    const held = commandFor(press('d', repeat), { key: 'd', atMs: 0 }, 10);
    expect(held.command).toBeNull();
  });
});

describe('pairs', () => {
  const second = (key: string, first: string, afterMs: number): string | null => {
    const { pending } = commandFor(press(first), null, 1_000);
    return commandFor(press(key), pending, 1_000 + afterMs).command;
  };

  test('D D deletes and R R runs again', () => {
    expect(second('d', 'd', 200)).toBe('delete');
    expect(second('r', 'r', 200)).toBe('run-again');
  });

  test('one D, a slow D or a mixed pair does nothing', () => {
    expect(commandOf('d')).toBeNull();
    expect(second('d', 'd', pairWithinMs + 1)).toBeNull();
    expect(second('d', 'r', 100)).toBeNull();
  });

  test('another key between forgets the first', () => {
    const { pending } = commandFor(press('d'), null, 0);
    const between = commandFor(press('j'), pending, 10);
    expect(between.pending).toBeNull();
    expect(commandFor(press('d'), between.pending, 20).command).toBeNull();
  });
});
