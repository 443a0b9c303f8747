import { z } from 'zod';
import { themes } from '../domain/settings.ts';
import type { Settings } from '../domain/settings.ts';
import { procedure } from './base.ts';
import { limits, modelChoice, notebookId, write } from './schemas.ts';

const settingsValue = z.custom<Settings>();
const url = z.string().max(limits.urlChars).nullable();

export const settings = {
  get: procedure.output(settingsValue),
  /** What is absent stays as it is. */
  update: procedure
    .input(
      write.extend({
        theme: z.enum(themes).optional(),
        defaultChoice: modelChoice.optional(),
        openaiBaseUrl: url.optional(),
        compatibleBaseUrl: url.optional(),
      }),
    )
    .output(settingsValue),
};

export const app = {
  info: procedure.output(
    z.object({
      version: z.string(),
      libraryPath: z.string(),
      canPrintPdf: z.boolean(),
      /** The backend's clock when it answered: windows show running times against it. */
      utcMs: z.number(),
    }),
  ),
  /** Text to paste into a report: versions, platform, state; no key and no word of the user's. */
  diagnostics: procedure.output(z.object({ text: z.string() })),
};

export const exchange = {
  /** Each file becomes a notebook; none is made when one of them cannot be read. */
  importMarkdown: procedure
    .input(
      write.extend({
        files: z
          .array(z.object({ name: z.string().max(1_000), text: z.string() }))
          .min(1)
          .max(100),
      }),
    )
    .output(z.array(z.object({ notebookId, title: z.string(), cells: z.int() }))),
  /** The PDF's bytes in base64, and a file name made from the title. */
  exportPdf: procedure
    .input(z.object({ notebookId }))
    .output(z.object({ fileName: z.string(), base64: z.string() })),
};
