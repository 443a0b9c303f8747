import { argumentMacros } from './argument-macros.ts';
import type { FunctionMacro } from './macro-context.ts';
import { plainMacros } from './plain-macros.ts';
import { unitMacros } from './unit-macros.ts';

/** The physics and siunitx commands that KaTeX lacks. A notebook's own macros of the same name win. */
export const builtinMacros: Readonly<Record<string, string | FunctionMacro>> = {
  ...plainMacros,
  ...argumentMacros,
  ...unitMacros,
};
