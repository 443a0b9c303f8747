import { describe, expect, test } from 'vitest';
import { CellDraft } from '#renderer/workspace/cell-draft.ts';
import type { KeptDraft } from '#renderer/workspace/cell-draft.ts';
import type { CellPatch } from '#renderer/workspace/cell-patch.ts';
import { applyPatch } from '#renderer/workspace/cell-patch.ts';
import type { Cell } from '#shared/domain/cell.ts';
import { refuse } from '#shared/domain/failure.ts';
import { fakeScheduler, settle } from '#tests/support/fake-scheduler.ts';
import { note, problem } from './sample-cells.ts';

/** A library of one cell that refuses stale writes, answers when told to, and can be out of reach. */
function setUp(first: Cell = note('c', { source: 'old' })) {
  const scheduler = fakeScheduler();
  const saves: { atMs: number; baseRevision: number; patch: CellPatch }[] = [];
  const kept = new Map<string, KeptDraft>();
  const held: (() => void)[] = [];
  const library = { cell: first, failure: null as Error | null, isHolding: false };
  const draft = new CellDraft(first, {
    scheduler,
    save: async (_cellId, baseRevision, patch) => {
      saves.push({ atMs: scheduler.nowMs(), baseRevision, patch });
      if (library.isHolding) await new Promise<void>((release) => held.push(release));
      if (library.failure) throw library.failure;
      if (baseRevision !== library.cell.revision) {
        throw refuse('revision-conflict', { currentRevision: library.cell.revision, baseRevision });
      }
      library.cell = { ...applyPatch(library.cell, patch), revision: baseRevision + 1 };
      return library.cell;
    },
    fetch: async () => {
      if (library.failure) throw library.failure;
      return library.cell;
    },
    keep: (unsaved) => kept.set(unsaved.cellId, unsaved),
    forget: (cellId) => kept.delete(cellId),
    changed: () => {},
  });
  const changedElsewhere = (patch: CellPatch): void => {
    library.cell = { ...applyPatch(library.cell, patch), revision: library.cell.revision + 1 };
  };
  const answerAll = async (): Promise<void> => {
    for (const release of held.splice(0)) release();
    await settle();
  };
  return { draft, scheduler, saves, kept, library, changedElsewhere, answerAll };
}

describe('autosave', () => {
  test('the last key is sent within 300 ms', async () => {
    const { draft, scheduler, saves } = setUp();
    draft.edit({ source: 'new' });
    await scheduler.pass(300);
    expect(saves).toEqual([{ atMs: 200, baseRevision: 1, patch: { source: 'new' } }]);
  });

  test('while the typing goes on something is sent every second', async () => {
    const { draft, scheduler, saves } = setUp();
    for (let key = 0; key < 30; key += 1) {
      draft.edit({ source: `text ${key}` });
      await scheduler.pass(100);
    }
    const gaps = saves.map((save, index) => save.atMs - (saves[index - 1]?.atMs ?? 0));
    expect(saves.length).toBeGreaterThanOrEqual(3);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(1_000);
  });

  test('"saved" is said only once the library acknowledged it, with that moment', async () => {
    const { draft, scheduler, library, answerAll } = setUp();
    library.isHolding = true;
    draft.edit({ source: 'new' });
    expect(draft.snapshot().save).toEqual({ kind: 'saving' });
    await scheduler.pass(5_000);
    expect(draft.snapshot().save).toEqual({ kind: 'saving' });
    await answerAll();
    expect(draft.snapshot().save).toEqual({ kind: 'saved', savedAt: scheduler.utcMs() });
  });

  test('text typed while a save is on its way is saved after it, never beside it', async () => {
    const { draft, scheduler, saves, library, answerAll } = setUp();
    library.isHolding = true;
    draft.edit({ source: 'one' });
    await scheduler.pass(300);
    draft.edit({ source: 'two' });
    await scheduler.pass(300);
    expect(saves).toHaveLength(1);
    library.isHolding = false;
    await answerAll();
    await scheduler.pass(300);
    expect(saves.map((save) => save.baseRevision)).toEqual([1, 2]);
    expect(library.cell.source).toBe('two');
  });

  test('flushing sends at once and resolves when it is acknowledged', async () => {
    const { draft, scheduler, library } = setUp();
    draft.edit({ source: 'new' });
    await draft.flush();
    expect(scheduler.nowMs()).toBe(0);
    expect(library.cell.source).toBe('new');
    expect(draft.isSaved()).toBe(true);
  });

  test('text and a choice made together are one save', async () => {
    const { draft, saves } = setUp(problem('c'));
    draft.edit({ source: 'new' });
    draft.edit({ domain: 'optics' });
    await draft.flush();
    expect(saves.map((save) => save.patch)).toEqual([{ source: 'new', domain: 'optics' }]);
  });
});

