import type { Frame, FrameKind } from './frames.ts';
import { spread } from './frames.ts';
import { chunksOf } from './script.ts';
import type { Script } from './script.ts';

export interface ResponsesRequest {
  readonly id: string;
  readonly model: string;
  readonly createdAt: number;
  readonly effort: string | null;
  readonly summary: string | null;
  readonly store: boolean;
  readonly background: boolean;
}

type Message = Readonly<Record<string, unknown>>;

/** A response object in the form of OpenAI's published schema. */
export function responseObject(
  request: ResponsesRequest,
  script: Script,
  status: string,
  output: readonly Message[],
  more: Message = {},
): Message {
  return {
    id: request.id,
    object: 'response',
    created_at: request.createdAt,
    status,
    background: request.background,
    completed_at: null,
    error: null,
    incomplete_details: null,
    instructions: null,
    max_output_tokens: null,
    model: script.modelReturned ?? request.model,
    output,
    parallel_tool_calls: true,
    previous_response_id: null,
    reasoning: { effort: request.effort, summary: request.summary },
    service_tier: script.serviceTier,
    store: request.store,
    temperature: 1,
    text: { format: { type: 'text' } },
    tool_choice: 'auto',
    tools: [],
    top_p: 1,
    truncation: 'disabled',
    metadata: {},
    ...more,
  };
}

function usageObject(script: Script): Message {
  const { usage } = script;
  return {
    input_tokens: usage.inputTokens,
    input_tokens_details: {
      cached_tokens: usage.cachedInputTokens,
      cache_write_tokens: usage.cacheWriteTokens,
    },
    output_tokens: usage.outputTokens,
    output_tokens_details: { reasoning_tokens: usage.reasoningTokens },
    total_tokens: usage.inputTokens + usage.outputTokens,
  };
}

/** Collects frames and numbers them as the API does. */
function frameList(): { frames: Frame[]; add: (atMs: number, kind: FrameKind, message: Message) => void } {
  const frames: Frame[] = [];
  const add = (atMs: number, kind: FrameKind, message: Message): void => {
    const numbered = { ...message, sequence_number: frames.length };
    frames.push({
      atMs,
      kind,
      message: numbered,
      wire: `event: ${String(message['type'])}\ndata: ${JSON.stringify(numbered)}\n\n`,
    });
  };
  return { frames, add };
}

type Add = ReturnType<typeof frameList>['add'];

/** The chunks of each summary part: its heading as a bold line, broken inside, then its text. */
function summaryParts(script: Script): readonly (readonly string[])[] {
  const chunks = chunksOf(script.thinkingText);
  if (script.headings.length === 0) return chunks.length > 0 ? [chunks] : [];
  return script.headings.map((heading, index) => {
    const middle = Math.ceil(heading.length / 2);
    const body = index === script.headings.length - 1 ? chunks.slice(index) : chunks.slice(index, index + 1);
    return [`**${heading.slice(0, middle)}`, `${heading.slice(middle)}**`, '\n\n', ...body];
  });
}

function addSummary(add: Add, script: Script, itemId: string): Message {
  const parts = summaryParts(script);
  const place = { item_id: itemId, output_index: 0 };
  const summary: Message[] = [];
  const starts = spread(parts.length, script.waitMs, script.thinkMs);
  for (const [index, chunks] of parts.entries()) {
    const startMs = starts[index] ?? script.waitMs;
    const at = { ...place, summary_index: index };
    const text = chunks.join('');
    add(startMs, 'thinking', {
      type: 'response.reasoning_summary_part.added',
      ...at,
      part: { type: 'summary_text', text: '' },
    });
    for (const [chunk, atMs] of zip(chunks, spread(chunks.length, startMs, script.thinkMs / parts.length))) {
      add(atMs, 'thinking', { type: 'response.reasoning_summary_text.delta', ...at, delta: chunk });
    }
    const endMs = startMs + script.thinkMs / parts.length;
    add(endMs, 'thinking', { type: 'response.reasoning_summary_text.done', ...at, text });
    add(endMs, 'thinking', {
      type: 'response.reasoning_summary_part.done',
      ...at,
      part: { type: 'summary_text', text },
    });
    summary.push({ type: 'summary_text', text });
  }
  return { type: 'reasoning', id: itemId, summary };
}

function addRawThinking(add: Add, script: Script, itemId: string): Message {
  const chunks = chunksOf(script.thinkingText);
  const at = { item_id: itemId, output_index: 0, content_index: 0 };
  for (const [chunk, atMs] of zip(chunks, spread(chunks.length, script.waitMs, script.thinkMs))) {
    add(atMs, 'thinking', { type: 'response.reasoning_text.delta', ...at, delta: chunk });
  }
  const text = chunks.join('');
  add(script.waitMs + script.thinkMs, 'thinking', { type: 'response.reasoning_text.done', ...at, text });
  return { type: 'reasoning', id: itemId, summary: [], content: [{ type: 'reasoning_text', text }] };
}

