import { expect, test } from 'vitest';
import { createSettings, settingsTables } from '#backend/settings/index.ts';
import { verifyLibrary } from '#backend/store/index.ts';
import { failureOf, openTestLibrary } from '#tests/support/library.ts';

const clientId = 'w';

async function setUp() {
  const library = await openTestLibrary();
  return { library, settings: createSettings({ library }) };
}

test('a fresh library has the settings that need no network and no key', async () => {
  const { settings } = await setUp();
  expect(settings.get()).toEqual({
    theme: 'system',
    defaultChoice: { provider: 'solver', model: 'solver', effort: null },
    openaiBaseUrl: null,
    compatibleBaseUrl: null,
  });
});

test('an update changes what it names, is kept and told of', async () => {
  const { library, settings } = await setUp();
  settings.update({ clientId, theme: 'dark' });
  const choice = { provider: 'openai', model: 'gpt-x', effort: 'low' } as const;
  const updated = settings.update({
    clientId,
    defaultChoice: choice,
    compatibleBaseUrl: ' http://127.0.0.1:11434/v1 ',
  });
  expect(updated).toEqual({
    theme: 'dark',
    defaultChoice: choice,
    openaiBaseUrl: null,
    compatibleBaseUrl: 'http://127.0.0.1:11434/v1',
  });
  expect(createSettings({ library }).get()).toEqual(updated);
  expect(library.feed.since(1)).toEqual([{ seq: 2, clientId, change: { type: 'settings' } }]);
});

test.for(['localhost:11434', 'ftp://host/v1', 'javascript:alert(1)', 'not an address'])(
  'the address %s is refused and nothing is changed',
  async (url) => {
    const { library, settings } = await setUp();
    const refused = await failureOf(() => settings.update({ clientId, theme: 'dark', openaiBaseUrl: url }));
    expect(refused).toEqual({ code: 'base-url-invalid', params: { url } });
    expect(settings.get().theme).toBe('system');
    expect(library.feed.latestSeq()).toBe(0);
  },
);

test('an address can be taken back, also by clearing the field', async () => {
  const { settings } = await setUp();
  settings.update({ clientId, openaiBaseUrl: 'https://example.org/v1', compatibleBaseUrl: 'http://h/v1' });
  expect(settings.update({ clientId, openaiBaseUrl: null, compatibleBaseUrl: '  ' })).toMatchObject({
    openaiBaseUrl: null,
    compatibleBaseUrl: null,
  });
});

test('a damaged setting falls back to its default, alone, and is reported', async () => {
  const { library, settings } = await setUp();
  settings.update({ clientId, theme: 'dark', openaiBaseUrl: 'https://example.org/v1' });
  library.db.exec(`UPDATE setting SET value = '"light"' WHERE name = 'theme'`);
  expect(settings.get()).toMatchObject({ theme: 'system', openaiBaseUrl: 'https://example.org/v1' });
  expect(await verifyLibrary(library, settingsTables)).toEqual([{ table: 'setting', key: ['theme'] }]);
});
