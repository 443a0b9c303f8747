import { join } from 'node:path';
import { z } from 'zod';
import type { Inputs, Outputs } from '#shared/contract/index.ts';
import { AppError, refuse } from '#shared/domain/failure.ts';
import type { Log } from '../../logs/log.ts';
import { baseUrlOf, isLoopback, officialBaseUrl } from '../base-urls.ts';
import type { BaseUrlSources, Env, KeyedProvider } from '../base-urls.ts';
import { createKeyFile } from './key-file.ts';
import { keyringReason, probeKeyring, systemKeyring } from './keyring.ts';
import type { Keyring, KeyringState } from './keyring.ts';
import type { ScryptCost } from './sealed.ts';

export type KeyStatus = Outputs['keys']['status'];
type Place = KeyStatus['keys'][number]['place'];

/**
 * The providers' keys. Each is bound to the origin it was entered for and given out for no other, so
 * that neither a changed address nor a library made elsewhere can lead a key astray.
 */
export interface Keys {
  /** Where each key lies; never the keys. */
  status(): Promise<KeyStatus>;
  /** Keeps a key in the place chosen, for the origin of the provider's present address. */
  set(input: Omit<Inputs['keys']['set'], 'clientId'>): Promise<KeyStatus>;
  unlock(input: Omit<Inputs['keys']['unlock'], 'clientId'>): Promise<KeyStatus>;
  remove(input: Omit<Inputs['keys']['remove'], 'clientId'>): Promise<KeyStatus>;
  /**
   * The key to send to `url`, or `null` when there is none for it. Throws `AppError`
   * `passphrase-needed` while it lies in a locked file.
   */
  read(provider: KeyedProvider, url: string): Promise<string | null>;
}

export interface KeysOptions extends BaseUrlSources {
  /** Folder of the encrypted key file; made when first needed. */
  readonly secretsFolder: string;
  readonly log: Log;
  readonly keyring?: Keyring;
  /** What a guess at the file's passphrase costs; only tests ask for less than usual. */
  readonly scryptCost?: ScryptCost;
}

interface BoundKey {
  readonly key: string;
  readonly origin: string;
}

const keyedProviders = ['openai', 'compatible'] as const satisfies readonly KeyedProvider[];
const boundKeySchema = z.strictObject({ version: z.literal(1), key: z.string().min(1), origin: z.string() });

/**
 * Keys from the environment (`OPENAI_API_KEY`, `SCHOLIUM_COMPATIBLE_API_KEY`), this process's memory,
 * the system's keyring, or a file under a passphrase; the first that has one counts. Touches neither
 * keyring nor disk until asked.
 */
