import type { Frame } from './frames.ts';
import type { Fault, Script } from './script.ts';

/** How a stream ends once its frames are out. */
export type Ending = 'end' | 'destroy' | 'hang';

export interface Plan {
  readonly frames: readonly Frame[];
  readonly ending: Ending;
}

export type Api = 'responses' | 'chat';

const hugeDeltaChars = 10_000;

function foreign(atMs: number, wire: string): Frame {
  return { atMs, kind: 'other', wire, message: null };
}

function textFrame(api: Api, atMs: number, text: string): Frame {
  const message =
    api === 'responses'
      ? {
          type: 'response.output_text.delta',
          item_id: 'msg_huge',
          output_index: 0,
          content_index: 0,
          delta: text,
          logprobs: [],
          sequence_number: 0,
        }
      : {
          id: 'chatcmpl-huge',
          object: 'chat.completion.chunk',
          created: 0,
          model: 'huge',
          choices: [{ index: 0, delta: { content: text }, logprobs: null, finish_reason: null }],
        };
  return { atMs, kind: 'text', message, wire: `data: ${JSON.stringify(message)}\n\n` };
}

function insertAt(frames: readonly Frame[], index: number, extra: readonly Frame[]): readonly Frame[] {
  return [...frames.slice(0, index), ...extra, ...frames.slice(index)];
}

function garbledFrame(api: Api, fault: Fault, atMs: number): Frame {
  switch (fault.type) {
    case 'garble':
      return foreign(atMs, 'data: {"type":"response.output_te\n\n');
    case 'wrong-types':
      return foreign(
        atMs,
        api === 'responses'
          ? 'data: {"type":"response.output_text.delta","delta":{"text":42},"output_index":"zero"}\n\n'
          : 'data: {"id":7,"choices":{"delta":"nothing"}}\n\n',
      );
    default:
      return foreign(
        atMs,
        api === 'responses'
          ? 'event: response.tea.brewed\ndata: {"type":"response.tea.brewed","cups":2,"sequence_number":0}\n\n'
          : 'event: tea\ndata: {"object":"tea.brewed","cups":2}\n\n',
      );
  }
}

function errorFrame(api: Api, atMs: number, fault: Extract<Fault, { type: 'error-event' }>): Frame {
  const { code, message } = fault;
  const body =
    api === 'responses'
      ? { type: 'error', code, message, param: null, sequence_number: 0 }
      : { error: { message, type: code ?? 'server_error', code, param: null } };
  const event = api === 'responses' ? 'event: error\n' : '';
  return { ...foreign(atMs, `${event}data: ${JSON.stringify(body)}\n\n`), message: body };
}

/** Rewrites the terminal frame's usage as it stands in the script, valid JSON or not. */
function withUsageLiteral(frames: readonly Frame[], literal: string): readonly Frame[] {
  return frames.map((frame) => {
    const inResponse = frame.message?.['response'];
    const usage =
      frame.message?.['usage'] ??
      (typeof inResponse === 'object' && inResponse !== null && 'usage' in inResponse
        ? inResponse.usage
        : null);
    if (!usage) return frame;
    return { ...frame, message: null, wire: frame.wire.replace(JSON.stringify(usage), literal) };
  });
}

/** The frames as they are really sent, and how the stream ends, with the script's fault worked in. */
export function planWithFault(api: Api, frames: readonly Frame[], script: Script): Plan {
  const { fault } = script;
  const whole: Plan = { frames, ending: 'end' };
  if (!fault) return whole;
  const dueAt = (index: number): number => frames[Math.min(index, frames.length - 1)]?.atMs ?? 0;
  switch (fault.type) {
    case 'cut':
      return { frames: frames.slice(0, fault.afterEvents), ending: 'destroy' };
    case 'end-early':
      return { frames: frames.slice(0, fault.afterEvents), ending: 'end' };
    case 'stall': {
      const before = frames.slice(0, fault.afterEvents);
      if (fault.forMs === null) return { frames: before, ending: 'hang' };
      const late = fault.forMs;
      const after = frames.slice(fault.afterEvents).map((frame) => ({ ...frame, atMs: frame.atMs + late }));
      return { frames: [...before, ...after], ending: 'end' };
    }
    case 'garble':
    case 'wrong-types':
    case 'unknown-event': {
      const extra = garbledFrame(api, fault, dueAt(fault.afterEvents));
      return { frames: insertAt(frames, fault.afterEvents, [extra]), ending: 'end' };
    }
    case 'error-event': {
      const extra = errorFrame(api, dueAt(fault.afterEvents), fault);
      return { frames: [...frames.slice(0, fault.afterEvents), extra], ending: 'end' };
    }
    case 'huge': {
      const index = frames.findIndex((frame) => frame.wire.includes('_text.delta') || frame.kind === 'text');
      const count = Math.ceil(fault.chars / hugeDeltaChars);
      const delta = textFrame(api, dueAt(index), 'x'.repeat(hugeDeltaChars));
      const extra = Array.from({ length: count }, () => delta);
      return { frames: insertAt(frames, Math.max(index, 0), extra), ending: 'end' };
    }
    case 'long-line': {
      const line = foreign(dueAt(0), `data: ${'x'.repeat(fault.bytes)}`);
      return { frames: [...frames.slice(0, 1), line], ending: 'hang' };
    }
    case 'usage':
      return { frames: withUsageLiteral(frames, fault.literal), ending: 'end' };
    default:
      return whole;
  }
}
