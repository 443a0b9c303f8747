import { randomUUID } from 'node:crypto';
import { chmod, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { refuse } from '#shared/domain/failure.ts';
import { keyringReasons } from '#shared/messages/keyring.ts';
import { keyFileSchema, keyIn, newKeyFile, openKeyFile, usualCost, withKey, withoutKey } from './sealed.ts';
import type { KeyFile, Owner, ScryptCost } from './sealed.ts';

/** The file of keys under a passphrase; unlocked once, it stays so until the process ends. */
export interface KeyFileStore {
  /** Whose keys it holds and for which origin; readable while locked. */
  origins(): Promise<Readonly<Partial<Record<Owner, string>>>>;
  /** The file exists, holds keys, and was not unlocked since this start. */
  isLocked(): Promise<boolean>;
  unlock(passphrase: string): Promise<void>;
  read(owner: Owner): Promise<{ key: string; origin: string } | null>;
  write(owner: Owner, origin: string, key: string, passphrase: string): Promise<void>;
  remove(owner: Owner): Promise<void>;
}

/** Keys in the file at `path` (mode 0600), sealed by scrypt and AES-256-GCM. */
export function createKeyFile(path: string, cost: ScryptCost = usualCost): KeyFileStore {
  let secret: Buffer | null = null;

  const load = () => loadFile(path);
  return {
    origins: async () => {
      const file = await load();
      const pairs = Object.entries(file?.keys ?? {}).map(([owner, entry]) => [owner, entry.origin] as const);
      return Object.fromEntries(pairs);
    },
    isLocked: async () => {
      if (secret) return false;
      const file = await load();
      return file !== null && Object.keys(file.keys).length > 0;
    },
    unlock: async (passphrase) => {
      const file = await load();
      if (!file) return;
      secret = await openKeyFile(file, passphrase);
    },
    read: async (owner) => {
      const file = await load();
      return file && secret ? keyIn(file, secret, owner) : null;
    },
    write: async (owner, origin, key, passphrase) => {
      const existing = await load();
      const isUsed = existing !== null && Object.keys(existing.keys).length > 0;
      const opened = isUsed
        ? { file: existing, secret: await openKeyFile(existing, passphrase) }
        : await newKeyFile(passphrase, cost);
      await saveFile(path, withKey(opened.file, opened.secret, owner, origin, key));
      secret = opened.secret;
    },
    remove: async (owner) => {
      const file = await load();
      if (file?.keys[owner]) await saveFile(path, withoutKey(file, owner));
    },
  };
}

async function loadFile(path: string): Promise<KeyFile | null> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (isMissing(error)) return null;
    throw refuse('file-unreadable', { path, reason: codeOf(error) }, { cause: error });
  }
  const parsed = keyFileSchema.safeParse(parseJson(text));
  if (!parsed.success) throw refuse('file-unreadable', { path, reason: keyringReasons.damagedFile });
  return parsed.data;
}

async function saveFile(path: string, file: KeyFile): Promise<void> {
  const temporary = `${path}.${randomUUID()}`;
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const handle = await open(temporary, 'wx', 0o600);
    try {
      await handle.writeFile(`${JSON.stringify(file, null, 2)}\n`);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await chmod(temporary, 0o600);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw refuse('file-unwritable', { path, reason: codeOf(error) }, { cause: error });
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isMissing(error: unknown): boolean {
  return codeOf(error) === 'ENOENT';
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown';
}
