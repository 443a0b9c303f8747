/**
 * A long answer as reasoning models write them: paragraphs, steps, display formulas, lists, a table;
 * about 24,000 characters with about 270 formulas, the same each time.
 */
export function answerText(sections = 24): string {
  return Array.from({ length: sections }, (_, at) => section(at + 1)).join('\n\n');
}

function section(n: number): string {
  return [
    `## Step ${n}: the ${n}-th order`,
    `We expand the field around its mean. With $\\phi_{${n}} = \\phi_0 + \\delta_{${n}}$ and $\\delta_{${n}} \\ll \\phi_0$ the action is, to this order and up to terms that vanish on the boundary, a quadratic form in $\\delta_{${n}}$ whose kernel we call $K_{${n}}(k)$.`,
    `$$\nS_{${n}} = \\int \\frac{d^${n % 4}k}{(2\\pi)^{${n % 4}}}\\, \\frac{1}{2}\\left(k^2 + \\frac{m^2}{${n}}\\right) |\\delta_{${n}}(k)|^2 + \\mathcal{O}(\\delta^{${n + 2}})\n$$`,
    `- the mass term is $m^2/${n}$, positive for all $n > ${n - 1}$;\n- the coupling $\\lambda_{${n}}$ enters only through $\\lambda_{${n}}\\phi_0^2$;\n- at the saddle the first variation is zero.`,
    `\\[\n\\begin{aligned}\na_{${n}} &= \\sqrt{\\frac{\\hbar}{2m\\omega_{${n}}}}, \\\\[4pt]\nb_{${n}} &= \\sum_{j=1}^{${n}} \\frac{(-1)^j}{j!}\\, \\binom{${n}}{j}\n\\end{aligned}\n\\]`,
    `| quantity | value |\n|---|---|\n| energy | $E_{${n}} = \\hbar\\omega(${n}+\\tfrac12)$ |\n| length | $\\ell_{${n}}$ |`,
    `Hence the correction is of relative size $\\epsilon_{${n}} = ${n}\\lambda/16\\pi^2$, which is small as long as the cut-off stays below the Landau pole, and the next order changes nothing of what follows.`,
  ].join('\n\n');
}

/** Cuts a text into about `count` deltas of uneven length, always the same ones. */
export function deltasOf(text: string, count: number): string[] {
  const mean = text.length / count;
  const deltas: string[] = [];
  let at = 0;
  for (let turn = 0; at < text.length; turn++) {
    const end = Math.min(text.length, Math.round(at + mean * (0.5 + ((turn * 7) % 11) / 10)));
    deltas.push(text.slice(at, Math.max(end, at + 1)));
    at = Math.max(end, at + 1);
  }
  return deltas;
}
