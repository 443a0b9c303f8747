import { refuse } from '#shared/domain/failure.ts';
import type { SolverTask, Verb } from './task.ts';

/** Imperatives a question may begin with, and the verb each stands for. */
const verbWords: Readonly<Record<string, Verb>> = {
  evaluate: 'evaluate',
  compute: 'evaluate',
  calculate: 'evaluate',
  simplify: 'simplify',
  differentiate: 'differentiate',
  derive: 'differentiate',
  integrate: 'integrate',
  solve: 'solve',
  factor: 'factor',
  factorise: 'factor',
  factorize: 'factor',
  expand: 'expand',
  limit: 'limit',
};

/** The four delimiter pairs, and bare environments that stand for themselves. */
const formulaPattern =
  /\$\$([\s\S]+?)\$\$|\$([^$]+?)\$|\\\[([\s\S]+?)\\\]|\\\(([\s\S]+?)\\\)|(\\begin\{(cases|equation\*?|align\*?|aligned)\}[\s\S]+?\\end\{\6\})/g;

/**
 * Reads a problem's text as a task for the solver: one formula, with at most a verb before it and
 * a variable after it. Throws `solver-prose` for anything else that was meant for a reader.
 */
export function readQuestion(question: string): SolverTask {
  const formulas: string[] = [];
  const around = question.replace(formulaPattern, (...groups: unknown[]) => {
    const latex = groups.slice(1, 6).find((group) => typeof group === 'string');
    formulas.push(typeof latex === 'string' ? latex.trim() : '');
    return ` #${formulas.length} `;
  });
  const words = around.replace(/\s+/g, ' ').trim();
  const [latex, named] = formulas;
  if (!latex) throw refuse('solver-prose', {});

  const match =
    /^(?:(?<verb>[A-Za-z]+)(?: the)?:? ?)?#1 ?[.,;:?]?(?: ?(?:for|with respect to|in|wrt) (?<variable>#2|[A-Za-z]) ?[.?]?)?$/.exec(
      words,
    );
  const verb = match?.groups?.['verb'];
  const variable = match?.groups?.['variable'];
  if (!match || (verb !== undefined && !(verb.toLowerCase() in verbWords))) throw refuse('solver-prose', {});
  if (formulas.length > (variable === '#2' ? 2 : 1)) throw refuse('solver-prose', {});

  return {
    verb: verb === undefined ? null : (verbWords[verb.toLowerCase()] ?? null),
    latex: withoutFinalPoint(latex),
    variable: variable === '#2' ? (named ?? null) : (variable ?? null),
  };
}

/** A displayed formula ends its sentence with a point of its own: `x^2 = 2\,.` */
function withoutFinalPoint(latex: string): string {
  return latex.replace(/(?:\\[,;:! ]|\s)*[.,;]$/, '').trim();
}
