import type { ModelChoice } from './model.ts';

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

export interface Settings {
  readonly theme: Theme;
  /** What a new notebook's problems are run with. */
  readonly defaultChoice: ModelChoice;
  /** `null`: `OPENAI_BASE_URL`, else OpenAI's own address. */
  readonly openaiBaseUrl: string | null;
  /** Such as `http://127.0.0.1:11434/v1`; `null` until one is set. */
  readonly compatibleBaseUrl: string | null;
}
