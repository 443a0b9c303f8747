import type { StateCore, Token } from 'markdown-it';

/** Longer formulas may break inside, and then nothing is gained by holding on to their neighbours. */
const heldFormulaChars = 60;
const openers = /[([{“‘«]+$/;
const closers = /^[,.;:!?)\]}’”»'"–-]+/;

/**
 * Holds brackets and punctuation to the formula they touch: browsers break a line before a comma that
 * follows a formula.
 */
export function joinPunctuation(state: StateCore): void {
  for (const token of state.tokens) {
    if (token.type !== 'inline' || !token.children?.some(isHeld)) continue;
    token.children = joined(token.children, (type) => new state.Token(type, '', 0));
  }
}

function isHeld(token: Token): boolean {
  return (
    token.type === 'formula' && token.meta?.['isDisplay'] !== true && token.content.length <= heldFormulaChars
  );
}

function joined(tokens: readonly Token[], create: (type: string) => Token): Token[] {
  const out: Token[] = [];
  tokens.forEach((token, at) => {
    const before = tokens[at - 1];
    const after = tokens[at + 1];
    if (!isHeld(token)) {
      out.push(token);
      return;
    }
    const last = out.at(-1);
    const opening = before?.type === 'text' && last?.type === 'text' ? takenFrom(last, openers) : '';
    const closing = after?.type === 'text' ? takenFrom(after, closers) : '';
    if (opening === '' && closing === '') {
      out.push(token);
      return;
    }
    out.push(create('joint_open'));
    if (opening) out.push(textToken(create, opening));
    out.push(token);
    if (closing) out.push(textToken(create, closing));
    out.push(create('joint_close'));
  });
  return out;
}

/** Cuts what matches off a text token, and returns it. */
function takenFrom(token: Token, pattern: RegExp): string {
  const taken = pattern.exec(token.content)?.[0] ?? '';
  if (taken) token.content = token.content.replace(pattern, '');
  return taken;
}

function textToken(create: (type: string) => Token, content: string): Token {
  const token = create('text');
  token.content = content;
  return token;
}
