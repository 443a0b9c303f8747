import { z } from 'zod';

/** What the server reads of a request; everything else goes into the ledger unread. */
export const responsesBody = z.looseObject({
  model: z.string(),
  stream: z.boolean().nullish(),
  store: z.boolean().nullish(),
  background: z.boolean().nullish(),
  reasoning: z.looseObject({ effort: z.string().nullish(), summary: z.string().nullish() }).nullish(),
});

export const chatBody = z.looseObject({
  model: z.string(),
  stream: z.boolean().nullish(),
  stream_options: z.looseObject({ include_usage: z.boolean().nullish() }).nullish(),
});

export const anyBody = z.looseObject({ model: z.string().catch('') }).catch({ model: '' });
