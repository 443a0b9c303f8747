import { z } from 'zod';
import type { Json, RunRequest } from '#shared/domain/run.ts';
import type { Ask } from './provider.ts';

/**
 * The body of `POST /v1/responses` for a problem.
 *
 * `store: false`: a run that is not made to outlive this connection gains nothing from OpenAI
 * keeping its question and answer for 30 days. No `max_output_tokens`: a cap would also cut the
 * thinking short. No sampling parameters: reasoning models refuse them. No metadata: nothing of the
 * user's, and without storing nothing could be found by it.
 */
export function responsesBody(ask: Ask, asksForSummary: boolean): Json {
  const reasoning = reasoningOf(ask, asksForSummary);
  return {
    model: ask.choice.model,
    input: ask.question,
    ...(reasoning && { reasoning }),
    stream: true,
    // Padding of every frame against eavesdroppers' guesses; it only costs bytes here.
    stream_options: { include_obfuscation: false },
    store: false,
  };
}

function reasoningOf({ choice, model }: Ask, asksForSummary: boolean): Json | null {
  // Models known not to reason refuse the field itself.
  if (model?.isReasoning === false) return null;
  const wantsSummary = asksForSummary && model?.hasSummaries === true && choice.effort !== 'none';
  if (choice.effort === null && !wantsSummary) return null;
  return {
    ...(choice.effort !== null && { effort: choice.effort }),
    ...(wantsSummary && { summary: 'auto' }),
  };
}

const bodyWithSummary = z.looseObject({ reasoning: z.looseObject({ summary: z.string() }) });

/** The same request without asking for a summary; `null` when it asks for none. */
export function withoutSummary(request: RunRequest): RunRequest | null {
  const parsed = bodyWithSummary.safeParse(request.body);
  if (!parsed.success) return null;
  const { reasoning, ...rest } = parsed.data;
  const { summary: _summary, ...otherReasoning } = reasoning;
  const kept = Object.keys(otherReasoning).length > 0 ? { reasoning: otherReasoning } : {};
  return { ...request, body: jsonValue.parse({ ...rest, ...kept }) };
}

const jsonValue: z.ZodType<Json> = z.json();

const namedModel = z.looseObject({ model: z.string() });

/** The model a kept request names. */
export function modelOf(request: RunRequest): string {
  return namedModel.parse(request.body).model;
}

/** The address in `POST https://…`. */
export function urlOf(request: RunRequest): string {
  return request.endpoint.replace(/^POST /u, '');
}
