import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as after } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createNotebooks, notebookTables } from '#backend/notebooks/index.ts';
import type { Notebooks } from '#backend/notebooks/index.ts';
import { verifyLibrary } from '#backend/store/index.ts';
import type { Library } from '#backend/store/index.ts';
import { AppError } from '#shared/domain/failure.ts';
import { isWholeText, ledgerEntry, pairNotebookId } from '#tests/support/kill-ledger.ts';
import type { Entry } from '#tests/support/kill-ledger.ts';
import { createTestClock, createTestFolder, openTestLibrary } from '#tests/support/library.ts';
import { createRandom } from '#tests/support/random.ts';
import type { Random } from '#tests/support/random.ts';

/** Then a fresh one, so that the last kills cost no more than the first. */
const livesPerLibrary = 6;
const kills = Number(process.env['SCHOLIUM_KILLS'] ?? 12);
const seed = Number(process.env['SCHOLIUM_FAULT_SEED'] ?? 1);
const script = fileURLToPath(new URL('../support/kill-writer.ts', import.meta.url));

let folder: string;
let removeFolder: () => void;

beforeEach(() => {
  ({ folder, remove: removeFolder } = createTestFolder());
});
afterEach(() => removeFolder());

/** Lets a writer live until a random moment, then kills it; returns what it had acknowledged by then. */
async function liveAndDie(path: string, random: Random): Promise<readonly Entry[]> {
  const child = spawn(process.execPath, [script, path, String(random.next())], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited: Promise<unknown[]> = once(child, 'exit');
  const ledger: Entry[] = [];
  // Some die while they still open the library and fold in the log of the one before them.
  const killAt = random.below(6) === 0 ? 0 : 1 + random.below(200);
  const extraMs = random.below(8);
  const lines = createInterface({ input: child.stdout });
  if (killAt === 0) void after(100 + random.below(300)).then(() => child.kill('SIGKILL'));
  lines.on('line', (line) => {
    ledger.push(ledgerEntry.parse(JSON.parse(line)));
    if (ledger.length === killAt) void after(extraMs).then(() => child.kill('SIGKILL'));
  });
  // What the pipe still holds when the writer dies was acknowledged too.
  const [exit] = await Promise.all([exited, once(lines, 'close')]);
  expect(exit).toEqual([null, 'SIGKILL']);
  return ledger;
}

function countLost(notebooks: Notebooks, ledger: readonly Entry[]): number {
  return ledger.filter((entry) => !isKept(notebooks, entry)).length;
}

function isKept(notebooks: Notebooks, entry: Entry): boolean {
  try {
    return isThere(notebooks, entry);
  } catch (error) {
    // What is not found is what this test looks for.
    if (error instanceof AppError) return false;
    throw error;
  }
}

function isThere(notebooks: Notebooks, entry: Entry): boolean {
  if (entry.kind === 'ready') return notebooks.get(pairNotebookId).title === 'Pair';
  if (entry.kind === 'insert') return notebooks.getCell(entry.cellId).source === entry.source;
  if (entry.kind === 'import') return notebooks.cellsOf(entry.notebookId).length === entry.cells;
  const { revision, source } = notebooks.getCell('left');
  return revision > entry.revision || (revision === entry.revision && source === entry.source);
}

/** Writes of which one part is there and another is not. */
function countHalves(library: Library, notebooks: Notebooks): number {
  let halves = 0;
  for (const { id, title } of notebooks.list()) {
    const cells = notebooks.cellsOf(id);
    halves += cells.filter(({ source }) => !isWholeText(source)).length;
    if (id !== pairNotebookId && title !== `${cells.length} cells`) halves += 1;
  }
  const pair = notebooks.cellsOf(pairNotebookId).filter(({ id }) => id === 'left' || id === 'right');
  const [left, right] = pair;
  if (left?.source !== right?.source || left?.revision !== right?.revision) halves += 1;
  // Each cell's newest version in the history mirrors the cell.
  const orphans = library.db
    .prepare(
      `SELECT count(*) FROM cell WHERE NOT EXISTS (SELECT 1 FROM cell_revision
        WHERE cell_id = cell.id AND revision = cell.revision AND source = cell.source)`,
    )
    .pluck()
    .get();
  return halves + Number(orphans);
}

interface Totals {
  acknowledged: number;
  lost: number;
  halves: number;
  damagedRows: number;
  slowestOpenMs: number;
}

/** Opens what killed writers left, and holds it against what they had acknowledged. */
async function holdAgainst(path: string, ledger: readonly Entry[], totals: Totals): Promise<void> {
  const startedMs = performance.now();
  const library = await openTestLibrary(path);
  totals.slowestOpenMs = Math.max(totals.slowestOpenMs, performance.now() - startedMs);
  const notebooks = createNotebooks({ library, clock: createTestClock() });
  totals.acknowledged += ledger.length;
  totals.lost += countLost(notebooks, ledger);
  totals.halves += countHalves(library, notebooks);
  totals.damagedRows += (await verifyLibrary(library, notebookTables)).length;
  expect(library.db.pragma('integrity_check', { simple: true })).toBe('ok');
  library.close();
}

test(
  `after ${kills} kills at random moments nothing acknowledged is lost and no write is half done`,
  async () => {
    const random = createRandom(seed);
    const totals: Totals = { acknowledged: 0, lost: 0, halves: 0, damagedRows: 0, slowestOpenMs: 0 };
    let ledger: Entry[] = [];
    for (let kill = 0; kill < kills; kill += 1) {
      // A library's first moments are worth killing too.
      const path = join(folder, `library-${Math.floor(kill / livesPerLibrary)}.scholium`);
      ledger.push(...(await liveAndDie(path, random)));
      // Otherwise the next writer recovers the library, and may be killed while it does.
      const isLastLife = kill % livesPerLibrary === livesPerLibrary - 1 || kill === kills - 1;
      if (!isLastLife && random.below(3) > 0) continue;
      await holdAgainst(path, ledger, totals);
      ledger = [];
    }
    process.stdout.write(`${JSON.stringify({ kills, seed, ...totals })}\n`);
    expect(totals).toMatchObject({ lost: 0, halves: 0, damagedRows: 0 });
    expect(totals.acknowledged).toBeGreaterThan(kills);
    expect(totals.slowestOpenMs).toBeLessThan(2_000);
  },
  kills * 10_000,
);
