import type { FunctionMacro, MacroContext, MacroToken } from './macro-context.ts';
import { readArgument, readBetween } from './macro-context.ts';

/** siunitx: `\SI`, `\qty` is physics', `\si`, `\unit`, `\num`, `\ang`. */
export const unitMacros: Readonly<Record<string, FunctionMacro>> = {
  '\\SI': (context) => `${numberFrom(context)}\\,${unitFrom(context)}`,
  '\\si': unitFrom,
  '\\unit': unitFrom,
  '\\num': numberFrom,
  '\\ang': (context) => `{${texOf(readArgument(context))}}^\\circ`,
};

/** What each unit and prefix of siunitx prints; `per`, `squared` and their like come below. */
const symbols: Readonly<Record<string, string>> = {
  metre: 'm', meter: 'm', second: 's', gram: 'g', kilogram: 'kg', ampere: 'A', kelvin: 'K', mole: 'mol',
  candela: 'cd', hertz: 'Hz', newton: 'N', pascal: 'Pa', joule: 'J', watt: 'W', coulomb: 'C', volt: 'V',
  farad: 'F', ohm: '\\Omega ', siemens: 'S', weber: 'Wb', tesla: 'T', henry: 'H', electronvolt: 'eV',
  radian: 'rad', steradian: 'sr', litre: 'L', liter: 'L', minute: 'min', hour: 'h', day: 'd', gauss: 'G',
  celsius: '^{\\circ}C', degreeCelsius: '^{\\circ}C', degree: '^{\\circ}', percent: '\\%', barn: 'b', bar: 'bar',
  angstrom: '\\text{Å}', tonne: 't', becquerel: 'Bq', gray: 'Gy', sievert: 'Sv', lumen: 'lm', lux: 'lx',
  atomicmassunit: 'u', dalton: 'Da', decibel: 'dB', bit: 'bit', byte: 'B', arcsecond: "''", arcminute: "'",
  eV: 'eV', keV: 'keV', MeV: 'MeV', GeV: 'GeV', TeV: 'TeV', meV: 'meV', cm: 'cm', mm: 'mm', nm: 'nm', km: 'km',
  m: 'm', s: 's', kg: 'kg', g: 'g', Hz: 'Hz', kHz: 'kHz', MHz: 'MHz', GHz: 'GHz', K: 'K', J: 'J', N: 'N',
  yocto: 'y', zepto: 'z', atto: 'a', femto: 'f', pico: 'p', nano: 'n', micro: '\\mu ', milli: 'm', centi: 'c',
  deci: 'd', deca: 'da', hecto: 'h', kilo: 'k', mega: 'M', giga: 'G', tera: 'T', peta: 'P', exa: 'E',
}; // prettier-ignore

const prefixes = new Set(
  'yocto zepto atto femto pico nano micro milli centi deci deca hecto kilo mega giga tera peta exa'.split(
    ' ',
  ),
);

function unitFrom(context: MacroContext): string {
  return `\\mathrm{${unitTex(readArgument(context))}}`;
}

/** Each unit with the power that belongs to it: `\per\second\squared` is s to the power of −2. */
function unitTex(tokens: readonly MacroToken[]): string {
  const parts: string[] = [];
  let prefix = '';
  let isPer = false;
  let power = '';
  const last = (): string => parts.pop() ?? '';

  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at]?.text ?? '';
    const name = token.startsWith('\\') ? token.slice(1) : '';
    const symbol = Object.hasOwn(symbols, name) ? symbols[name] : undefined;
    if (name === 'per') isPer = true;
    else if (name === 'square' || name === 'cubic') power = name === 'square' ? '2' : '3';
    else if (name === 'squared' || name === 'cubed')
      parts.push(raised(last(), name === 'squared' ? '2' : '3'));
    else if (name === 'tothe' || name === 'raiseto' || name === 'of') {
      const [argument, next] = argumentAt(tokens, at + 1);
      at = next - 1;
      if (name === 'tothe') parts.push(raised(last(), argument));
      else if (name === 'of') parts.push(`${last()}_{${argument}}`);
      else power = argument;
    } else if (symbol !== undefined && prefixes.has(name)) prefix += symbol;
    else if (symbol !== undefined) {
      const unit = `${parts.length > 0 ? '\\,' : ''}${prefix}${symbol}`;
      const exponent = `${isPer ? '-' : ''}${power || (isPer ? '1' : '')}`;
      parts.push(exponent ? `${unit}^{${exponent}}` : unit);
      [prefix, isPer, power] = ['', false, ''];
    } else parts.push(token === '.' || token === '~' ? '\\,' : tokenTex(token));
  }
  return parts.join('');
}

/** A unit raised to a power; the −1 of `\per` becomes −power. */
function raised(unit: string, power: string): string {
  return unit.endsWith('^{-1}') ? `${unit.slice(0, -5)}^{-${power}}` : `${unit}^{${power}}`;
}

function argumentAt(tokens: readonly MacroToken[], start: number): [tex: string, next: number] {
  if (tokens[start]?.text !== '{') return [tokens[start] ? tokenTex(tokens[start].text) : '', start + 1];
  let end = start + 1;
  for (let depth = 1; end < tokens.length; end++) {
    if (tokens[end]?.text === '{') depth++;
    if (tokens[end]?.text === '}' && --depth === 0) break;
  }
  return [texOf(tokens.slice(start + 1, end)), end + 1];
}

/** `3e8` as 3 · 10⁸; anything that is not a plain number as it stands. */
function numberFrom(context: MacroContext): string {
  readBetween(context, '[', ']');
  const tex = texOf(readArgument(context));
  const parts = /^\s*([-+]?[\d.,\s()]*)[eE]([-+]?\d+)\s*$/.exec(tex);
  if (!parts) return `{${tex}}`;
  const mantissa = (parts[1] ?? '').trim();
  return `{${mantissa ? `${mantissa}\\times ` : ''}10^{${parts[2] ?? ''}}}`;
}

function texOf(tokens: readonly MacroToken[]): string {
  return tokens.map((token) => tokenTex(token.text)).join('');
}

// A space ends a command's name; a parameter sign would be taken for one of the macro's own.
function tokenTex(text: string): string {
  if (text === '#') return '';
  return /^\\[a-zA-Z@]+$/.test(text) ? `${text} ` : text;
}
