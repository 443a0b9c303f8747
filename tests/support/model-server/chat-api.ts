import type { Frame, FrameKind } from './frames.ts';
import { spread } from './frames.ts';
import { chunksOf } from './script.ts';
import type { Script } from './script.ts';

export interface ChatRequest {
  readonly id: string;
  readonly model: string;
  readonly createdAt: number;
  /** `stream_options.include_usage`. */
  readonly wantsUsage: boolean;
}

type Message = Readonly<Record<string, unknown>>;

const finishReasons = {
  stop: 'stop',
  length: 'length',
  'content-filter': 'content_filter',
  refusal: 'stop',
} as const;

/** Usage as each kind of server words it; what it does not know it leaves out or says `null`. */
export function chatUsage(script: Script): Message {
  const { usage, dialect } = script;
  const counts = {
    prompt_tokens: usage.inputTokens,
    completion_tokens: usage.outputTokens,
    total_tokens: usage.inputTokens + usage.outputTokens,
  };
  const reasoning = { completion_tokens_details: { reasoning_tokens: usage.reasoningTokens } };
  const cached = { prompt_tokens_details: { cached_tokens: usage.cachedInputTokens } };
  switch (dialect) {
    case 'ollama':
    case 'think-tags':
      return counts;
    case 'vllm':
      return { ...counts, prompt_tokens_details: null, completion_tokens_details: null };
    case 'llamacpp':
      return { ...counts, ...cached };
    case 'deepseek':
      return {
        ...counts,
        ...reasoning,
        prompt_cache_hit_tokens: usage.cachedInputTokens,
        prompt_cache_miss_tokens: usage.inputTokens - usage.cachedInputTokens,
      };
    case 'openrouter':
      return { ...counts, ...cached, ...reasoning, cost: 0.0012 };
    case 'openai':
      return { ...counts, ...cached, ...reasoning };
  }
}

function thinkingDelta(script: Script, chunk: string): Message | null {
  switch (script.dialect) {
    case 'openai':
      return null;
    case 'ollama':
    case 'vllm':
      return { role: 'assistant', content: '', reasoning: chunk };
    case 'llamacpp':
    case 'deepseek':
      return { role: 'assistant', content: null, reasoning_content: chunk };
    case 'openrouter':
      return {
        role: 'assistant',
        content: '',
        reasoning: chunk,
        reasoning_details: [{ type: 'reasoning.text', text: chunk, index: 0 }],
      };
    case 'think-tags':
      return { content: chunk };
  }
}

/** Thoughts as chunks; servers that leave `<think>` in the content send the tags in pieces of their own. */
function thinkingChunks(script: Script): readonly string[] {
  const chunks = chunksOf(script.thinkingText);
  if (script.dialect !== 'think-tags' || chunks.length === 0) return chunks;
  return ['<th', 'ink>\n', ...chunks, '\n</thi', 'nk>\n\n'];
}

/** The whole stream of one chat completion, in order, each frame with the moment it is due. */
export function chatFrames(request: ChatRequest, script: Script): readonly Frame[] {
  const frames: Frame[] = [];
  const withUsage = request.wantsUsage && script.fault?.type !== 'usage-missing';
  const add = (atMs: number, kind: FrameKind, choices: readonly Message[], more: Message = {}): void => {
    const message = {
      id: request.id,
      object: 'chat.completion.chunk',
      created: request.createdAt,
      model: script.modelReturned ?? request.model,
      system_fingerprint: 'fp_scripted',
      ...(script.dialect === 'openai' ? { service_tier: script.serviceTier } : {}),
      choices,
      ...more,
    };
    frames.push({ atMs, kind, message, wire: `data: ${JSON.stringify(message)}\n\n` });
  };
  const delta = (content: Message, finish: string | null = null): readonly Message[] => [
    { index: 0, delta: content, logprobs: null, finish_reason: finish },
  ];

  const textMs = script.waitMs + script.thinkMs;
  const endMs = textMs + script.writeMs;
  if (script.dialect === 'openai') add(0, 'other', delta({ role: 'assistant', content: '' }));
  const thoughts = thinkingChunks(script);
  for (const [index, atMs] of spread(thoughts.length, script.waitMs, script.thinkMs).entries()) {
    const content = thinkingDelta(script, thoughts[index] ?? '');
    if (content) add(atMs, 'thinking', delta(content));
  }
  const chunks = chunksOf(script.text);
  for (const [index, atMs] of spread(chunks.length, textMs, script.writeMs).entries()) {
    const chunk = chunks[index] ?? '';
    add(atMs, 'text', delta(script.finish === 'refusal' ? { refusal: chunk } : { content: chunk }));
  }
  const timings = script.dialect === 'llamacpp' ? { timings: { prompt_n: 1, predicted_n: 1 } } : {};
  add(endMs, 'terminal', delta({}, finishReasons[script.finish]), timings);
  if (withUsage) add(endMs, 'other', [], { usage: chatUsage(script) });
  if (script.fault?.type !== 'no-done') {
    frames.push({ atMs: endMs, kind: 'other', message: null, wire: 'data: [DONE]\n\n' });
  }
  return frames;
}

/** The same answer in one piece. */
export function chatObject(request: ChatRequest, script: Script): Message {
  const text = chunksOf(script.text).join('');
  const thinking = chunksOf(script.thinkingText).join('');
  const isRefusal = script.finish === 'refusal';
  const thoughts = thinkingDelta(script, thinking);
  const named = thoughts && script.dialect !== 'think-tags' && thinking !== '' ? thoughts : {};
  return {
    id: request.id,
    object: 'chat.completion',
    created: request.createdAt,
    model: script.modelReturned ?? request.model,
    choices: [
      {
        index: 0,
        message: {
          ...named,
          role: 'assistant',
          content: isRefusal ? null : text,
          refusal: isRefusal ? text : null,
        },
        logprobs: null,
        finish_reason: finishReasons[script.finish],
      },
    ],
    ...(script.fault?.type === 'usage-missing' ? {} : { usage: chatUsage(script) }),
  };
}
