import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startModelServer } from '#tests/support/model-server/index.ts';
import type { ModelServer, ServerOptions } from '#tests/support/model-server/index.ts';

let server: ModelServer | null = null;
afterEach(async () => {
  await server?.close();
  server = null;
});

async function started(options: ServerOptions = {}): Promise<ModelServer> {
  server = await startModelServer(options);
  return server;
}
const post = (url: string, body: object, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });

const known = z.looseObject({ id: z.string(), status: z.string() });
const sequenceNumbers = (text: string): readonly number[] =>
  [...text.matchAll(/"sequence_number":(\d+)\}\n/gu)].map((match) => Number(match[1]));

describe('the model server', () => {
  it('sends each part when its script says, to 50 ms', async () => {
    const { url, ledger } = await started();
    const script = { waitMs: 120, thinkMs: 150, writeMs: 80, thinkingText: ['a', 'b'] };
    server?.script({}, script);
    await (await post(`${url}/responses`, { model: 'm', stream: true })).text();
    await (await post(`${url}/responses`, { model: 'm', stream: true })).text();
    const entry = ledger.answers()[1];
    const after = (moment: number | undefined): number => (moment ?? NaN) - (entry?.receivedMs ?? NaN);
    expect(Math.abs(after(entry?.firstSentMs.thinking) - 120)).toBeLessThan(50);
    expect(Math.abs(after(entry?.firstSentMs.text) - 270)).toBeLessThan(50);
    expect(Math.abs(after(entry?.firstSentMs.terminal) - 350)).toBeLessThan(50);
    expect(entry).toMatchObject({ outcome: 'answered', outputTokens: 34, status: 200 });
  });

  it('notes whether a key was right, and never the key', async () => {
    const { url, ledger } = await started({ key: 'sk-right' });
    const statuses: number[] = [];
    for (const key of ['sk-right', 'sk-wrong', null]) {
      const headers = key === null ? {} : { authorization: `Bearer ${key}` };
      statuses.push((await post(`${url}/chat/completions`, { model: 'm' }, headers)).status);
    }
    expect(statuses).toEqual([200, 401, 401]);
    expect(ledger.answers().map(({ key }) => key)).toEqual(['right', 'wrong', 'none']);
    expect(JSON.stringify(ledger.entries())).not.toMatch(/sk-(?:right|wrong)/u);
  });

  it('answers by queue, then by model, then otherwise, or knows no other model', async () => {
    const { url } = await started({ models: { a: { text: 'by model' } }, otherwise: null });
    server?.script({ text: 'by queue' });
    const texts: string[] = [];
    for (const model of ['a', 'a', 'b']) {
      texts.push(await (await post(`${url}/chat/completions`, { model })).text());
    }
    expect(texts[0]).toContain('by queue');
    expect(texts[1]).toContain('by model');
    expect(texts[2]).toContain('model_not_found');
  });

  it('lets a background response be fetched, resumed by sequence number, and run on unwatched', async () => {
    const { url } = await started({ otherwise: { waitMs: 20, writeMs: 60, text: ['a', 'b', 'c', 'd'] } });
    const made = await post(`${url}/responses`, { model: 'm', background: true });
    const { id, status } = known.parse(await made.json());
    expect(status).toBe('in_progress');
    const whole = await (await fetch(`${url}/responses/${id}?stream=true`)).text();
    const numbers = sequenceNumbers(whole);
    expect(numbers).toEqual(numbers.map((_number, index) => index));
    const rest = await (await fetch(`${url}/responses/${id}?stream=true&starting_after=4`)).text();
    expect(sequenceNumbers(rest)).toEqual(numbers.slice(5));
    expect(known.parse(await (await fetch(`${url}/responses/${id}`)).json()).status).toBe('completed');
  });

  it('cancels background responses only', async () => {
    const { url } = await started({ otherwise: { waitMs: 60_000 } });
    const made = await post(`${url}/responses`, { model: 'm', background: true });
    const { id } = known.parse(await made.json());
    const cancelled = await post(`${url}/responses/${id}/cancel`, {});
    expect(known.parse(await cancelled.json()).status).toBe('cancelled');
    server?.script({});
    const plain = await post(`${url}/responses`, { model: 'm' });
    const other = known.parse(await plain.json());
    expect((await post(`${url}/responses/${other.id}/cancel`, {})).status).toBe(400);
    expect((await fetch(`${url}/responses/${other.id}?stream=true`)).status).toBe(400);
    expect((await fetch(`${url}/responses/resp_none`)).status).toBe(404);
  });

  it('runs as a process of its own, with its ledger and scripts over HTTP', async () => {
    const main = fileURLToPath(new URL('../../support/model-server/main.ts', import.meta.url));
    const child = spawn(process.execPath, [main, '--port', '0'], { stdio: ['pipe', 'pipe', 'inherit'] });
    const exited = once(child, 'exit');
    const firstLine: unknown[] = await once(child.stdout.setEncoding('utf8'), 'data');
    const url = String(firstLine[0]).trim();
    const own = url.replace('/v1', '');
    await post(`${own}/_script`, { text: 'from afar' });
    const text = await (await post(`${url}/chat/completions`, { model: 'm' })).text();
    expect(text).toContain('from afar');
    const ledger = z.array(z.looseObject({ path: z.string() }));
    expect(ledger.parse(await (await fetch(`${own}/_ledger`)).json())).toMatchObject([
      { path: '/v1/chat/completions', outcome: 'answered' },
    ]);
    child.stdin.end();
    expect(await exited).toEqual([0, null]);
  });
});
