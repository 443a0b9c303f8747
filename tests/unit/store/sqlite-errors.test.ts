import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { explainSqliteError } from '#backend/store/sqlite-errors.ts';
import { AppError, refuse } from '#shared/domain/failure.ts';

const path = '/nowhere/library.scholium';

test.for([
  ['SQLITE_FULL', 'disk-full'],
  ['SQLITE_IOERR_WRITE', 'disk-failed'],
  ['SQLITE_IOERR_FSYNC', 'disk-failed'],
  ['SQLITE_READONLY', 'library-read-only'],
  ['SQLITE_READONLY_DBMOVED', 'library-unreachable'],
  ['SQLITE_CANTOPEN', 'library-unreachable'],
  ['SQLITE_CORRUPT', 'library-damaged'],
  ['SQLITE_NOTADB', 'library-not-sqlite'],
  ['SQLITE_BUSY', 'library-busy'],
] as const)('%s is told to the user as %s, with the library named', ([sqliteCode, code]) => {
  const explained = explainSqliteError(new Database.SqliteError('as SQLite says', sqliteCode), path);
  expect(explained).toBeInstanceOf(AppError);
  expect(explained).toMatchObject({ failure: { code, params: { path } } });
});

test('a violated constraint and any other bug stay what they are', () => {
  const constraint = new Database.SqliteError('UNIQUE', 'SQLITE_CONSTRAINT_UNIQUE');
  const bug = new TypeError('undefined is not a function');
  const known = refuse('cell-not-found', { cellId: 'c' });
  for (const error of [constraint, bug, known]) expect(explainSqliteError(error, path)).toBe(error);
});
