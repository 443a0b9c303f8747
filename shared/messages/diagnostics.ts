/** The words of "Copy diagnostics". */
export const diagnosticsMessages = {
  versions: (versions: {
    readonly appVersion: string;
    readonly nodeVersion: string;
    readonly sqliteVersion: string;
    readonly platform: string;
  }) =>
    `Scholium ${versions.appVersion}, Node ${versions.nodeVersion}, SQLite ${versions.sqliteVersion}, ${versions.platform}`,
  librarySize: (bytes: number | null) => (bytes === null ? 'Library: in memory' : `Library: ${bytes} bytes`),
  count: (noun: string, count: number) => `${noun}: ${count}`,
  logHeading: (lines: number) => (lines === 0 ? 'The log is empty.' : `The last of the log (${lines}):`),
};
