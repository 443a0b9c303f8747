import { describe, expect, test } from 'vitest';
import { openedWith, withCell, withoutCell, withRun } from '#renderer/workspace/open-notebook.ts';
import { completedRun, note, notebook, runningRun } from './sample-cells.ts';

const open = openedWith({
  notebook,
  cells: [note('b', { orderKey: 'a1' }), note('a', { orderKey: 'a0' })],
  runs: [completedRun('r1', 'a', 10), completedRun('r2', 'a', 20)],
});

describe('the notebook on the page', () => {
  test('cells stand in the order of their keys, runs newest first', () => {
    expect(open.order).toEqual(['a', 'b']);
    expect(open.runsByCell['a']).toEqual(['r2', 'r1']);
  });

  test('capital letters sort before small ones, as in the library', () => {
    const mixed = openedWith({
      notebook,
      cells: [note('x', { orderKey: 'a0' }), note('y', { orderKey: 'Zz' })],
      runs: [],
    });
    expect(mixed.order).toEqual(['y', 'x']);
  });

  test('a changed text leaves the order as it is, the very same array', () => {
    const changed = withCell(open, note('a', { orderKey: 'a0', source: 'new', revision: 2 }));
    expect(changed.order).toBe(open.order);
    expect(changed.cells['a']?.source).toBe('new');
    expect(changed.cells['b']).toBe(open.cells['b']);
  });

  test('a moved cell is moved', () => {
    expect(withCell(open, note('a', { orderKey: 'a2', revision: 2 })).order).toEqual(['b', 'a']);
  });

  test('a removed cell is gone and its runs are kept', () => {
    const without = withoutCell(open, note('a').id);
    expect(without.order).toEqual(['b']);
    expect(without.runsByCell['a']).toEqual(['r2', 'r1']);
  });

  test('a new run comes first', () => {
    expect(withRun(open, runningRun('r3', 'a', 30)).runsByCell['a']).toEqual(['r3', 'r2', 'r1']);
  });

  test('an ended run is never shown as running again', () => {
    expect(withRun(open, runningRun('r2', 'a', 20)).runs['r2']?.state).toBe('completed');
  });

  test('nothing of another notebook gets onto the page', () => {
    const stranger = openedWith({ notebook: { ...notebook, id: note('x').notebookId }, cells: [], runs: [] });
    const other = { ...stranger, notebook: { ...notebook, id: 'other' as typeof notebook.id } };
    expect(withCell(other, note('a'))).toBe(other);
    expect(withRun(other, completedRun('r', 'a'))).toBe(other);
  });
});
