import type { Macros } from '../domain/notebook.ts';

/**
 * `screen`: formulas carry MathML for assistive technology beside what is seen.
 * `print`: formulas carry their TeX as the alternative text of a transparent image, which is what
 * brings them into the tag tree of a PDF.
 */
export type MarkupOutput = 'screen' | 'print';

export interface RenderOptions {
  readonly macros: Macros;
  /** Default `screen`. */
  readonly output?: MarkupOutput;
}

/** One top-level block of Markdown (paragraph, list, display formula …) as safe HTML. */
export interface RenderedBlock {
  /** Unique in its document; stays with the block's place while text is appended. */
  readonly key: string;
  readonly html: string;
  /** First line, counted from 0. */
  readonly startLine: number;
  /** The line after the last one. */
  readonly endLine: number;
}

export interface RenderedHeading {
  /** 1 to 6. */
  readonly level: number;
  /** Plain text; formulas in it as TeX. */
  readonly text: string;
  /** Counted from 0. */
  readonly line: number;
}

export interface RenderedDocument {
  readonly blocks: readonly RenderedBlock[];
  readonly headings: readonly RenderedHeading[];
}

/** Why a formula or a block shows its source instead of being typeset. */
export type MarkupProblem =
  | { readonly code: 'too-long'; readonly lengthChars: number; readonly limitChars: number }
  | { readonly code: 'too-deep' }
  | { readonly code: 'too-many-expansions'; readonly limit: number }
  | { readonly code: 'too-slow' }
  | { readonly code: 'unknown-command'; readonly command: string }
  | { readonly code: 'command-refused'; readonly command: string }
  | { readonly code: 'unreadable'; readonly detail: string };

/** Told before each formula is typeset, so that whoever waits knows which one takes too long. */
export interface FormulaRequest {
  readonly tex: string;
  readonly isDisplay: boolean;
}
