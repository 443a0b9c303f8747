import type { Rooms } from '../rooms.ts';
import type { Procedures } from './index.ts';

/** What the app says of itself. */
export function appProcedures(procedures: Procedures, rooms: Rooms) {
  const of = procedures.app;
  return {
    info: of.info.handler(async () => ({
      version: rooms.appVersion,
      libraryPath: rooms.library.path,
      canPrintPdf: await rooms.host.canPrintPdf(),
      utcMs: rooms.clock.utcMs(),
    })),
    diagnostics: of.diagnostics.handler(async () => ({ text: await rooms.diagnostics() })),
  };
}

/** The library's settings. */
export function settingsProcedures(procedures: Procedures, { settings }: Rooms) {
  const of = procedures.settings;
  return {
    get: of.get.handler(() => settings.get()),
    update: of.update.handler(({ input }) => settings.update(input)),
  };
}
