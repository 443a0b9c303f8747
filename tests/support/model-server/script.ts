import { z } from 'zod';

const durationMs = z.number().min(0).default(0);
const textOrChunks = z.union([z.string(), z.array(z.string())]);

/** Counts the server reports; what a dialect cannot say (Ollama's reasoning tokens, say) it leaves out. */
const usage = z.object({
  inputTokens: z.number().default(12),
  cachedInputTokens: z.number().default(0),
  cacheWriteTokens: z.number().default(0),
  outputTokens: z.number().default(34),
  reasoningTokens: z.number().default(20),
});
export type ScriptUsage = z.infer<typeof usage>;

/** How a server of the field dresses the same answer; only Chat Completions differ. */
export const dialects = [
  'openai',
  'ollama',
  'vllm',
  'llamacpp',
  'deepseek',
  'openrouter',
  'think-tags',
] as const;
export type Dialect = (typeof dialects)[number];

const afterEvents = z.int().min(0);

/** What goes wrong. `afterEvents` counts the frames sent before it does. */
export const faultSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('unauthorized') }),
  /** 401 whose message repeats the key it was sent. */
  z.object({ type: z.literal('echo-key') }),
  z.object({ type: z.literal('forbidden') }),
  z.object({ type: z.literal('not-found-html') }),
  z.object({ type: z.literal('model-not-found') }),
  /** Ollama's words for it: `{"error": {"message": "model … not found, try pulling it first"}}`. */
  z.object({ type: z.literal('model-not-pulled') }),
  z.object({ type: z.literal('rate-limited'), retryAfterSeconds: z.number().nullable().default(7) }),
  z.object({ type: z.literal('quota'), code: z.string().default('insufficient_quota') }),
  z.object({ type: z.literal('server-error'), status: z.int().default(500) }),
  z.object({ type: z.literal('unsupported-parameter'), param: z.string().default('temperature') }),
  /** 400 while the request asks for a reasoning summary; answers when it does not. */
  z.object({ type: z.literal('summaries-refused') }),
  /** The socket is destroyed after exactly so many bytes of the body, or so many frames. */
  z.object({ type: z.literal('cut-bytes'), afterBytes: z.int().min(0) }),
  z.object({ type: z.literal('cut'), afterEvents }),
  /** The socket is destroyed before any header. */
  z.object({ type: z.literal('no-answer') }),
  /** A clean end without the terminal frame. */
  z.object({ type: z.literal('end-early'), afterEvents }),
  /** Silence for so long, then on; `null`: silence until the client goes. */
  z.object({ type: z.literal('stall'), afterEvents, forMs: z.number().nullable().default(null) }),
  z.object({ type: z.literal('garble'), afterEvents }),
  /** Valid JSON whose fields are of other types. */
  z.object({ type: z.literal('wrong-types'), afterEvents }),
  z.object({ type: z.literal('html') }),
  /** 200 with a JSON object that is no answer. */
  z.object({ type: z.literal('other-json') }),
  /** So many characters of answer text, in deltas of 10,000, before the scripted text. */
  z.object({ type: z.literal('huge'), chars: z.int().min(0).default(10_000_000) }),
  /** One line that does not end within so many bytes. */
  z.object({ type: z.literal('long-line'), bytes: z.int().min(0) }),
  /** The terminal frame's usage, written as it stands: `NaN` is not even JSON. */
  z.object({ type: z.literal('usage'), literal: z.string() }),
  z.object({ type: z.literal('usage-missing') }),
  z.object({ type: z.literal('redirect'), to: z.string(), status: z.int().default(307) }),
  z.object({
    type: z.literal('error-event'),
    afterEvents,
    code: z.string().nullable().default('server_error'),
    message: z.string().default('The server had an error while processing your request.'),
  }),
  z.object({
    type: z.literal('failed'),
    code: z.string().default('server_error'),
    message: z.string().default('The model failed to generate a response.'),
  }),
  /** A frame of a type nobody knows, before frame `afterEvents`. */
  z.object({ type: z.literal('unknown-event'), afterEvents }),
  /** Chat Completions without the closing `data: [DONE]`. */
  z.object({ type: z.literal('no-done') }),
  /** Every network write carries so many bytes, wherever frames and characters end. */
  z.object({ type: z.literal('tiny-writes'), bytes: z.int().min(1).default(1) }),
]);
export type Fault = z.infer<typeof faultSchema>;

/** One answer: when each part of it leaves the server, and what it says. */
export const scriptSchema = z.object({
  /** Request received to first sign of work. */
  waitMs: durationMs,
  thinkMs: durationMs,
  writeMs: durationMs,
  /** One chunk a delta; a list is sent as it stands. */
  thinkingText: textOrChunks.default([]),
  /** Headings of reasoning summary parts, spread over the thinking time. */
  headings: z.array(z.string()).default([]),
  /** Thoughts as `reasoning_text` instead of a summary, as open-weight servers send them. */
  rawThinking: z.boolean().default(false),
  text: textOrChunks.default(['The answer ', 'is $42$.']),
  usage: usage.prefault({}),
  finish: z.enum(['stop', 'length', 'content-filter', 'refusal']).default('stop'),
  dialect: z.enum(dialects).default('openai'),
  /** The model as returned; by default the one asked for. */
  modelReturned: z.string().nullable().default(null),
  serviceTier: z.enum(['default', 'flex', 'priority']).default('default'),
  fault: faultSchema.nullable().default(null),
});
export type Script = z.infer<typeof scriptSchema>;
export type ScriptInput = z.input<typeof scriptSchema>;

const listedModel = z.union([
  z.string(),
  z.object({ id: z.string(), shutdownDate: z.string().nullable().default(null) }),
]);

export const optionsSchema = z.object({
  /** The key that is right; `null` takes any and none. */
  key: z.string().nullable().default(null),
  /** Answers by model name. */
  models: z.record(z.string(), scriptSchema).default({}),
  /** Answers for the next requests, whatever their model; used before `models`. */
  queue: z.array(scriptSchema).default([]),
  /** The answer for any other model; `null` knows no other model (404). */
  otherwise: scriptSchema.nullable().prefault({}),
  /** What `GET /models` lists; by default the names in `models`. */
  listed: z.array(listedModel).nullable().default(null),
  /** A fault of `GET /models` itself. */
  listFault: faultSchema.nullable().default(null),
});
export type ServerOptions = z.input<typeof optionsSchema>;

export function chunksOf(text: string | readonly string[]): readonly string[] {
  if (typeof text !== 'string') return text;
  return text === '' ? [] : [text];
}
