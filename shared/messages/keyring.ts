/** Why keys cannot be kept or read; each completes "cannot be used (…)" or "cannot be read (…)". */
export const keyringReasons = {
  none: 'no keyring service is running here',
  locked: 'it is locked',
  silent: 'it did not answer',
  damagedFile: 'it is damaged',
} as const;
