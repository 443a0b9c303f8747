import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { systemClock } from '#backend/clock.ts';
import type { RunEvent } from '#shared/domain/change.ts';
import { hasEnded } from '#shared/domain/run.ts';
import { createTestFolder } from '#tests/support/library.ts';
import { ended, runLab, settled } from '#tests/support/runs/run-lab.ts';
import type { RunLab } from '#tests/support/runs/run-lab.ts';
import { scriptedProvider } from '#tests/support/runs/scripted-provider.ts';

const done = { type: 'done', finish: 'stop', model: null, serviceTier: null } as const;
const text = (words: string) => ({ type: 'text', text: words }) as const;

const cleanUps: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp();
});

function libraryPath(): string {
  const { folder, remove } = createTestFolder();
  cleanUps.push(remove);
  return join(folder, 'library.sqlite');
}

async function openLab(path: string) {
  const openai = scriptedProvider('openai');
  const lab = await runLab({ providers: [openai], clock: systemClock, path });
  return { ...lab, openai };
}

async function closeLab({ runs, library }: RunLab): Promise<void> {
  await runs.close();
  library.close();
}

function fillDisk({ library }: RunLab): void {
  const pages = Number(library.db.pragma('page_count', { simple: true }));
  library.db.pragma(`max_page_count = ${pages}`);
}

test('a full disk ends a run with that reason, shows what came, and saves it once there is room', async () => {
  const path = libraryPath();
  const lab = await openLab(path);
  const { id } = lab.start();
  await settled();
  const events: RunEvent[] = [];
  const watching = (async () => {
    for await (const event of lab.runs.watch(id, null)) events.push(event);
  })();
  lab.openai.request(0).tell(text('Kept. '));
  await settled();
  fillDisk(lab);
  const long = 'x'.repeat(2_000_000);
  lab.openai.request(0).tell(text(long));
  await watching;
  const last = events.at(-1);
  expect(last).toMatchObject({ type: 'run', run: { state: 'failed', failure: { code: 'disk-full' } } });
  expect(last?.type === 'run' && last.run.answer).toBe(`Kept. ${long}`);
  expect(lab.runs.ofNotebook(lab.notebookId)[0]?.answer.length).toBe(6 + long.length);
  expect(lab.openai.request(0).signal.aborted).toBe(true);

  lab.library.db.pragma('max_page_count = 1000000');
  await closeLab(lab);
  const again = await openLab(path);
  cleanUps.push(() => closeLab(again));
  expect(again.runs.recover()).toBe(0);
  const stored = again.runs.get(id);
  expect(stored).toMatchObject({ state: 'failed', failure: { code: 'disk-full' } });
  expect(stored.answer).toBe(`Kept. ${long}`);
});

test('a run that could not be written down as sent is never sent', async () => {
  const path = libraryPath();
  const lab = await openLab(path);
  cleanUps.push(() => closeLab(lab));
  const { id } = lab.start();
  const original = lab.library.db.pragma('query_only', { simple: true });
  lab.library.db.pragma('query_only = ON');
  const run = await ended(lab.runs, id);
  lab.library.db.pragma(`query_only = ${String(original)}`);
  expect(run).toMatchObject({ state: 'failed', sentAt: null, receipt: { costNanoUsd: 0 } });
  lab.openai.request(0).tell(text('never asked for'));
  await settled();
  expect(lab.runs.get(id).answer).toBe('');
});

