import { z } from 'zod';
import { modelChoice } from '#shared/contract/schemas.ts';
import { assertNever } from '#shared/domain/failure.ts';
import type { Failure } from '#shared/domain/failure.ts';
import { brand } from '#shared/domain/ids.ts';
import type { CellId, NotebookId, RunId } from '#shared/domain/ids.ts';
import type { PriceList } from '#shared/domain/money.ts';
import type { Json, Run, RunReceipt, RunRequest, RunState } from '#shared/domain/run.ts';
import type { RunTimes, ThinkingHeading } from '#shared/domain/time.ts';
import type { CheckedTable } from '../store/index.ts';
import { phaseOf } from './state.ts';

const text = z.string();
const textOrNull = z.string().nullable();
const count = z.int();
const countOrNull = z.int().nullable();

/** A run as the table `run` holds it. Lists and objects are JSON text. */
export const runRow = z.object({
  id: text.transform((id) => brand<RunId>(id)),
  notebook_id: text.transform((id) => brand<NotebookId>(id)),
  cell_id: text.transform((id) => brand<CellId>(id)),
  created_at: count,
  origin: z.enum(['here', 'recorded']),
  question: text,
  provider: text,
  model: text,
  effort: textOrNull,
  endpoint: text,
  request_body: text,
  prices: textOrNull,
  state: z.enum(['queued', 'running', 'completed', 'failed', 'cancelled', 'interrupted']),
  sent_at: countOrNull,
  ended_at: countOrNull,
  first_sign_ms: countOrNull,
  first_thinking_ms: countOrNull,
  first_text_ms: countOrNull,
  wait_ms: countOrNull,
  thinking_ms: countOrNull,
  writing_ms: countOrNull,
  total_ms: countOrNull,
  finish: z.enum(['stop', 'length', 'content-filter', 'refusal', 'other']).nullable(),
  failure: textOrNull,
  answer: text,
  thinking: text,
  headings: text,
  response_id: textOrNull,
  request_id: textOrNull,
  model_returned: textOrNull,
  service_tier: textOrNull,
  input_tokens: countOrNull,
  cached_input_tokens: countOrNull,
  cache_write_tokens: countOrNull,
  output_tokens: countOrNull,
  reasoning_tokens: countOrNull,
  cost_nano_usd: countOrNull,
  checked_by: textOrNull,
});
export type RunRow = z.infer<typeof runRow>;
type RunColumn = keyof RunRow;

export const runTable: CheckedTable<RunColumn> = {
  table: 'run',
  key: ['id'],
  // The order of the schema above, which therefore must never be changed: the checksum depends on it.
  columns: Object.keys(runRow.shape).filter((name): name is RunColumn => name in runRow.shape),
};

/** A piece of what a run under way has brought, in the order of `seq`. */
export const deltaRow = z.object({
  run_id: text,
  seq: count,
  kind: z.enum(['thinking', 'text', 'heading']),
  text,
  at_ms: count,
});
export type DeltaRow = z.infer<typeof deltaRow>;

export const deltaTable: CheckedTable<keyof DeltaRow> = {
  table: 'run_delta',
  key: ['run_id', 'seq'],
  columns: ['run_id', 'seq', 'kind', 'text', 'at_ms'],
};

const failureValue = z.custom<Failure>(
  (value) => typeof value === 'object' && value !== null && 'code' in value && 'params' in value,
);
const headingsValue: z.ZodType<readonly ThinkingHeading[]> = z.array(z.object({ atMs: count, text }));
const pricesValue: z.ZodType<PriceList> = z.object({
  inputUsd: z.number().nullable(),
  cachedInputUsd: z.number().nullable(),
  cacheWriteUsd: z.number().nullable(),
  outputUsd: z.number().nullable(),
  longContext: z
    .object({
      thresholdInputTokens: z.number(),
      inputMultiplier: z.number(),
      cachedInputMultiplier: z.number(),
      outputMultiplier: z.number(),
    })
    .nullable(),
  readDate: text,
});
const jsonValue: z.ZodType<Json> = z.json();

/** What a run that was just stored is made of; the rest of it changes while it is under way. */
export function runToRow(run: Run): RunRow {
  return {
    id: run.id,
    notebook_id: run.notebookId,
    cell_id: run.cellId,
    created_at: run.createdAt,
    origin: run.origin,
    question: run.question,
    provider: run.choice.provider,
    model: run.choice.model,
    effort: run.choice.effort,
    ...requestToColumns(run.request),
    prices: run.prices === null ? null : JSON.stringify(run.prices),
    ...noState,
    ...stateToColumns(run),
    answer: run.answer,
    thinking: run.thinking,
    headings: JSON.stringify(run.headings),
    ...receiptToColumns(run.receipt),
  };
}

