import { AppError } from '#shared/domain/failure.ts';

/** An error as a log may hold it. Messages stay out: they quote paths, replies and what the user wrote. */
export interface DescribedError {
  /** The class, such as `TypeError`. */
  readonly name: string;
  /** The failure's code, or the system's (`ENOSPC`, `SQLITE_FULL`); null when it has none. */
  readonly code: string | null;
  /** `folder/file.ts:line`, innermost first. */
  readonly frames: readonly string[];
  readonly cause: DescribedError | null;
}

const mostFrames = 12;
const mostCauses = 3;

export function describeError(error: unknown, causesLeft = mostCauses): DescribedError {
  if (!(error instanceof Error)) return { name: typeof error, code: null, frames: [], cause: null };
  const hasCause = error.cause !== undefined && error.cause !== null && causesLeft > 0;
  return {
    name: identifierOr('Error', error.name),
    code: codeOf(error),
    frames: framesOf(error),
    cause: hasCause ? describeError(error.cause, causesLeft - 1) : null,
  };
}

function codeOf(error: Error): string | null {
  if (error instanceof AppError) return error.failure.code;
  const code: unknown = 'code' in error ? error.code : null;
  return typeof code === 'string' && /^[A-Z][A-Z0-9_]{1,40}$/.test(code) ? code : null;
}

/** A name that is more than a name may be a message in disguise. */
function identifierOr(fallback: string, name: unknown): string {
  return typeof name === 'string' && /^[A-Za-z_$][\w$]{0,60}$/.test(name) ? name : fallback;
}

function framesOf(error: Error): string[] {
  const { stack, message } = error;
  if (typeof stack !== 'string') return [];
  // A message may hold lines that look like frames: what follows it is the stack.
  const messageAt = stack.indexOf(message);
  const traced = messageAt === -1 ? stack : stack.slice(messageAt + message.length);
  return traced.split('\n').flatMap(frameOf).slice(0, mostFrames);
}

function frameOf(line: string): string[] {
  const found = /^\s+at (?:.*\()?([^()\s]+):(\d+):\d+\)?$/.exec(line);
  const [, file, lineNumber] = found ?? [];
  if (file === undefined || lineNumber === undefined) return [];
  return [`${shortPath(file)}:${lineNumber}`];
}

/** From the project's folder on; the way to it names the user. */
function shortPath(file: string): string {
  if (file.startsWith('node:')) return file;
  const parts = file.split(/[/\\]/);
  const rootAt = parts.findLastIndex((part) =>
    /^(electron|shared|renderer|tests|dist|node_modules)$/.test(part),
  );
  return parts.slice(rootAt === -1 ? -1 : rootAt).join('/');
}
