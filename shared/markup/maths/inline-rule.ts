import type { StateInline } from 'markdown-it';
import type { SearchBudget } from './delimiters.ts';
import { findFormula } from './delimiters.ts';

// Several times the text's length is plenty for real formulas; text made to be slow runs out of it.
const budgets = new WeakMap<StateInline, SearchBudget>();
function budgetOf(state: StateInline): SearchBudget {
  const known = budgets.get(state);
  if (known) return known;
  const budget = { leftChars: 100_000 + 20 * state.src.length };
  budgets.set(state, budget);
  return budget;
}

/** Formulas inside a paragraph; stands before markdown-it's `escape`, which would eat `\(` and `\[`. */
export function inlineMaths(state: StateInline, silent: boolean): boolean {
  const code = state.src.charCodeAt(state.pos);
  if (code !== 36 && code !== 92) return false;
  const found = findFormula(state.src, state.pos, state.posMax, budgetOf(state));
  if (!found) {
    // The whole run of dollars is text: `$$$` must not be tried again from its second sign.
    if (code !== 36 || state.src[state.pos + 1] !== '$') return false;
    let end = state.pos;
    while (end < state.posMax && state.src[end] === '$') end++;
    if (!silent) state.pending += state.src.slice(state.pos, end);
    state.pos = end;
    return true;
  }
  if (!silent) {
    const token = state.push('formula', '', 0);
    token.content = state.src.slice(found.contentStart, found.contentEnd);
    token.markup = state.src.slice(state.pos, found.contentStart);
    token.meta = { isDisplay: found.isDisplay };
  }
  state.pos = found.end;
  return true;
}