function addThinking(add: Add, request: ResponsesRequest, script: Script): Message {
  const id = `rs_${request.id}`;
  const empty = { type: 'reasoning', id, summary: [] };
  add(script.waitMs, 'thinking', { type: 'response.output_item.added', output_index: 0, item: empty });
  let item: Message = empty;
  if (script.rawThinking) item = addRawThinking(add, script, id);
  else if (request.summary !== null) item = addSummary(add, script, id);
  const endMs = script.waitMs + script.thinkMs;
  add(endMs, 'thinking', { type: 'response.output_item.done', output_index: 0, item });
  return item;
}

function addText(add: Add, request: ResponsesRequest, script: Script, outputIndex: number): Message {
  const isRefusal = script.finish === 'refusal';
  const startMs = script.waitMs + script.thinkMs;
  const endMs = startMs + script.writeMs;
  const id = `msg_${request.id}`;
  const chunks = chunksOf(script.text);
  const text = chunks.join('');
  const at = { item_id: id, output_index: outputIndex, content_index: 0 };
  const part = (content: string): Message =>
    isRefusal
      ? { type: 'refusal', refusal: content }
      : { type: 'output_text', text: content, annotations: [], logprobs: [] };
  const message = (status: string, content: readonly Message[]): Message => {
    return { id, type: 'message', status, role: 'assistant', content };
  };
  add(startMs, 'text', {
    type: 'response.output_item.added',
    output_index: outputIndex,
    item: message('in_progress', []),
  });
  add(startMs, 'text', { type: 'response.content_part.added', ...at, part: part('') });
  for (const [chunk, atMs] of zip(chunks, spread(chunks.length, startMs, script.writeMs))) {
    add(
      atMs,
      'text',
      isRefusal
        ? { type: 'response.refusal.delta', ...at, delta: chunk }
        : { type: 'response.output_text.delta', ...at, delta: chunk, logprobs: [] },
    );
  }
  add(
    endMs,
    'text',
    isRefusal
      ? { type: 'response.refusal.done', ...at, refusal: text }
      : { type: 'response.output_text.done', ...at, text, logprobs: [] },
  );
  add(endMs, 'text', { type: 'response.content_part.done', ...at, part: part(text) });
  const isCut = script.finish === 'length' || script.finish === 'content-filter';
  const item = message(isCut ? 'incomplete' : 'completed', [part(text)]);
  add(endMs, 'text', { type: 'response.output_item.done', output_index: outputIndex, item });
  return item;
}

function addTerminal(add: Add, request: ResponsesRequest, script: Script, output: readonly Message[]): void {
  const endMs = script.waitMs + script.thinkMs + script.writeMs;
  const usage = script.fault?.type === 'usage-missing' ? {} : { usage: usageObject(script) };
  const finished = (status: string, more: Message): Message =>
    responseObject(request, script, status, output, { ...usage, ...more });
  if (script.fault?.type === 'failed') {
    const error = { code: script.fault.code, message: script.fault.message };
    add(endMs, 'terminal', { type: 'response.failed', response: finished('failed', { error }) });
  } else if (script.finish === 'length' || script.finish === 'content-filter') {
    const reason = script.finish === 'length' ? 'max_output_tokens' : 'content_filter';
    const response = finished('incomplete', { incomplete_details: { reason } });
    add(endMs, 'terminal', { type: 'response.incomplete', response });
  } else {
    const response = finished('completed', { completed_at: request.createdAt + Math.ceil(endMs / 1000) });
    add(endMs, 'terminal', { type: 'response.completed', response });
  }
}

/** The whole stream of one response, in order, each frame with the moment it is due. */
export function responsesFrames(request: ResponsesRequest, script: Script): readonly Frame[] {
  const { frames, add } = frameList();
  const opened = (status: string): Message => responseObject(request, script, status, []);
  add(0, 'accepted', { type: 'response.created', response: opened('in_progress') });
  add(0, 'accepted', { type: 'response.in_progress', response: opened('in_progress') });
  const output: Message[] = [];
  const thinks = script.thinkMs > 0 || script.headings.length > 0 || chunksOf(script.thinkingText).length > 0;
  if (thinks) output.push(addThinking(add, request, script));
  if (chunksOf(script.text).length > 0) output.push(addText(add, request, script, output.length));
  addTerminal(add, request, script, output);
  return frames;
}

function* zip(chunks: readonly string[], moments: readonly number[]): Generator<[string, number]> {
  for (const [index, chunk] of chunks.entries()) yield [chunk, moments[index] ?? 0];
}
