import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createKeys } from '#backend/models/index.ts';
import type { Keyring, Keys } from '#backend/models/index.ts';
import { keyIn, newKeyFile, openKeyFile, withKey } from '#backend/models/keys/sealed.ts';
import { AppError } from '#shared/domain/failure.ts';

const canary = 'sk-canary-Zx81Qm';
const official = 'https://api.openai.com/v1/responses';
const quick = { N: 2 ** 10, r: 8, p: 1 };

let folder = '';
let logged: string[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'scholium-keys-'));
  logged = [];
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function memoryKeyring(): Keyring & { readonly secrets: Map<string, string> } {
  const secrets = new Map<string, string>();
  return {
    secrets,
    get: (account) => Promise.resolve(secrets.get(account) ?? null),
    set: (account, secret) => Promise.resolve(void secrets.set(account, secret)),
    delete: (account) => Promise.resolve(void secrets.delete(account)),
  };
}
const noKeyring: Keyring = {
  get: () => Promise.reject(new Error('dbus is away')),
  set: () => Promise.reject(new Error('dbus is away')),
  delete: () => Promise.reject(new Error('dbus is away')),
};

interface Given {
  env?: Record<string, string>;
  keyring?: Keyring;
  openaiBaseUrl?: string | null;
  compatibleBaseUrl?: string | null;
}
function keysWith({
  env = {},
  keyring = noKeyring,
  openaiBaseUrl = null,
  compatibleBaseUrl = null,
}: Given = {}): Keys {
  const write = (event: string, values: object = {}): string => {
    logged.push(JSON.stringify([event, values]));
    return '';
  };
  return createKeys({
    env,
    keyring,
    scryptCost: quick,
    secretsFolder: join(folder, 'secrets'),
    settings: { get: () => ({ openaiBaseUrl, compatibleBaseUrl }) },
    log: { info: write, warn: write, error: (event) => write(event) },
  });
}
async function refusal(work: Promise<unknown>): Promise<AppError['failure']> {
  const error: unknown = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (error instanceof AppError) return error.failure;
  throw new Error('It was not refused');
}
const placeOf = async (keys: Keys): Promise<string | null> => (await keys.status()).keys[0]?.place ?? null;

