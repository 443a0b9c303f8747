/** A file's name from a notebook's title, fit for every platform: `Landau levels.pdf`. */
export function fileNameFor(title: string, extension: string): string {
  const name = title
    .replace(/[\p{Cc}\p{Cf}<>:"/\\|?*]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 80)
    .replace(/[. ]+$/, '');
  const isReserved = /^(con|prn|aux|nul|com\d|lpt\d)$/i.test(name);
  return `${name === '' || isReserved ? 'Notebook' : name}.${extension}`;
}
