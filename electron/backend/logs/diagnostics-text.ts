import { diagnosticsMessages as messages } from '#shared/messages/diagnostics.ts';

/** What "Copy diagnostics" tells: versions, sizes and counts, and the log's end. Nothing the user wrote. */
export interface Diagnostics {
  readonly appVersion: string;
  readonly nodeVersion: string;
  readonly sqliteVersion: string;
  /** Such as `linux x64`. */
  readonly platform: string;
  /** null for a library in memory. */
  readonly libraryBytes: number | null;
  /** How many there are of each noun, such as `{ notebooks: 3 }`; in the order given. */
  readonly counts: Readonly<Record<string, number>>;
  /** Lines of JSON, oldest first. */
  readonly recentLogLines: readonly string[];
}

export function diagnosticsText(diagnostics: Diagnostics): string {
  const { appVersion, nodeVersion, sqliteVersion, platform, libraryBytes, counts, recentLogLines } =
    diagnostics;
  return [
    messages.versions({ appVersion, nodeVersion, sqliteVersion, platform }),
    messages.librarySize(libraryBytes),
    ...Object.entries(counts).map(([noun, count]) => messages.count(noun, count)),
    '',
    messages.logHeading(recentLogLines.length),
    ...recentLogLines,
    '',
  ].join('\n');
}
