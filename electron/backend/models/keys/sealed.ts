import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto';
import { z } from 'zod';
import { refuse } from '#shared/domain/failure.ts';

/**
 * scrypt's cost: 128 MB and some tenths of a second for each guess at the passphrase
 * (OWASP Password Storage Cheat Sheet: N = 2¹⁷, r = 8, p = 1).
 */
export const usualCost = { N: 2 ** 17, r: 8, p: 1 };
export type ScryptCost = typeof usualCost;

const base64 = z.base64().max(100_000);
const sealedText = z.strictObject({ nonce: base64, tag: base64, data: base64 });
type SealedText = z.infer<typeof sealedText>;

/** The key file: nothing in it can be read without the passphrase but whose keys it holds. */
export const keyFileSchema = z.strictObject({
  format: z.literal('scholium-keys'),
  version: z.literal(1),
  kdf: z.strictObject({
    name: z.literal('scrypt'),
    N: z
      .int()
      .min(2)
      .max(2 ** 20),
    r: z.int().min(1).max(32),
    p: z.int().min(1).max(16),
    salt: base64,
  }),
  /** A known word, sealed: tells a wrong passphrase from a damaged key. */
  check: sealedText,
  keys: z.partialRecord(
    z.enum(['openai', 'compatible']),
    z.strictObject({ origin: z.string().max(2_000), sealed: sealedText }),
  ),
});
export type KeyFile = z.infer<typeof keyFileSchema>;
export type Owner = keyof KeyFile['keys'];

const checkWord = 'scholium';
const keyBytes = 32;

/** An empty key file under a passphrase, and the secret that opens it. */
export async function newKeyFile(
  passphrase: string,
  cost: ScryptCost,
): Promise<{ file: KeyFile; secret: Buffer }> {
  const kdf = { name: 'scrypt' as const, ...cost, salt: randomBytes(16).toString('base64') };
  const secret = await derive(passphrase, kdf);
  const file: KeyFile = {
    format: 'scholium-keys',
    version: 1,
    kdf,
    check: seal(secret, checkWord, 'check'),
    keys: {},
  };
  return { file, secret };
}

/** The secret a passphrase gives. Throws `AppError` `passphrase-wrong`. */
export async function openKeyFile(file: KeyFile, passphrase: string): Promise<Buffer> {
  const secret = await derive(passphrase, file.kdf);
  if (open(secret, file.check, 'check') !== checkWord) throw refuse('passphrase-wrong', {});
  return secret;
}

/** The file with one key more; the key cannot be moved to another owner or origin afterwards. */
export function withKey(file: KeyFile, secret: Buffer, owner: Owner, origin: string, key: string): KeyFile {
  const sealed = seal(secret, key, boundTo(owner, origin));
  return { ...file, keys: { ...file.keys, [owner]: { origin, sealed } } };
}

export function withoutKey(file: KeyFile, owner: Owner): KeyFile {
  const { [owner]: _removed, ...keys } = file.keys;
  return { ...file, keys };
}

/** One key, or `null` when the file holds none (or a tampered one) for this owner. */
export function keyIn(file: KeyFile, secret: Buffer, owner: Owner): { key: string; origin: string } | null {
  const entry = file.keys[owner];
  if (!entry) return null;
  const key = open(secret, entry.sealed, boundTo(owner, entry.origin));
  return key === null ? null : { key, origin: entry.origin };
}

const boundTo = (owner: Owner, origin: string): string => `${owner}\n${origin}`;

function derive(passphrase: string, { N, r, p, salt }: KeyFile['kdf']): Promise<Buffer> {
  const maxmem = 256 * N * r;
  return new Promise((resolve, reject) => {
    scrypt(
      passphrase.normalize('NFKC'),
      Buffer.from(salt, 'base64'),
      keyBytes,
      { N, r, p, maxmem },
      (error, key) => {
        if (error) reject(error);
        else resolve(key);
      },
    );
  });
}

function seal(secret: Buffer, text: string, context: string): SealedText {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', secret, nonce).setAAD(Buffer.from(context));
  const data = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return {
    nonce: nonce.toString('base64'),
    tag: cipher.getAuthTag().toString('base64'),
    data: data.toString('base64'),
  };
}

/** `null` when it does not open: another secret, another context, or changed bytes. */
function open(secret: Buffer, { nonce, tag, data }: SealedText, context: string): string | null {
  try {
    const options = { authTagLength: 16 };
    const decipher = createDecipheriv('aes-256-gcm', secret, Buffer.from(nonce, 'base64'), options)
      .setAAD(Buffer.from(context))
      .setAuthTag(Buffer.from(tag, 'base64'));
    const parts = [decipher.update(Buffer.from(data, 'base64')), decipher.final()];
    return Buffer.concat(parts).toString('utf8');
  } catch {
    return null;
  }
}