/** Throws when the row is not one that `runToRow` and the two converters below make. */
export function rowToRun(row: RunRow): Run {
  return {
    ...columnsToState(row),
    id: row.id,
    notebookId: row.notebook_id,
    cellId: row.cell_id,
    question: row.question,
    choice: modelChoice.parse({ provider: row.provider, model: row.model, effort: row.effort }),
    request: { endpoint: row.endpoint, body: jsonValue.parse(JSON.parse(row.request_body)) },
    prices: row.prices === null ? null : pricesValue.parse(JSON.parse(row.prices)),
    createdAt: row.created_at,
    origin: row.origin,
    answer: row.answer,
    thinking: row.thinking,
    headings: headingsValue.parse(JSON.parse(row.headings)),
    receipt: columnsToReceipt(row),
  };
}

const noState = {
  sent_at: null,
  ended_at: null,
  first_sign_ms: null,
  first_thinking_ms: null,
  first_text_ms: null,
  wait_ms: null,
  thinking_ms: null,
  writing_ms: null,
  total_ms: null,
  finish: null,
  failure: null,
};

/** The columns that a state sets. An end leaves the marks of the running run in place. */
export function stateToColumns(state: RunState): Pick<RunRow, 'state'> & Partial<RunRow> {
  switch (state.state) {
    case 'queued':
      return { state: 'queued' };
    case 'running':
      return {
        state: 'running',
        sent_at: state.sentAt,
        first_sign_ms: state.marks.firstSignMs,
        first_thinking_ms: state.marks.firstThinkingMs,
        first_text_ms: state.marks.firstTextMs,
      };
    case 'completed':
      return { ...endToColumns(state), finish: state.finish };
    case 'failed':
    case 'interrupted':
      return { ...endToColumns(state), failure: JSON.stringify(state.failure) };
    case 'cancelled':
      return endToColumns(state);
    default:
      return assertNever(state);
  }
}

function endToColumns(state: Exclude<RunState, { state: 'queued' | 'running' }>) {
  return {
    state: state.state,
    sent_at: state.sentAt,
    ended_at: state.endedAt,
    wait_ms: state.times.waitMs,
    thinking_ms: state.times.thinkingMs,
    writing_ms: state.times.writingMs,
    total_ms: state.times.totalMs,
  };
}

function columnsToState(row: RunRow): RunState {
  switch (row.state) {
    case 'queued':
      return { state: 'queued' };
    case 'running': {
      const {
        first_sign_ms: firstSignMs,
        first_thinking_ms: firstThinkingMs,
        first_text_ms: firstTextMs,
      } = row;
      const marks = { firstSignMs, firstThinkingMs, firstTextMs };
      return { state: 'running', sentAt: present(row.sent_at), phase: phaseOf(marks), marks };
    }
    case 'completed':
      return {
        state: 'completed',
        sentAt: present(row.sent_at),
        endedAt: present(row.ended_at),
        times: columnsToTimes(row),
        finish: present(row.finish),
      };
    case 'failed':
    case 'interrupted':
      return {
        state: row.state,
        sentAt: row.sent_at,
        endedAt: present(row.ended_at),
        times: columnsToTimes(row),
        failure: failureValue.parse(JSON.parse(present(row.failure))),
      };
    case 'cancelled':
      return {
        state: 'cancelled',
        sentAt: row.sent_at,
        endedAt: present(row.ended_at),
        times: columnsToTimes(row),
      };
    default:
      return assertNever(row.state);
  }
}

function columnsToTimes(row: RunRow): RunTimes {
  return {
    waitMs: row.wait_ms,
    thinkingMs: row.thinking_ms,
    writingMs: row.writing_ms,
    totalMs: row.total_ms,
  };
}

export function requestToColumns({ endpoint, body }: RunRequest) {
  return { endpoint, request_body: JSON.stringify(body) };
}

export function receiptToColumns(receipt: RunReceipt) {
  return {
    response_id: receipt.responseId,
    request_id: receipt.requestId,
    model_returned: receipt.modelReturned,
    service_tier: receipt.serviceTier,
    input_tokens: receipt.usage.inputTokens,
    cached_input_tokens: receipt.usage.cachedInputTokens,
    cache_write_tokens: receipt.usage.cacheWriteTokens,
    output_tokens: receipt.usage.outputTokens,
    reasoning_tokens: receipt.usage.reasoningTokens,
    cost_nano_usd: receipt.costNanoUsd,
    checked_by: receipt.checkedBy,
  };
}

function columnsToReceipt(row: RunRow): RunReceipt {
  return {
    responseId: row.response_id,
    requestId: row.request_id,
    modelReturned: row.model_returned,
    serviceTier: row.service_tier,
    usage: {
      inputTokens: row.input_tokens,
      cachedInputTokens: row.cached_input_tokens,
      cacheWriteTokens: row.cache_write_tokens,
      outputTokens: row.output_tokens,
      reasoningTokens: row.reasoning_tokens,
    },
    costNanoUsd: row.cost_nano_usd,
    checkedBy: row.checked_by,
  };
}

function present<Value>(value: Value | null): Value {
  if (value === null) throw new Error('A stored run lacks a column that its state needs');
  return value;
}
