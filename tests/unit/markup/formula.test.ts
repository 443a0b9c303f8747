import { beforeEach, expect, test } from 'vitest';
import { createMarkupRenderer, formulaLimitChars } from '#shared/markup/index.ts';
import type { MarkupRenderer, MarkupOutput } from '#shared/markup/index.ts';
import type { Macros } from '#shared/domain/notebook.ts';

let renderer: MarkupRenderer;
beforeEach(() => {
  renderer = createMarkupRenderer();
});

function html(source: string, macros: Macros = {}, output: MarkupOutput = 'screen'): string {
  const { blocks } = renderer.renderDocument(source, { macros, output });
  return blocks.map((block) => block.html).join('');
}
const reasonIn = (rendered: string): string | undefined => /data-reason="([a-z-]+)"/.exec(rendered)?.[1];

const raw = String.raw;
const physics = [
  raw`\dv{x}`, raw`\dv{f}{x}`, raw`\dv[2]{f}{x}`, raw`\dv[n]{x}`, raw`\dv*{f}{x}`, raw`\dv x`, raw`\dv{x}(\frac1x)`,
  raw`\pdv{x}`, raw`\pdv{f}{x}`, raw`\pdv{f}{x}{y}`, raw`\pdv[2]{f}{x}`, raw`\fdv{F}{g}`, raw`\dv{\dv{f}{x}}{x}`,
  raw`\qty(\frac12)`, raw`\qty[a]`, raw`\qty{a}`, raw`\qty|a|`, raw`\qty((a)+b)`, raw`\abs{x}`, raw`\abs*{x}`, raw`\norm{v}`,
  raw`\comm{a}{b}`, raw`\anticommutator{a}{b}`, raw`\acomm{a}{b}`, raw`\pb{q}{p}`, raw`\ev{A}`, raw`\ev{A}{\psi}`,
  raw`\expval{A}`, raw`\mel{a}{H}{b}`, raw`\ip{a}{b}`, raw`\ketbra{a}{b}`, raw`\dyad{a}`, raw`\ket{\psi}`, raw`\braket{a|b}`,
  raw`\grad f`, raw`\divergence \vb{A}`, raw`\curl \vb*{A}`, raw`\laplacian\phi`, raw`\va{a}`, raw`\vu{z}`, raw`a \cross b`,
  raw`\dd x`, raw`\dd{x}`, raw`\dd[3]{x}`, raw`\int \dd^3x`, raw`\tr\rho`, raw`\Tr A`, raw`\rank A`, raw`\order{x^2}`,
  raw`\SI{9.8}{m/s^2}`, raw`\SI{3e8}{\metre\per\second}`, raw`\si{\kilo\gram\metre\squared\per\second\squared}`, raw`\num{1.6e-19}`,
  raw`\ang{30}`, raw`\unit{\kilo\hertz}`, raw`\slashed{D}`, raw`\slashed\partial`, raw`\mqty{a&b\\c&d}`, raw`\pmqty{a&b\\c&d}`,
  raw`\DeclareMathOperator{\foo}{foo}\foo x`, raw`\DeclareMathOperator*{\argmin}{arg\,min}\argmin_x f`,
  raw`\begin{aligned}a&=b\\\intertext{and}c&=d\end{aligned}`, raw`\mathbbm{1}`, raw`\eval{x^2}_0^1`, raw`\bm{x}`, raw`\qq{where}`,
]; // prettier-ignore

test.each(physics)('a physics command is typeset: %s', (tex) => {
  const rendered = html(`$$${tex}$$`);
  expect(reasonIn(rendered)).toBeUndefined();
  expect(rendered).toContain('<math');
  expect(rendered).not.toContain('scholium@');
});

test('a derivative has what is differentiated above and the variable below', () => {
  expect(html(raw`$\dv[2]{f}{x}$`)).toContain('<mfrac><mrow><msup><mi mathvariant="normal">d</mi>');
  const plain = (tex: string): string => html(`$${tex}$`).replace(/<annotation.*?<\/annotation>/, '');
  expect(plain(raw`\dv{f}{x}`)).toEqual(plain(raw`\frac{\mathrm{d}f}{\mathrm{d}x}`));
  expect(plain(raw`\ev{A}{\psi}`)).toEqual(plain(raw`\left\langle\psi\middle|A\middle|\psi\right\rangle`));
  expect(plain(raw`\SI{3e8}{\metre\per\second}`)).toEqual(plain(raw`{3\times 10^{8}}\,\mathrm{m\,s^{-1}}`));
});

