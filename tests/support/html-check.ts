/** A tag of an HTML text as a browser's tokenizer would see it. */
interface Tag {
  readonly name: string;
  readonly attributes: readonly (readonly [name: string, value: string])[];
}

const allowedTags = new Set(
  (
    'p h1 h2 h3 h4 h5 h6 ul ol li blockquote pre code em strong s hr br a img div span table thead tbody tr th td ' +
    'svg path line math semantics annotation mrow mi mo mn mtext mspace msup msub msubsup mfrac msqrt mroot mover munder ' +
    'munderover mtable mtr mtd mstyle mpadded mphantom menclose mglyph'
  ).split(' '),
);
const allowedAttributes = new Set(
  (
    'class style title href target rel src alt start data-reason aria-hidden xmlns display encoding mathvariant stretchy fence ' +
    'separator lspace rspace minsize maxsize width height depth voffset accent accentunder scriptlevel displaystyle linethickness ' +
    'columnalign columnspacing rowspacing columnlines rowlines side notation symmetric largeop movablelimits mathcolor ' +
    'mathbackground mathsize linebreak viewBox viewbox preserveAspectRatio preserveaspectratio d x1 x2 y1 y2 stroke-width form'
  ).split(' '),
);
const allowedUrl = /^(https?:\/\/|mailto:|#|data:image\/(png|jpeg|gif|webp);base64,[A-Za-z0-9+/]+=*$)/i;
/** KaTeX's own styles: lengths, colours and borders, never an address. */
const allowedStyle = /^[a-z-]+:[#a-zA-Z0-9.,%() +-]*;?(?:[a-z-]+:[#a-zA-Z0-9.,%() +-]*;?)*$/;

/** What in a rendered text should not be there; empty when it is safe. */
export function dangersIn(html: string): string[] {
  const dangers: string[] = [];
  const text = html.replace(/<\/?([a-zA-Z][^\s/>]*)((?:"[^"]*"|'[^']*'|[^'">])*)>/g, (whole) => {
    for (const danger of dangersOfTag(tagFrom(whole))) dangers.push(`${danger} in ${whole.slice(0, 200)}`);
    return '';
  });
  // Everything else must be text: no tag, comment or doctype may begin in it.
  const rest = /<[a-zA-Z/!?][^]{0,80}/.exec(text);
  if (rest) dangers.push(`loose markup: ${rest[0]}`);
  return dangers;
}

function tagFrom(whole: string): Tag {
  const name = /^<\/?([^\s/>]+)/.exec(whole)?.[1]?.toLowerCase() ?? '';
  const attributes = [...whole.matchAll(/\s([^\s=/>"']+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+)))?/g)];
  return {
    name,
    attributes: attributes.map(([, key, double, single, bare]) => [
      key ?? '',
      decoded(double ?? single ?? bare ?? ''),
    ]),
  };
}

function dangersOfTag({ name, attributes }: Tag): string[] {
  const dangers = allowedTags.has(name) ? [] : [`tag ${name}`];
  for (const [key, value] of attributes) {
    if (!allowedAttributes.has(key)) dangers.push(`attribute ${key}`);
    if ((key === 'href' || key === 'src') && !allowedUrl.test(value)) dangers.push(`address ${value}`);
    if (key === 'src' && !value.startsWith('data:')) dangers.push(`request ${value}`);
    if (key === 'style' && (!allowedStyle.test(value) || /url|expression|@|position/i.test(value))) {
      dangers.push(`style ${value}`);
    }
  }
  if (name === 'a' && attributes.some(([key, value]) => key === 'href' && !value.startsWith('#'))) {
    const rel = attributes.find(([key]) => key === 'rel')?.[1];
    if (rel !== 'noreferrer noopener') dangers.push('link without rel');
  }
  return dangers;
}

function decoded(value: string): string {
  return value
    .replace(/&#x([0-9a-f]+);?/gi, (_, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16)))
    .replace(/&#(\d+);?/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}
