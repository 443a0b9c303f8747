import { openLibrary } from '#backend/store/index.ts';
import { createTestClock } from './library.ts';
import { addColour, firstFormat } from './sample-migrations.ts';
import { silentLog } from './silent-log.ts';

/** Dies by its own SIGKILL when the second step has done all its work but is not committed. */
await openLibrary({
  path: process.argv[2] ?? '',
  log: silentLog,
  clock: createTestClock(),
  migrations: [
    firstFormat,
    {
      ...addColour,
      up(db) {
        addColour.up(db);
        process.kill(process.pid, 'SIGKILL');
      },
    },
  ],
});