describe('a key', () => {
  it('from the environment goes to OpenAI, to the environment’s own address, and to this machine', async () => {
    const keys = keysWith({ env: { OPENAI_API_KEY: ` ${canary}\n` } });
    expect(await keys.read('openai', official)).toBe(canary);
    expect(await keys.read('openai', 'http://127.0.0.1:8080/v1/responses')).toBe(canary);
    const elsewhere = keysWith({
      env: { OPENAI_API_KEY: canary, OPENAI_BASE_URL: 'https://gate.example/v1/' },
    });
    expect(await elsewhere.read('openai', 'https://gate.example/v1/responses')).toBe(canary);
    expect(await placeOf(keys)).toBe('environment');
  });

  it('from the environment that no header can carry is told of, not sent', async () => {
    const keys = keysWith({ env: { OPENAI_API_KEY: 'sk-ключ' } });
    expect(await refusal(keys.read('openai', official))).toEqual({ code: 'key-malformed', params: {} });
  });

  it('from the environment never goes to an address that only the library names', async () => {
    const keys = keysWith({ env: { OPENAI_API_KEY: canary }, openaiBaseUrl: 'https://evil.example/v1' });
    expect(await refusal(keys.read('openai', 'https://evil.example/v1/responses'))).toEqual({
      code: 'key-bound-elsewhere',
      params: { provider: 'openai', keyOrigin: 'https://api.openai.com', origin: 'https://evil.example' },
    });
  });

  it('that was entered goes only to the origin it was entered for', async () => {
    const keys = keysWith();
    await keys.set({ provider: 'openai', key: canary, place: 'memory' });
    expect(await keys.read('openai', official)).toBe(canary);
    expect((await refusal(keys.read('openai', 'https://api.openai.com.evil.example/v1'))).code).toBe(
      'key-bound-elsewhere',
    );
    expect((await refusal(keys.read('openai', 'http://api.openai.com/v1'))).code).toBe('key-bound-elsewhere');
  });

  it('for one compatible server is not sent to another, which may need none', async () => {
    const keys = keysWith({ compatibleBaseUrl: 'https://openrouter.ai/api/v1' });
    await keys.set({ provider: 'compatible', key: canary, place: 'memory' });
    expect(await keys.read('compatible', 'https://openrouter.ai/api/v1/chat/completions')).toBe(canary);
    expect(await keys.read('compatible', 'http://127.0.0.1:11434/v1/chat/completions')).toBeNull();
  });

  it('for a compatible server needs its address first', async () => {
    const keys = keysWith();
    const set = keys.set({ provider: 'compatible', key: canary, place: 'memory' });
    expect((await refusal(set)).code).toBe('base-url-missing');
  });

  it('with letters that no key has is refused before anything keeps it', async () => {
    const keys = keysWith();
    for (const key of ['sk two words', 'sk-é', 'sk-a\nb', '  ']) {
      expect((await refusal(keys.set({ provider: 'openai', key, place: 'memory' }))).code).toBe(
        'key-malformed',
      );
    }
    expect(await placeOf(keys)).toBeNull();
  });

  it('is nowhere but where it was put: no log, no status, no inspection', async () => {
    const keyring = memoryKeyring();
    const keys = keysWith({ keyring, env: { SCHOLIUM_COMPATIBLE_API_KEY: canary } });
    const told: unknown[] = [];
    for (const place of ['memory', 'keyring'] as const) {
      told.push(await keys.set({ provider: 'openai', key: canary, place }));
    }
    told.push(await keys.set({ provider: 'openai', key: canary, place: 'file', passphrase: 'p' }));
    expect(
      JSON.stringify(told) + logged.join() + inspect(keys, { depth: 10, showHidden: true }),
    ).not.toContain(canary);
    expect(await readFile(join(folder, 'secrets', 'keys.json'), 'utf8')).not.toContain(canary);
    expect(logged.length).toBeGreaterThan(2);
  });
});

describe('the system keyring', () => {
  it('keeps keys beyond this process, and gives them back', async () => {
    const keyring = memoryKeyring();
    await keysWith({ keyring }).set({ provider: 'openai', key: canary, place: 'keyring' });
    const next = keysWith({ keyring });
    expect(await placeOf(next)).toBe('keyring');
    expect(await next.read('openai', official)).toBe(canary);
    await next.remove({ provider: 'openai' });
    expect([...keyring.secrets]).toEqual([]);
    expect(await next.read('openai', official)).toBeNull();
  });

  it('that cannot be used is said plainly, and nothing is kept in it', async () => {
    const keys = keysWith();
    expect((await keys.status()).keyring).toEqual({
      works: false,
      reason: 'no keyring service is running here',
    });
    const set = keys.set({ provider: 'openai', key: canary, place: 'keyring' });
    expect((await refusal(set)).code).toBe('keyring-unavailable');
  });

  it('that answers every question with nothing is found to be locked', async () => {
    const locked: Keyring = { ...memoryKeyring(), get: () => Promise.resolve(null) };
    expect((await keysWith({ keyring: locked }).status()).keyring).toEqual({
      works: false,
      reason: 'it is locked',
    });
  });

  it('is asked again after it was unlocked', async () => {
    let isLocked = true;
    const inner = memoryKeyring();
    const keyring: Keyring = {
      ...inner,
      get: (account) => (isLocked ? Promise.resolve(null) : inner.get(account)),
    };
    const keys = keysWith({ keyring });
    expect((await keys.status()).keyring.works).toBe(false);
    isLocked = false;
    expect((await keys.status()).keyring.works).toBe(true);
  });
});

