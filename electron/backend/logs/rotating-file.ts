import { appendFileSync, mkdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

export interface RotatingFileOptions {
  readonly folder: string;
  /** A file that would grow beyond this is put aside first. */
  readonly fileBytes: number;
  /** How many files are kept, the one written to included. */
  readonly fileCount: number;
}

/** `scholium.log`, and the ones before it as `scholium.1.log` (newest) and so on. */
export interface RotatingFile {
  /** Throws the file system's error; what was written by then is kept. */
  append(text: string): void;
  /** The last `count` lines of the newest two files; fewer or none when they cannot be read. */
  tail(count: number): string[];
}

/** Opens the file anew for each append: another process may have put it aside in the meantime. */
export function rotatingFile({ folder, fileBytes, fileCount }: RotatingFileOptions): RotatingFile {
  const place = (age: number): string => join(folder, age === 0 ? 'scholium.log' : `scholium.${age}.log`);

  const putAside = (): void => {
    rmSync(place(fileCount - 1), { force: true });
    for (let age = fileCount - 2; age >= 0; age -= 1) moveIfThere(place(age), place(age + 1));
  };

  return {
    append(text) {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      if (sizeOf(place(0)) + Buffer.byteLength(text) > fileBytes) putAside();
      appendFileSync(place(0), text, { mode: 0o600 });
    },
    tail(count) {
      const text = readIfThere(place(1)) + readIfThere(place(0));
      return text
        .split('\n')
        .filter((line) => line !== '')
        .slice(-count);
    },
  };
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

function moveIfThere(from: string, to: string): void {
  if (sizeOf(from) > 0) renameSync(from, to);
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    // A log that is gone has nothing to tell, and asking for it must not break "Copy diagnostics".
    return '';
  }
}