export function createKeys(options: KeysOptions): Keys {
  const { log, secretsFolder } = options;
  const memory = new Map<KeyedProvider, BoundKey>();
  const keyring = options.keyring ?? systemKeyring();
  const file = createKeyFile(join(secretsFolder, 'keys.json'), options.scryptCost);
  let probed: Promise<KeyringState> | null = null;

  const keyringState = (): Promise<KeyringState> => (probed ??= probeKeyring(keyring));

  const inKeyring = async (provider: KeyedProvider): Promise<BoundKey | null> => {
    if (!(await keyringState()).works) return null;
    try {
      return boundKeyIn(await keyring.get(provider));
    } catch (error) {
      log.warn('keyring-read-failed', { provider, reason: keyringReason(error) });
      return null;
    }
  };

  const putInKeyring = async (provider: KeyedProvider, bound: BoundKey): Promise<void> => {
    const { works, reason } = await keyringState();
    if (!works) throw refuse('keyring-unavailable', { reason: reason ?? '' });
    await onKeyring(() => keyring.set(provider, JSON.stringify({ version: 1, ...bound })));
  };

  const removeFromKeyring = async (provider: KeyedProvider): Promise<void> => {
    if ((await inKeyring(provider)) !== null) await onKeyring(() => keyring.delete(provider));
  };

  const placeOf = async (provider: KeyedProvider): Promise<Place> => {
    if (fromEnvironment(provider, options) !== null) return 'environment';
    if (memory.has(provider)) return 'memory';
    if ((await inKeyring(provider)) !== null) return 'keyring';
    return (await file.origins())[provider] === undefined ? null : 'file';
  };

  const status = async (): Promise<KeyStatus> => {
    // One that failed may have been unlocked or started since.
    if (probed && !(await probed).works) probed = null;
    const places = keyedProviders.map(async (provider) => ({ provider, place: await placeOf(provider) }));
    return {
      keyring: await keyringState(),
      keys: await Promise.all(places),
      fileLocked: await file.isLocked(),
    };
  };

  const set: Keys['set'] = async ({ provider, key: entered, place, passphrase }) => {
    const key = entered.trim();
    requireWellFormed(key);
    const { origin } = new URL(baseUrlOf(provider, options));
    // First kept where it shall be, then taken from elsewhere: a refusal leaves the old key as it was.
    if (place === 'keyring') await putInKeyring(provider, { key, origin });
    if (place === 'file') {
      if (!passphrase) throw refuse('passphrase-needed', {});
      await file.write(provider, origin, key, passphrase);
    }
    if (place !== 'keyring') await removeFromKeyring(provider);
    if (place !== 'file') await file.remove(provider);
    memory.delete(provider);
    if (place === 'memory') memory.set(provider, { key, origin });
    log.info('key-set', { provider, place });
    return status();
  };

  return {
    status,
    set,
    unlock: async ({ passphrase }) => {
      await file.unlock(passphrase);
      return status();
    },
    remove: async ({ provider }) => {
      memory.delete(provider);
      await removeFromKeyring(provider);
      await file.remove(provider);
      log.info('key-removed', { provider });
      return status();
    },
    read: async (provider, url) => {
      const { origin } = new URL(url);
      const given = fromEnvironment(provider, options);
      if (given?.allows(origin)) {
        requireWellFormed(given.key);
        return given.key;
      }
      const kept = memory.get(provider) ?? (await inKeyring(provider)) ?? (await file.read(provider));
      if (kept?.origin === origin) return kept.key;
      const fileOrigin = (await file.origins())[provider];
      if (!kept && fileOrigin === origin && (await file.isLocked())) throw refuse('passphrase-needed', {});
      const elsewhere = kept?.origin ?? fileOrigin ?? given?.origin;
      // A local server beside a key for another one simply needs none.
      if (provider === 'compatible' || elsewhere === undefined) return null;
      throw refuse('key-bound-elsewhere', { provider, keyOrigin: elsewhere, origin });
    },
  };
}

/** What a header cannot carry would fail as a bug long after. Throws `AppError` `key-malformed`. */
function requireWellFormed(key: string): void {
  if (!/^[\x21-\x7e]+$/u.test(key)) throw refuse('key-malformed', {});
}

interface EnvironmentKey {
  readonly key: string;
  readonly origin: string;
  allows(origin: string): boolean;
}

/**
 * The environment's key. OpenAI's goes to the environment's own address (or OpenAI's) and to this
 * machine, never to an address that only a library's settings name.
 */
function fromEnvironment(provider: KeyedProvider, sources: BaseUrlSources): EnvironmentKey | null {
  const { env } = sources;
  const key = (provider === 'openai' ? env['OPENAI_API_KEY'] : env['SCHOLIUM_COMPATIBLE_API_KEY'])?.trim();
  if (!key) return null;
  const origin = environmentOrigin(provider, env, sources);
  return { key, origin, allows: (asked) => asked === origin || (provider === 'openai' && isLoopback(asked)) };
}

function environmentOrigin(provider: KeyedProvider, env: Env, sources: BaseUrlSources): string {
  const named = provider === 'openai' ? env['OPENAI_BASE_URL'] : env['SCHOLIUM_COMPATIBLE_BASE_URL'];
  const ownUrl = named?.trim() || (provider === 'openai' ? officialBaseUrl : null);
  if (ownUrl !== null) return URL.parse(ownUrl)?.origin ?? '';
  try {
    return new URL(baseUrlOf(provider, sources)).origin;
  } catch (error) {
    if (error instanceof AppError) return '';
    throw error;
  }
}

function boundKeyIn(secret: string | null): BoundKey | null {
  if (secret === null) return null;
  try {
    return boundKeySchema.parse(JSON.parse(secret));
  } catch {
    // Written by something else under our name.
    return null;
  }
}

async function onKeyring(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    // The cause is left out: a native message might repeat what it was given.
    throw refuse('keyring-unavailable', { reason: keyringReason(error) });
  }
}