describe('the key file', () => {
  it('is the owner’s alone, and opens with its passphrase only', async () => {
    await keysWith().set({ provider: 'openai', key: canary, place: 'file', passphrase: 'Wurzelbrunft' });
    const path = join(folder, 'secrets', 'keys.json');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    const next = keysWith();
    expect(await next.status()).toMatchObject({
      fileLocked: true,
      keys: [{ place: 'file' }, { place: null }],
    });
    expect((await refusal(next.read('openai', official))).code).toBe('passphrase-needed');
    expect((await refusal(next.unlock({ passphrase: 'Wurzelbrumft' }))).code).toBe('passphrase-wrong');
    expect(await next.unlock({ passphrase: 'Wurzelbrunft' })).toMatchObject({ fileLocked: false });
    expect(await next.read('openai', official)).toBe(canary);
  });

  it('needs a passphrase to begin with, and the same one for a second key', async () => {
    const keys = keysWith({ compatibleBaseUrl: 'http://127.0.0.1:1/v1' });
    const set = (provider: 'openai' | 'compatible', passphrase?: string) =>
      keys.set({ provider, key: canary, place: 'file', ...(passphrase && { passphrase }) });
    expect((await refusal(set('openai'))).code).toBe('passphrase-needed');
    await set('openai', 'one');
    expect((await refusal(set('compatible', 'two'))).code).toBe('passphrase-wrong');
    await set('compatible', 'one');
    expect((await keys.status()).keys.map(({ place }) => place)).toEqual(['file', 'file']);
  });

  it('that refuses a key leaves the one that was elsewhere', async () => {
    const keyring = memoryKeyring();
    const keys = keysWith({ keyring, compatibleBaseUrl: 'http://127.0.0.1:1/v1' });
    await keys.set({ provider: 'openai', key: canary, place: 'keyring' });
    await keys.set({ provider: 'compatible', key: canary, place: 'file', passphrase: 'one' });
    const set = keys.set({ provider: 'openai', key: 'sk-other', place: 'file', passphrase: 'two' });
    expect((await refusal(set)).code).toBe('passphrase-wrong');
    expect(await keys.read('openai', official)).toBe(canary);
  });

  it('that is damaged is said to be so, and left alone', async () => {
    const keys = keysWith();
    await keys.set({ provider: 'openai', key: canary, place: 'file', passphrase: 'one' });
    const path = join(folder, 'secrets', 'keys.json');
    await writeFile(path, '{"half":');
    expect((await refusal(keysWith().read('openai', official))).code).toBe('file-unreadable');
    expect(await readFile(path, 'utf8')).toBe('{"half":');
  });

  it('gives no key that was moved to another origin or changed by a byte', async () => {
    const { file, secret } = await newKeyFile('one', quick);
    const kept = withKey(file, secret, 'openai', 'https://api.openai.com', canary);
    expect(keyIn(kept, secret, 'openai')?.key).toBe(canary);
    const sealed = kept.keys.openai?.sealed ?? { nonce: '', tag: '', data: '' };
    const moved = { ...kept, keys: { openai: { origin: 'https://evil.example', sealed } } };
    expect(keyIn(moved, secret, 'openai')).toBeNull();
    const bytes = Buffer.from(sealed.data, 'base64');
    bytes[0] = (bytes[0] ?? 0) ^ 1;
    const changed = {
      origin: 'https://api.openai.com',
      sealed: { ...sealed, data: bytes.toString('base64') },
    };
    expect(keyIn({ ...kept, keys: { openai: changed } }, secret, 'openai')).toBeNull();
  });

  it('uses another salt and nonce each time', async () => {
    const files = await Promise.all([newKeyFile('one', quick), newKeyFile('one', quick)]);
    expect(files[0].file.kdf.salt).not.toBe(files[1].file.kdf.salt);
    expect(files[0].file.check.nonce).not.toBe(files[1].file.check.nonce);
    const opened = await openKeyFile(files[0].file, 'one');
    expect(opened.equals(files[0].secret)).toBe(true);
  });
});