describe('without a connection', () => {
  test('the text stays, the reason is said, and it is kept outside the window', async () => {
    const { draft, scheduler, library, kept } = setUp();
    library.failure = refuse('connection-lost', {});
    draft.edit({ source: 'new' });
    await scheduler.pass(300);
    expect(draft.snapshot()).toMatchObject({
      cell: { source: 'new' },
      save: { kind: 'unsaved', failure: { code: 'connection-lost' } },
    });
    draft.edit({ source: 'newer' });
    expect(kept.get('c')).toMatchObject({ patch: { source: 'newer' } });
  });

  test('it is saved once there is a connection again, and forgotten outside the window', async () => {
    const { draft, scheduler, library, kept } = setUp();
    library.failure = refuse('connection-lost', {});
    draft.edit({ source: 'new' });
    await scheduler.pass(300);
    library.failure = null;
    await draft.flush();
    expect(library.cell.source).toBe('new');
    expect(draft.snapshot().save.kind).toBe('saved');
    expect(kept.size).toBe(0);
  });

  test('a save whose answer was lost is not written twice', async () => {
    const { draft, library, saves } = setUp();
    draft.edit({ source: 'new' });
    // The library took it, and the answer never came.
    library.failure = refuse('connection-lost', {});
    await draft.flush();
    library.cell = { ...library.cell, source: 'new', revision: 2 };
    library.failure = null;
    await draft.flush();
    expect(saves).toHaveLength(2);
    expect(library.cell.revision).toBe(2);
    expect(draft.isSaved()).toBe(true);
  });

  test('a full disk is tried again by itself', async () => {
    const { draft, scheduler, library } = setUp();
    library.failure = refuse('disk-full', { path: '/library' });
    draft.edit({ source: 'new' });
    await scheduler.pass(300);
    expect(draft.snapshot().save.kind).toBe('unsaved');
    library.failure = null;
    await scheduler.pass(6_000);
    expect(library.cell.source).toBe('new');
  });

  test('what the library refuses for good is not sent again until it was changed', async () => {
    const { draft, scheduler, library, saves } = setUp();
    library.failure = refuse('text-too-long', { lengthChars: 10, limitChars: 5 });
    draft.edit({ source: 'much too long' });
    await scheduler.pass(60_000);
    expect(saves).toHaveLength(1);
    library.failure = null;
    draft.edit({ source: 'short' });
    await scheduler.pass(300);
    expect(library.cell.source).toBe('short');
  });
});

