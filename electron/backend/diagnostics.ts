import { statSync } from 'node:fs';
import { diagnosticsText } from './logs/index.ts';
import type { Rooms } from './rooms.ts';

/** Gathers what "Copy diagnostics" tells: versions, sizes and counts; no key and no word of the user's. */
export function describeBackend(
  rooms: Pick<Rooms, 'appVersion' | 'library' | 'notebooks' | 'runs'>,
  recentLogLines: readonly string[],
): string {
  const { appVersion, library, notebooks, runs } = rooms;
  const { queued, running } = runs.activity();
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
    },
    recentLogLines,
  });
}

function sqliteVersionOf({ library }: Pick<Rooms, 'library'>): string {
  const version: unknown = library.db.prepare('SELECT sqlite_version()').pluck().get();
  return typeof version === 'string' ? version : '?';
}
