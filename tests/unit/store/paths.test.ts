import { isAbsolute, join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { backendPaths } from '#backend/paths.ts';

test('everything lives below the folder that SCHOLIUM_DATA_FOLDER names', () => {
  const folder = resolve('portable');
  expect(backendPaths({ SCHOLIUM_DATA_FOLDER: 'portable' })).toEqual({
    libraryPath: join(folder, 'library.scholium'),
    logsFolder: join(folder, 'logs'),
    secretsFolder: join(folder, 'secrets'),
  });
});

test('otherwise each has its own place for this user, apart from the others', () => {
  const { libraryPath, logsFolder, secretsFolder } = backendPaths({});
  const places = [libraryPath, logsFolder, secretsFolder];
  expect(places.every((place) => isAbsolute(place) && /scholium/i.test(place))).toBe(true);
  expect(new Set(places).size).toBe(3);
});
