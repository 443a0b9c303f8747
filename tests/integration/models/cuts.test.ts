import { describe, expect, it } from 'vitest';
import type { Fetch } from '#backend/models/index.ts';
import { chatFrames } from '#tests/support/model-server/chat-api.ts';
import type { Frame } from '#tests/support/model-server/frames.ts';
import { responsesFrames } from '#tests/support/model-server/responses-api.ts';
import { scriptSchema } from '#tests/support/model-server/script.ts';
import type { Dialect } from '#tests/support/model-server/index.ts';
import { ask, modelsAt } from './provider-setup.ts';
import type { Answer, Network } from './provider-setup.ts';

interface Recorded {
  readonly name: string;
  readonly provider: Network;
  readonly bytes: Uint8Array;
  /** Where each frame's JSON ends, and the text shown by then. */
  readonly steps: readonly { readonly endsAt: number; readonly text: string }[];
  /** From this byte on the answer is complete. */
  readonly completeAt: number;
}

const pieces = ['Die Lösung: ', '$\\int_0^\\infty e^{-x}\\,dx = 1$', ' 🎓'];
const script = {
  thinkMs: 1,
  headings: ['Erwägung'],
  thinkingText: ['Zuerst ', 'dann'],
  text: pieces,
};

function record(
  name: string,
  provider: Network,
  frames: readonly Frame[],
  textOf: (frame: Frame) => string,
): Recorded {
  const encoder = new TextEncoder();
  const steps: { endsAt: number; text: string }[] = [];
  let endsAt = 0;
  let text = '';
  let completeAt = Infinity;
  for (const frame of frames) {
    endsAt += encoder.encode(frame.wire).length;
    text += textOf(frame);
    // Without the two line ends: a frame counts from the last brace of its JSON on.
    steps.push({ endsAt: endsAt - 2, text });
    if (frame.kind === 'terminal') completeAt = endsAt - 2;
  }
  return {
    name,
    provider,
    steps,
    completeAt,
    bytes: encoder.encode(frames.map(({ wire }) => wire).join('')),
  };
}

const responseStream = record(
  'Responses',
  'openai',
  responsesFrames(
    {
      id: 'resp_1',
      model: 'm',
      createdAt: 0,
      effort: null,
      summary: 'auto',
      store: false,
      background: false,
    },
    scriptSchema.parse(script),
  ),
  ({ message }) => (message?.['type'] === 'response.output_text.delta' ? String(message['delta']) : ''),
);

function chatStream(dialect: Dialect): Recorded {
  const frames = chatFrames(
    { id: 'chatcmpl-1', model: 'm', createdAt: 0, wantsUsage: true },
    scriptSchema.parse({ ...script, headings: [], dialect }),
  );
  return record(`Chat Completions, ${dialect}`, 'compatible', frames, ({ kind, wire }) => {
    const content = /"delta":\{"content":"((?:[^"\\]|\\.)*)"\}/u.exec(wire)?.[1];
    return kind === 'text' && content !== undefined ? String(JSON.parse(`"${content}"`)) : '';
  });
}

/** A server whose connection carries exactly these bytes and then closes, or breaks. */
function cutAfter(bytes: Uint8Array, end: 'closes' | 'breaks'): { fetch: Fetch; requests: () => number } {
  let requests = 0;
  const fetch: Fetch = () => {
    requests += 1;
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        // In three pieces: how they are cut must not matter either.
        const third = Math.ceil(bytes.length / 3);
        for (let at = 0; at < bytes.length; at += third) controller.enqueue(bytes.slice(at, at + third));
        if (end === 'closes') controller.close();
      },
      pull: (controller) => {
        if (end === 'breaks') controller.error(new TypeError('terminated'));
      },
    });
    return Promise.resolve(new Response(body, { headers: { 'content-type': 'text/event-stream' } }));
  };
  return { fetch, requests: () => requests };
}

describe.each([responseStream, chatStream('openai'), chatStream('ollama'), chatStream('think-tags')])(
  'a recorded stream ($name)',
  (recorded) => {
    it('keeps, wherever it ends, exactly the text that had come, and is complete only when it was', async () => {
      let next = cutAfter(recorded.bytes, 'closes');
      const setup = modelsAt('http://127.0.0.1:1/v1', { fetch: (input, init) => next.fetch(input, init) });
      for (let cut = 0; cut <= recorded.bytes.length; cut += 1) {
        next = cutAfter(recorded.bytes.slice(0, cut), cut % 2 === 0 ? 'closes' : 'breaks');
        const answer = await ask(setup, recorded.provider);
        expect(problemWith(recorded, cut, answer, next.requests())).toBeNull();
      }
    }, 60_000);
  },
);

/** One string a cut, instead of five assertions each. */
function problemWith(recorded: Recorded, cut: number, answer: Answer, requests: number): string | null {
  const text = recorded.steps.findLast(({ endsAt }) => endsAt <= cut)?.text ?? '';
  const isDone = answer.events.some(({ type }) => type === 'done');
  if (answer.failure) return `cut at ${cut}: failed with ${answer.failure.code}`;
  // Broken off inside it, nobody can tell a tag from an answer: it is kept.
  const isHalfTag = text === '' && answer.text === '<th' && recorded.name.endsWith('think-tags');
  if (answer.text !== text && !isHalfTag) return `cut at ${cut}: text ${answer.text} instead of ${text}`;
  if (isDone !== cut >= recorded.completeAt) return `cut at ${cut}: done is ${isDone}`;
  if (requests !== 1) return `cut at ${cut}: ${requests} requests`;
  return null;
}

it('the recorded streams hold the whole answer, so that the cuts above mean something', () => {
  for (const { steps, bytes, completeAt } of [responseStream, chatStream('think-tags')]) {
    expect(steps.at(-1)?.text).toBe(pieces.join(''));
    expect(completeAt).toBeLessThan(bytes.length);
  }
});
