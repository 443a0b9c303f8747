/** What an environment that KaTeX lacks, or would number by itself, is written as instead. */
const environments: Readonly<Record<string, string>> = {
  equation: 'equation*',
  align: 'align*',
  gather: 'gather*',
  alignat: 'alignat*',
  multline: 'gather*',
  'multline*': 'gather*',
  flalign: 'align*',
  'flalign*': 'align*',
  displaymath: 'equation*',
  math: 'equation*',
};

/** `eqnarray` has three columns: left side, relation, right side. */
const arrays = new Set(['eqnarray', 'eqnarray*']);

/** Environments that only wrap others. */
const wrappers = new Set(['subequations']);

/**
 * TeX as KaTeX can read it. `\label` goes, since KaTeX takes it for an error; numbered environments
 * become unnumbered ones, since KaTeX numbers by what happens to be on the page; `\tag` stays.
 */
export function prepareTex(tex: string): string {
  let prepared = tex;
  if (prepared.includes('\\label')) prepared = prepared.replace(/\\label\s*\{[^{}]*\}/g, '');
  if (prepared.includes('\\begin'))
    prepared = prepared.replace(/\\(begin|end)\s*\{([A-Za-z]+\*?)\}/g, renamed);
  return prepared;
}

function renamed(whole: string, side: string, name: string): string {
  if (wrappers.has(name)) return '';
  if (arrays.has(name)) return side === 'begin' ? '\\begin{darray}{rcl}' : '\\end{darray}';
  const other = Object.hasOwn(environments, name) ? environments[name] : undefined;
  return other === undefined ? whole : `\\${side}{${other}}`;
}