describe('another window on the same cell', () => {
  test('a moved cell takes its new place, though its text is no newer, and never an older one', async () => {
    const { draft, scheduler } = setUp(note('c', { source: 'old', orderKey: 'a1', updatedAt: 10 }));
    draft.edit({ source: 'typed' });
    await scheduler.pass(300);
    const { cell } = draft.snapshot();
    draft.receive({ ...cell, orderKey: 'a5', updatedAt: 20 });
    expect(draft.snapshot()).toMatchObject({ cell: { source: 'typed', orderKey: 'a5' } });
    draft.receive({ ...cell, orderKey: 'a3', updatedAt: 15 });
    expect(draft.snapshot().cell.orderKey).toBe('a5');
  });

  test('their version is taken when nothing was typed here', () => {
    const { draft } = setUp();
    draft.receive(note('c', { source: 'theirs', revision: 2 }));
    expect(draft.snapshot()).toMatchObject({ cell: { source: 'theirs' }, save: { kind: 'saved' } });
  });

  test('both texts are kept and the user is asked', async () => {
    const { draft, scheduler, changedElsewhere, library, kept } = setUp();
    changedElsewhere({ source: 'theirs' });
    draft.edit({ source: 'mine' });
    await scheduler.pass(300);
    expect(draft.snapshot()).toMatchObject({
      cell: { source: 'mine' },
      save: { kind: 'conflict' },
      theirs: { source: 'theirs' },
    });
    expect(library.cell.source).toBe('theirs');
    expect(kept.get('c')).toMatchObject({ patch: { source: 'mine' } });
  });

  test('typing goes on during a conflict and overwrites nothing', async () => {
    const { draft, scheduler, changedElsewhere, library } = setUp();
    changedElsewhere({ source: 'theirs' });
    draft.edit({ source: 'mine' });
    await scheduler.pass(300);
    draft.edit({ source: 'mine, longer' });
    await scheduler.pass(5_000);
    expect(library.cell.source).toBe('theirs');
    expect(draft.snapshot().cell.source).toBe('mine, longer');
  });

  test('keeping mine saves it on top of theirs', async () => {
    const { draft, scheduler, changedElsewhere, library } = setUp();
    changedElsewhere({ source: 'theirs' });
    draft.edit({ source: 'mine' });
    await scheduler.pass(300);
    await draft.keepMine();
    expect(library.cell).toMatchObject({ source: 'mine', revision: 3 });
    expect(draft.snapshot().save.kind).toBe('saved');
  });

  test('taking theirs shows it and saves nothing', async () => {
    const { draft, scheduler, changedElsewhere, saves } = setUp();
    changedElsewhere({ source: 'theirs' });
    draft.edit({ source: 'mine' });
    await scheduler.pass(300);
    draft.takeTheirs();
    await scheduler.pass(5_000);
    expect(draft.snapshot()).toMatchObject({
      cell: { source: 'theirs' },
      save: { kind: 'saved' },
      theirs: null,
    });
    expect(saves).toHaveLength(1);
  });

  test('a change of another field is no reason to ask', async () => {
    const { draft, scheduler, changedElsewhere, library } = setUp(problem('c', { source: 'old' }));
    changedElsewhere({ domain: 'optics' });
    draft.edit({ source: 'mine' });
    await scheduler.pass(1_000);
    expect(library.cell).toMatchObject({ source: 'mine', domain: 'optics' });
    expect(draft.snapshot().save.kind).toBe('saved');
  });

  test('a version that arrives while a save is on its way waits for the answer', async () => {
    const { draft, scheduler, library, answerAll } = setUp();
    library.isHolding = true;
    draft.edit({ source: 'mine' });
    await scheduler.pass(300);
    draft.receive(note('c', { source: 'old', revision: 1 }));
    expect(draft.snapshot().cell.source).toBe('mine');
    await answerAll();
    expect(draft.snapshot()).toMatchObject({ cell: { source: 'mine' }, save: { kind: 'saved' } });
  });
});

describe('what an earlier window could not save', () => {
  test('is saved when nobody touched the cell since', async () => {
    const { draft, library } = setUp();
    draft.resume(note('c', { source: 'old' }), { source: 'typed before the crash' });
    await draft.flush();
    expect(library.cell.source).toBe('typed before the crash');
  });

  test('is offered beside the present text when someone did', async () => {
    const { draft, library } = setUp(note('c', { source: 'changed since', revision: 4 }));
    draft.resume(note('c', { source: 'old', revision: 1 }), { source: 'typed before the crash' });
    await draft.flush();
    expect(draft.snapshot()).toMatchObject({
      cell: { source: 'typed before the crash' },
      save: { kind: 'conflict' },
      theirs: { source: 'changed since' },
    });
    expect(library.cell.source).toBe('changed since');
  });
});