test('after a crash a run is interrupted with its text, the times that were seen, and is not sent again', async () => {
  const path = libraryPath();
  const crashed = await openLab(path);
  const ids = Array.from({ length: 5 }, () => crashed.start().id);
  await settled();
  const request = crashed.openai.request(0);
  request.tell({ type: 'accepted', responseId: 'resp_1', requestId: null, model: 'lab-1' });
  request.tell({ type: 'thinking', text: 'Hm.' }, text('T = '));
  await settled();
  const before = ids.map((id) => crashed.runs.get(id));
  // No close of the runs room: as far as the library can tell, its process is gone.
  crashed.library.close();

  const lab = await openLab(path);
  cleanUps.push(() => closeLab(lab));
  expect(lab.runs.recover()).toBe(5);
  const after = ids.map((id) => lab.runs.get(id));
  expect(after[0]).toMatchObject({
    state: 'interrupted',
    failure: { code: 'app-ended' },
    answer: 'T = ',
    thinking: 'Hm.',
    times: { writingMs: null, totalMs: null },
    receipt: { responseId: 'resp_1', modelReturned: 'lab-1', costNanoUsd: null },
  });
  const first = after[0];
  const seen = before[0];
  if (!first || !seen || !hasEnded(first) || seen.state !== 'running') throw new Error('Not as it was');
  expect(first.times.waitMs).toBe(seen.marks.firstSignMs);
  expect(first.sentAt).toBe(seen.sentAt);
  expect(first.endedAt).toBe(seen.sentAt + Number(seen.marks.firstTextMs));
  expect(after[4]).toMatchObject({
    state: 'interrupted',
    sentAt: null,
    failure: { code: 'app-ended-before-sending' },
    receipt: { costNanoUsd: 0 },
  });
  await settled();
  expect(lab.openai.sent).toHaveLength(0);
  expect(lab.runs.recover()).toBe(0);
});

test('a run whose stored bytes were changed says so, and hides no other run', async () => {
  const path = libraryPath();
  const lab = await openLab(path);
  cleanUps.push(() => closeLab(lab));
  const ids = [lab.start().id, lab.start().id, lab.start().id];
  await settled();
  for (const request of lab.openai.sent) request.tell(text('T = 2π'), done);
  await settled();
  const change = lab.library.db.prepare('UPDATE run SET answer = ? WHERE id = ?');
  change.run('T = 3π', ids[1]);
  lab.library.db.prepare('UPDATE run SET request_body = ? WHERE id = ?').run('{', ids[2]);
  expect(lab.runs.get(ids[1] ?? lab.start().id)).toMatchObject({ answer: 'T = 3π', isDamaged: true });
  const listed = lab.runs.ofNotebook(lab.notebookId);
  expect(listed.map((run) => [run.id, run.isDamaged])).toEqual([
    [ids[1], true],
    [ids[0], undefined],
  ]);
});

test('damage to a run that a crash left under way keeps neither it nor the library from going on', async () => {
  const path = libraryPath();
  const crashed = await openLab(path);
  const ids = [crashed.start().id, crashed.start().id, crashed.start().id];
  await settled();
  crashed.library.db.prepare('UPDATE run SET question = ? WHERE id = ?').run('Another?', ids[0]);
  crashed.library.db.prepare('UPDATE run SET provider = ? WHERE id = ?').run('nobody', ids[1]);
  crashed.library.close();
  const lab = await openLab(path);
  cleanUps.push(() => closeLab(lab));
  expect(lab.runs.recover()).toBe(2);
  const listed = lab.runs.ofNotebook(lab.notebookId);
  expect(listed.map((run) => [run.id, run.state, run.isDamaged])).toEqual([
    [ids[2], 'interrupted', undefined],
    [ids[0], 'interrupted', true],
  ]);
});

test('damage to the journal that a crash left behind is not sealed into its run', async () => {
  const path = libraryPath();
  const crashed = await openLab(path);
  const ids = [crashed.start().id, crashed.start().id];
  await settled();
  for (const request of crashed.openai.sent) request.tell(text('T = 2π'));
  await settled();
  crashed.library.db.prepare('UPDATE run_delta SET text = ? WHERE run_id = ?').run('T = 3π', ids[0]);
  crashed.library.close();
  const lab = await openLab(path);
  cleanUps.push(() => closeLab(lab));
  expect(lab.runs.recover()).toBe(2);
  const listed = lab.runs.ofNotebook(lab.notebookId);
  expect(listed.map((run) => [run.answer, run.isDamaged])).toEqual([
    ['T = 2π', undefined],
    ['T = 3π', true],
  ]);
});