test.each([
  ['equation', raw`\begin{equation}a\label{eq:a}\end{equation}`],
  ['align', raw`\begin{align}a&=b\\c&=d\end{align}`],
  ['align*', raw`\begin{align*}a&=b\end{align*}`],
  ['gather', raw`\begin{gather}a\\b\end{gather}`],
  ['multline', raw`\begin{multline}a\\b\end{multline}`],
  ['flalign', raw`\begin{flalign}a&=b\end{flalign}`],
  ['eqnarray', raw`\begin{eqnarray}a&=&b\\c&=&d\end{eqnarray}`],
  ['alignat', raw`\begin{alignat}{2}a&=b&c&=d\end{alignat}`],
  ['subequations', raw`\begin{subequations}\begin{align}a&=b\end{align}\end{subequations}`],
  ['cases', raw`\begin{cases}a\\b\end{cases}`],
  ['pmatrix', raw`\begin{pmatrix}a&b\\c&d\end{pmatrix}`],
])('the environment %s needs no delimiters', (_name, tex) => {
  const rendered = html(tex);
  expect(reasonIn(rendered)).toBeUndefined();
  expect(rendered).toContain('katex-display');
});

test('a label is no error, a tag is shown, and nothing is numbered by itself', () => {
  const rendered = html(raw`\begin{align} a &= b \label{eq:a} \tag{3} \\ c &= d \end{align}`);
  expect(reasonIn(rendered)).toBeUndefined();
  expect(rendered).toContain('tag');
  expect(rendered).not.toContain('"eqn-num');
});

test.each([
  ['unreadable', raw`$\frac{a}$`],
  ['unreadable', raw`$a^b^c$`],
  ['unknown-command', raw`$\nosuchcommand{x}$`],
  ['command-refused', raw`$\href{https://example.org}{x}$`],
  ['command-refused', raw`$\includegraphics{x.png}$`],
  ['command-refused', raw`$\htmlStyle{color: red}{x}$`],
  ['too-many-expansions', raw`$\def\a{\a\a}\a$`],
  ['too-deep', `$${'{'.repeat(2_400)}x${'}'.repeat(2_400)}$`],
  ['too-long', `$${'x+'.repeat(formulaLimitChars)}x$`],
])('a formula that cannot be typeset shows its source and says why: %s', (code, source) => {
  const rendered = html(`before ${source} after`);
  expect(reasonIn(rendered)).toBe(code);
  expect(rendered).toMatch(/<code>[^<]+<\/code><span class="bad-formula-reason">[^<]{20,}<\/span>/);
  expect(rendered).toContain('before ');
  expect(rendered).toContain(' after');
});

test('a formula of 100,000 characters ends in one sentence and a short piece of its source', () => {
  const rendered = html(`$$\n${'x+'.repeat(50_000)}x\n$$`);
  expect(reasonIn(rendered)).toBe('too-long');
  expect(rendered.length).toBeLessThan(2_000);
});

test('a bad formula is shown as text, whatever is in it', () => {
  const rendered = html(raw`$\bad{<img src=x onerror=alert(1)>"'}$`);
  expect(rendered).not.toContain('<img');
  expect(rendered).toContain('&lt;img');
});

test('macros belong to one notebook', () => {
  expect(html(raw`$\RR$`, { '\\RR': raw`\mathbb{R}` })).toContain('mathbb');
  expect(reasonIn(html(raw`$\RR$`))).toBe('unknown-command');
  expect(html(raw`$\RR$`, { '\\RR': 'Q' })).not.toContain('mathbb');
});

test("a notebook's macro goes before a built-in one", () => {
  expect(html(raw`$\tr A$`, { '\\tr': 'T' })).not.toContain('tr</');
});

test('what one formula defines is unknown to the next', () => {
  const macros = {};
  expect(reasonIn(html(raw`$\gdef\leak{x}\leak$`, macros))).toBeUndefined();
  expect(reasonIn(html(raw`$\leak$`, macros))).toBe('unknown-command');
  expect(macros).toEqual({});
});

test('sizes are capped', () => {
  expect(html(raw`$\rule{9999em}{9999em}$`)).not.toContain('9999em;');
});

test('on screen a formula carries MathML, in print its TeX as alternative text', () => {
  expect(html('$a<b$')).toContain('<math');
  const printed = html('$a<b$', {}, 'print');
  expect(printed).not.toContain('<math');
  expect(printed).toContain('alt="a&lt;b"');
});

test('a comma stays with the formula it follows', () => {
  expect(html('if $x$, then ($y$).')).toMatch(
    /<span class="joint"><span class="katex">.*?,<\/span> then <span class="joint">\(/,
  );
});
