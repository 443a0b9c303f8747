import type { FunctionMacro, MacroContext } from './macro-context.ts';
import { giveBack, isNext, readArgument, readBetween, takeIf } from './macro-context.ts';

/** Commands of the physics package whose meaning depends on the arguments that follow them. */
export const argumentMacros: Readonly<Record<string, FunctionMacro>> = {
  '\\qty': quantity,
  '\\quantity': quantity,
  '\\dd': differential,
  '\\dv': (context) => derivative(context, '\\mathrm{d}'),
  '\\derivative': (context) => derivative(context, '\\mathrm{d}'),
  '\\odv': (context) => derivative(context, '\\mathrm{d}'),
  '\\pdv': (context) => derivative(context, '\\partial'),
  '\\partialderivative': (context) => derivative(context, '\\partial'),
  '\\pderivative': (context) => derivative(context, '\\partial'),
  '\\fdv': (context) => derivative(context, '\\delta'),
  '\\functionalderivative': (context) => derivative(context, '\\delta'),
  '\\expval': expectationValue,
  '\\ev': expectationValue,
  '\\expectationvalue': expectationValue,
  '\\dyad': dyad,
  '\\outerproduct': dyad,
  '\\op': dyad,
  '\\innerproduct': innerProduct,
  '\\ip': innerProduct,
};

/** `\qty(…)`, `\qty[…]`, `\qty|…|`, `\qty{…}`: brackets as high as what is in them. */
function quantity(context: MacroContext): string {
  const round = readBetween(context, '(', ')');
  if (round) {
    giveBack(context, round);
    return '\\left(#1\\right)';
  }
  const square = readBetween(context, '[', ']');
  if (square) {
    giveBack(context, square);
    return '\\left[#1\\right]';
  }
  const bars = isNext(context, '|') ? readBars(context) : null;
  if (bars) {
    giveBack(context, bars);
    return '\\left|#1\\right|';
  }
  return '\\left\\{#1\\right\\}';
}

function readBars(context: MacroContext) {
  context.popToken();
  const tokens = [];
  while (!isNext(context, '|')) {
    const token = context.popToken();
    if (token.text === 'EOF') throw new Error("Expected '|'");
    tokens.push(token);
  }
  context.popToken();
  return tokens;
}

/** `\dd`, `\dd x`, `\dd{x}`, `\dd[3]{x}`, `\dd(\cos\theta)`. */
function differential(context: MacroContext): string {
  const power = readBetween(context, '[', ']');
  if (power) {
    giveBack(context, power);
    return '\\mathop{}\\!\\mathrm{d}^{#1}';
  }
  const inner = readBetween(context, '(', ')');
  if (inner) {
    giveBack(context, inner);
    return '\\mathop{}\\!\\mathrm{d}\\left(#1\\right)';
  }
  return '\\mathop{}\\!\\mathrm{d}';
}

/** `\dv{x}`, `\dv{f}{x}`, `\dv[n]{f}{x}`, `\dv*{f}{x}`, and `\pdv{f}{x}{y}` for the mixed one. */
function derivative(context: MacroContext, d: string): string {
  const isFlat = takeIf(context, '*');
  const power = readBetween(context, '[', ']');
  const first = readArgument(context);
  // physics also takes \dv{x}(f): what is differentiated stands behind, in round brackets.
  const behind = readBetween(context, '(', ')');
  const second = behind || !isNext(context, '{') ? null : readArgument(context);
  const third = second && d !== '\\mathrm{d}' && isNext(context, '{') ? readArgument(context) : null;

  if (third) {
    giveBack(context, first, second ?? [], third);
    return `\\frac{${d}^2#1}{${d}#2\\,${d}#3}`;
  }
  const [top, bottom] = second ? [first, second] : [[], first];
  const optional = [power, behind].filter((tokens) => tokens !== null);
  giveBack(context, top, bottom, ...optional);
  const exponent = power ? '^{#3}' : '';
  const argument = behind ? `\\left(#${optional.length + 2}\\right)` : '';
  return isFlat
    ? `${d}${exponent}#1/${d}#2${exponent}${argument}`
    : `\\frac{${d}${exponent}#1}{${d}#2${exponent}}${argument}`;
}

/** `\ev{A}` and `\ev{A}{\psi}`. */
function expectationValue(context: MacroContext): string {
  takeIf(context, '*');
  const operator = readArgument(context);
  if (!isNext(context, '{')) {
    giveBack(context, operator);
    return '\\left\\langle#1\\right\\rangle';
  }
  const state = readArgument(context);
  giveBack(context, state, operator);
  return '\\left\\langle#1\\middle|#2\\middle|#1\\right\\rangle';
}

/** `\dyad{a}` and `\dyad{a}{b}`. */
function dyad(context: MacroContext): string {
  const first = readArgument(context);
  const second = isNext(context, '{') ? readArgument(context) : first;
  giveBack(context, first, second);
  return '\\left|#1\\middle\\rangle\\!\\middle\\langle#2\\right|';
}

/** `\ip{a}` and `\ip{a}{b}`. */
function innerProduct(context: MacroContext): string {
  const first = readArgument(context);
  const second = isNext(context, '{') ? readArgument(context) : first;
  giveBack(context, first, second);
  return '\\left\\langle#1\\middle|#2\\right\\rangle';
}
