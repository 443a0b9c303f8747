/**
 * Expected failures: a code with parameters. The sentences for each live in
 * `shared/messages`, so that a second language needs no change of the backend.
 */
export interface FailureParams {
  // The library
  'library-not-sqlite': { path: string };
  'library-newer': { path: string; foundVersion: number; knownVersion: number };
  'library-read-only': { path: string };
  'library-damaged': { path: string; damagedRows: number };
  'library-unreachable': { path: string; reason: string };
  'library-busy': { path: string };
  'library-backup-failed': { path: string; reason: string };
  'sqlite-too-old': { foundVersion: string; neededVersion: string };
  'disk-full': { path: string };
  'disk-failed': { path: string; reason: string };
  // Notebooks and cells
  'notebook-not-found': { notebookId: string };
  'cell-not-found': { cellId: string };
  'revision-conflict': { currentRevision: number; baseRevision: number };
  'text-too-long': { lengthChars: number; limitChars: number };
  'cell-not-a-problem': { cellId: string };
  // Runs
  'run-not-found': { runId: string };
  'question-empty': Record<never, never>;
  'run-cut-short': { receivedChars: number };
  'app-ended': Record<never, never>;
  'app-ended-before-sending': Record<never, never>;
  // Models and providers
  'model-not-chosen': Record<never, never>;
  'model-unknown': { model: string };
  'model-retired': { model: string; shutdownDate: string; successor: string | null };
  'effort-unsupported': { model: string; effort: string; efforts: string };
  'base-url-missing': Record<never, never>;
  'base-url-invalid': { url: string };
  'key-missing': { provider: string };
  'key-refused': { provider: string; message: string };
  'access-denied': { provider: string; message: string };
  'quota-exhausted': { provider: string; message: string };
  'rate-limited': { provider: string; retryAfterSeconds: number | null };
  'not-an-api': { url: string; status: number };
  'server-unreachable': { url: string; reason: string };
  'server-failed': { status: number | null; message: string };
  'request-refused': { status: number; message: string };
  'response-garbled': { detail: string };
  'answer-too-long': { limitChars: number };
  'redirected-elsewhere': { url: string };
  // The built-in solver
  'solver-prose': Record<never, never>;
  'solver-unreadable': { detail: string };
  'solver-could-not': { verb: string };
  'solver-unchecked': { verb: string };
  'solver-too-large': { limit: string };
  'solver-timed-out': { limitSeconds: number };
  // Keys
  'keyring-unavailable': { reason: string };
  'key-malformed': Record<never, never>;
  'key-bound-elsewhere': { provider: string; keyOrigin: string; origin: string };
  'passphrase-wrong': Record<never, never>;
  'passphrase-needed': Record<never, never>;
  // Import and export
  'file-not-found': { path: string };
  'file-unreadable': { path: string; reason: string };
  'file-not-utf8': { path: string; byteOffset: number };
  'file-too-large': { path: string; limitBytes: number };
  'fenced-div-unclosed': { path: string; line: number };
  'fenced-div-malformed': { path: string; line: number };
  'file-unwritable': { path: string; reason: string };
  'chromium-missing': Record<never, never>;
  'pdf-failed': { reason: string };
  // The browser shell and the command line
  'port-busy': { port: number };
  'port-unusable': { port: number; reason: string };
  'window-not-built': Record<never, never>;
  'address-elsewhere': { path: string };
  // Everything else
  'bad-request': { detail: string };
  'connection-lost': Record<never, never>;
  internal: { reference: string };
}

export type FailureCode = keyof FailureParams;

export type Failure = {
  [Code in FailureCode]: { readonly code: Code; readonly params: FailureParams[Code] };
}[FailureCode];

/** An expected failure on its way to whoever can say it to the user. Bugs are plain errors. */
export class AppError extends Error {
  readonly failure: Failure;

  constructor(failure: Failure, options?: { cause?: unknown }) {
    super(failure.code, options);
    this.name = 'AppError';
    this.failure = failure;
  }
}

/** `failure('model-unknown', { model })`, checked against the code's own parameters. */
export function failure<Code extends FailureCode>(code: Code, params: FailureParams[Code]): Failure {
  // TypeScript cannot see that a matching pair is a member of the union built from the same map.
  return { code, params } as Failure;
}

/** `throw refuse('notebook-not-found', { notebookId })` */
export function refuse<Code extends FailureCode>(
  code: Code,
  params: FailureParams[Code],
  options?: { cause?: unknown },
): AppError {
  return new AppError(failure(code, params), options);
}

/** For the `default` of an exhaustive switch. */
export function assertNever(value: never): never {
  throw new Error(`Unexpected value: ${JSON.stringify(value)}`);
}
