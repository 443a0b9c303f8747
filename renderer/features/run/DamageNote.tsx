import type { ReactElement } from 'react';
import { pageWords } from '#shared/messages/page.ts';

/** Says that what stands here was not found on the disk as it was written there. */
export function DamageNote({ of }: { readonly of: keyof typeof pageWords.damaged }): ReactElement {
  return (
    <p className="damage-note">
      <span className="damage-mark" aria-hidden="true">
        !
      </span>
      {pageWords.damaged[of]}
    </p>
  );
}
