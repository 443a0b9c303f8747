/** What becomes of a link that was clicked. */
export type LinkVerdict =
  /** `address` is what will be opened, as the parser understood it. */
  { readonly kind: 'open' | 'ask'; readonly address: string } | { readonly kind: 'refuse' };

/** Longer ones could not be shown whole, and no page needs them. */
const longestAddressChars = 2_000;

/**
 * https is opened; http, mail, and addresses with a name and password in them only after the user has
 * seen the whole address; everything else (files, scripts, other programs' schemes) never.
 */
export function judgeLink(address: string): LinkVerdict {
  if (!URL.canParse(address)) return { kind: 'refuse' };
  const url = new URL(address);
  if (url.href.length > longestAddressChars) return { kind: 'refuse' };
  const hasCredentials = url.username !== '' || url.password !== '';
  switch (url.protocol) {
    case 'https:':
      return { kind: hasCredentials ? 'ask' : 'open', address: url.href };
    case 'http:':
    case 'mailto:':
      return { kind: 'ask', address: url.href };
    default:
      return { kind: 'refuse' };
  }
}

export interface LinkOpener {
  /** Opens in the user's browser or mail program. */
  open(address: string): Promise<void>;
  /** Shows the whole address; true opens it. */
  ask(address: string): Promise<boolean>;
}

/** The only way out of the app for a link. */
export async function openLink(address: string, opener: LinkOpener): Promise<void> {
  const verdict = judgeLink(address);
  if (verdict.kind === 'refuse') return;
  if (verdict.kind === 'ask' && !(await opener.ask(verdict.address))) return;
  await opener.open(verdict.address);
}
