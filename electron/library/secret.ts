import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** A secret to be shown to those who may come in, and the only way to compare a guess with it. */
export interface Secret {
  /** 256 random bits in base64url. */
  readonly text: string;
  /** Takes the same time whatever the guess. */
  matches(guess: string): boolean;
}

export function createSecret(): Secret {
  const text = randomBytes(32).toString('base64url');
  const digest = digestOf(text);
  return {
    text,
    matches: (guess) => timingSafeEqual(digestOf(guess), digest),
  };
}

/** Equal lengths for `timingSafeEqual`, which throws otherwise. */
function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
