/** The part of KaTeX's tokens and macro expander that macros written as functions use. */
export interface MacroToken {
  readonly text: string;
}

export interface MacroContext {
  /** The next token, left where it is. */
  future(): MacroToken;
  popToken(): MacroToken;
  pushToken(token: MacroToken): void;
  consumeSpaces(): void;
  /** Tokens of one argument, last one first. */
  consumeArg(): { readonly tokens: readonly MacroToken[] };
}

/** Returns the text to put in place of the command; `#1` … in it take the arguments that follow. */
export type FunctionMacro = (context: MacroContext) => string;

/** Whether the next token after spaces is `text`. */
export function isNext(context: MacroContext, text: string): boolean {
  context.consumeSpaces();
  return context.future().text === text;
}

/** Takes the next token away if it is `text`. */
export function takeIf(context: MacroContext, text: string): boolean {
  if (!isNext(context, text)) return false;
  context.popToken();
  return true;
}

/** One argument, first token first. */
export function readArgument(context: MacroContext): MacroToken[] {
  return context.consumeArg().tokens.toReversed();
}

/** What stands between `open` and the `close` that matches it, or `null` when `open` is not next. */
export function readBetween(context: MacroContext, open: string, close: string): MacroToken[] | null {
  if (!takeIf(context, open)) return null;
  const tokens: MacroToken[] = [];
  let depth = 0;
  let braces = 0;
  for (;;) {
    const token = context.popToken();
    if (token.text === 'EOF') throw new Error(`Expected '${close}'`);
    if (token.text === '{') braces++;
    if (token.text === '}') braces--;
    if (braces === 0 && token.text === open) depth++;
    if (braces === 0 && token.text === close && depth-- === 0) return tokens;
    tokens.push(token);
  }
}

/** Puts arguments back in front of what follows, each in braces, so that `#1` … in a template find them. */
export function giveBack(context: MacroContext, ...groups: readonly MacroToken[][]): void {
  const like = context.future();
  for (const group of groups.toReversed()) {
    context.pushToken(tokenLike(like, '}'));
    for (const token of group.toReversed()) context.pushToken(token);
    context.pushToken(tokenLike(like, '{'));
  }
}

// KaTeX does not export its Token class; a token of the same kind is made from one that it made.
function tokenLike(token: MacroToken, text: string): MacroToken {
  const prototype: object | null = Object.getPrototypeOf(token);
  return Object.assign(Object.create(prototype), { text, loc: undefined });
}
