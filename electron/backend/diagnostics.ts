import { statSync } from 'node:fs';
import { diagnosticsText } from './logs/index.ts';
import { notebookTables } from './notebooks/index.ts';
import type { Rooms } from './rooms.ts';
import { runTables } from './runs/index.ts';
import { settingsTables } from './settings/index.ts';
import { verifyLibrary } from './store/index.ts';

const checkedTables = [...notebookTables, ...runTables, ...settingsTables];

/**
 * Gathers what "Copy diagnostics" tells: versions, sizes, counts, and whether every row is what was
 * written; no key and no word of the user's.
 */
export async function describeBackend(
  rooms: Pick<Rooms, 'appVersion' | 'library' | 'notebooks' | 'runs'>,
  recentLogLines: readonly string[],
): Promise<string> {
  const { appVersion, library, notebooks, runs } = rooms;
  const { queued, running } = runs.activity();
  const damagedRows = await verifyLibrary(library, checkedTables);
  return diagnosticsText({
    appVersion,
    nodeVersion: process.version,
    sqliteVersion: sqliteVersionOf(rooms),
    platform: `${process.platform} ${process.arch}`,
    libraryBytes: library.path === ':memory:' ? null : statSync(library.path).size,
    counts: {
      notebooks: notebooks.list().length,
      notebooksInTrash: notebooks.listTrash().length,
      runsQueued: queued,
      runsRunning: running,
      changes: library.feed.latestSeq(),
      damagedRows: damagedRows.length,
    },
    recentLogLines,
  });
}

function sqliteVersionOf({ library }: Pick<Rooms, 'library'>): string {
  const version: unknown = library.db.prepare('SELECT sqlite_version()').pluck().get();
  return typeof version === 'string' ? version : '?';
}
