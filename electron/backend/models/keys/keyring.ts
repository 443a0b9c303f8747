import { randomBytes } from 'node:crypto';
import type { AsyncEntry } from '@napi-rs/keyring';
import { keyringReasons } from '#shared/messages/keyring.ts';

/** The system's keyring as far as it is used here; tests bring their own. */
export interface Keyring {
  get(account: string): Promise<string | null>;
  set(account: string, secret: string): Promise<void>;
  delete(account: string): Promise<void>;
}

export interface KeyringState {
  readonly works: boolean;
  readonly reason: string | null;
}

const service = 'scholium';
const answerWithinMs = 5_000;

/** macOS Keychain, Windows Credential Manager, or the Secret Service; loaded when first asked. */
export function systemKeyring(): Keyring {
  const entry = async (account: string): Promise<AsyncEntry> => {
    const native = await import('@napi-rs/keyring');
    // Without a Secret Service the library would fall back to the kernel's keyring, which forgets at logout.
    return new native.AsyncEntry(service, account, { linux: { store: 'secret-service' } });
  };
  return {
    get: async (account) => (await inTime((await entry(account)).getPassword())) ?? null,
    set: async (account, secret) => inTime((await entry(account)).setPassword(secret)),
    delete: async (account) => {
      await inTime((await entry(account)).deletePassword());
    },
  };
}

/**
 * Whether a keyring can be relied on, found by writing, reading and deleting: a locked one answers
 * every question with "nothing there", which looks like "no key".
 */
export async function probeKeyring(keyring: Keyring): Promise<KeyringState> {
  const account = 'probe';
  const secret = randomBytes(16).toString('base64url');
  try {
    await inTime(keyring.set(account, secret));
    const found = await inTime(keyring.get(account));
    if (found !== secret) return { works: false, reason: keyringReasons.locked };
    await inTime(keyring.delete(account));
    return { works: true, reason: null };
  } catch (error) {
    return { works: false, reason: keyringReason(error) };
  }
}

/** Why the keyring did not do what it was asked, in words. */
export function keyringReason(error: unknown): string {
  if (error instanceof KeyringSilent) return keyringReasons.silent;
  const message = error instanceof Error ? error.message : String(error);
  if (/dbus|d-bus|secret service|no default store|platform secure storage/iu.test(message)) {
    return keyringReasons.none;
  }
  return message.replace(/\s+/gu, ' ').slice(0, 200);
}

class KeyringSilent extends Error {}

/** A keyring may wait for its user to type a password: nothing here waits with it for long. */
async function inTime<Value>(work: Promise<Value>): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new KeyringSilent()), answerWithinMs);
  });
  try {
    return await Promise.race([work, silence]);
  } finally {
    clearTimeout(timer);
  }
}
