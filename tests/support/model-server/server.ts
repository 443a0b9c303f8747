import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { performance } from 'node:perf_hooks';
import { chatFrames, chatObject } from './chat-api.ts';
import { planWithFault } from './faults.ts';
import type { Api } from './faults.ts';
import type { Frame } from './frames.ts';
import { keySeen, newEntry, parsed, readBody } from './incoming.ts';
import { createLedger } from './ledger.ts';
import type { Ledger, OpenEntry } from './ledger.ts';
import { moment, play } from './player.ts';
import { apiError, json, keyRefused, modelNotFound, refusalFor } from './refusals.ts';
import type { Reply } from './refusals.ts';
import { anyBody, chatBody, responsesBody } from './requests.ts';
import { responseObject, responsesFrames } from './responses-api.ts';
import type { ResponsesRequest } from './responses-api.ts';
import { optionsSchema, scriptSchema } from './script.ts';
import type { Script, ScriptInput, ServerOptions } from './script.ts';

export interface ModelServer {
  /** `http://127.0.0.1:PORT/v1` */
  readonly url: string;
  readonly ledger: Ledger;
  /** Answers the next requests with these, in order, whatever their model. */
  script(...next: readonly ScriptInput[]): void;
  /** Answers every request for `model` with this from now on. */
  scriptModel(model: string, script: ScriptInput): void;
  close(): Promise<void>;
}

interface Kept {
  readonly request: ResponsesRequest;
  readonly script: Script;
  readonly frames: readonly Frame[];
  readonly startedMs: number;
  cancelled: boolean;
  readonly stop: AbortController;
}

interface Call {
  readonly entry: OpenEntry;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly body: unknown;
  readonly url: URL;
  /** Aborted when the client left or the server closes. */
  readonly signal: AbortSignal;
}

/**
 * A model server as the field knows them, scripted: OpenAI's Responses API and Chat Completions in
 * the dialects of local servers, over real HTTP on 127.0.0.1, with a ledger of all it saw and sent.
 */
export async function startModelServer(options: ServerOptions = {}, port = 0): Promise<ModelServer> {
  const settings = optionsSchema.parse(options);
  const { ledger, open, changed } = createLedger();
  const closing = new AbortController();
  const responses = new Map<string, Kept>();

  const nextScript = (model: string): Script | null =>
    settings.queue.shift() ?? settings.models[model] ?? settings.otherwise;

  const server = createServer((request, response) => {
    void answer(request, response).catch((error: unknown) => {
      response.destroy(error instanceof Error ? error : new Error(String(error)));
    });
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const receivedMs = performance.now();
    const gone = new AbortController();
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const entry = newEntry(request, url, receivedMs, keySeen(request, settings.key));
    const isOwn = url.pathname.startsWith('/_');
    response.once('close', () => {
      entry.endedMs = performance.now();
      if (entry.outcome === 'under-way') entry.outcome = 'client-aborted';
      gone.abort();
      changed();
    });
    const text = await readBody(request);
    entry.body = parsed(text);
    if (!isOwn) open(entry);
    const signal = AbortSignal.any([gone.signal, closing.signal]);
    await route({ entry, request, response, body: entry.body, url, signal });
    changed();
  }

  async function route(call: Call): Promise<void> {
    const { entry, url } = call;
    const path = url.pathname;
    const method = call.request.method ?? 'GET';
    if (path === '/_ledger') return reply(call, json(200, ledger.entries()));
    if (path === '/_script' && method === 'POST') {
      settings.queue.push(scriptSchema.parse(call.body));
      return reply(call, json(200, { queued: settings.queue.length }));
    }
    if (entry.key !== 'right') return reply(call, keyRefused());
    if (method === 'GET' && path === '/v1/models') return listModels(call);
    if (method === 'POST' && path === '/v1/responses') return createResponse(call);
    if (method === 'POST' && path === '/v1/chat/completions') return createChat(call);
    const single = /^\/v1\/responses\/([^/]+)(\/cancel)?$/u.exec(path);
    if (single) return knownResponse(call, single[1] ?? '', single[2] !== undefined);
    return reply(
      call,
      apiError(404, { message: `Invalid URL (${method} ${path})`, type: 'invalid_request_error' }),
    );
  }

  function listModels(call: Call): void {
    const refusal = refusalFor(settings.listFault, refused(call));
    if (refusal) return reply(call, refusal);
    const listed = settings.listed ?? Object.keys(settings.models);
    const data = listed.map((item) => ({
      id: typeof item === 'string' ? item : item.id,
      object: 'model',
      created: 1_700_000_000,
      owned_by: 'scripted',
      ...(typeof item === 'string' ? {} : { shutdown_date: item.shutdownDate }),
    }));
    return reply(call, json(200, { object: 'list', data }));
  }

  function refused(call: Call): { model: string; authorization: string; asksForSummary: boolean } {
    const body = responsesBody.safeParse(call.body);
    return {
      model: anyBody.parse(call.body).model,
      authorization: call.request.headers.authorization ?? '',
      asksForSummary: body.success && (body.data.reasoning?.summary ?? null) !== null,
    };
  }

  /** The script for this call, unless the call was answered (or broken) at once. */
  function accept(call: Call): Script | null {
    const about = refused(call);
    const script = nextScript(about.model);
    if (!script) {
      reply(call, modelNotFound(about.model));
      return null;
    }
    if (script.fault?.type === 'no-answer') {
      call.entry.outcome = 'cut';
      call.response.destroy();
      return null;
    }
    const refusal = refusalFor(script.fault, about);
    if (refusal) reply(call, refusal);
    return refusal ? null : script;
  }

  async function createResponse(call: Call): Promise<void> {
    const body = responsesBody.safeParse(call.body);
    if (!body.success) return reply(call, badBody(body.error.message));
    const script = accept(call);
    if (!script) return;
    const request: ResponsesRequest = {
      id: `resp_${randomUUID().replaceAll('-', '')}`,
      model: body.data.model,
      createdAt: Math.floor(Date.now() / 1000),
      effort: body.data.reasoning?.effort ?? null,
      summary: body.data.reasoning?.summary ?? null,
      store: body.data.store ?? true,
      background: body.data.background ?? false,
    };
    const frames = responsesFrames(request, script);
    const startedMs = call.entry.receivedMs;
    const kept: Kept = { request, script, frames, startedMs, cancelled: false, stop: new AbortController() };
    if (request.store) responses.set(request.id, kept);
    if (body.data.stream) return stream(call, 'responses', frames, script, kept);
    if (request.background) return reply(call, json(200, stateOf(kept)));
    if (await moment(startedMs + endMsOf(frames), call.signal)) reply(call, json(200, lastResponse(frames)));
  }

  async function createChat(call: Call): Promise<void> {
    const body = chatBody.safeParse(call.body);
    if (!body.success) return reply(call, badBody(body.error.message));
    const script = accept(call);
    if (!script) return;
    const request = {
      id: `chatcmpl-${randomUUID()}`,
      model: body.data.model,
      createdAt: Math.floor(Date.now() / 1000),
      wantsUsage: body.data.stream_options?.include_usage ?? false,
    };
    const frames = chatFrames(request, script);
    if (body.data.stream) return stream(call, 'chat', frames, script, null);
    if (await moment(call.entry.receivedMs + endMsOf(frames), call.signal)) {
      reply(call, json(200, chatObject(request, script)));
    }
  }

  async function stream(
    call: Call,
    api: Api,
    frames: readonly Frame[],
    script: Script,
    kept: Kept | null,
  ): Promise<void> {
    const { entry, response } = call;
    response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache',
      'x-request-id': `req_${entry.id}`,
    });
    response.flushHeaders();
    entry.status = 200;
    entry.headersSentMs = performance.now();
    const signal = kept ? AbortSignal.any([call.signal, kept.stop.signal]) : call.signal;
    const startedMs = kept?.startedMs ?? entry.receivedMs;
    const plan = planWithFault(api, frames, script);
    await play({ response, plan, fault: script.fault, startedMs, entry, noted: changed, signal });
    if (kept?.cancelled) response.end();
  }

  async function knownResponse(call: Call, id: string, isCancel: boolean): Promise<void> {
    const kept = responses.get(id);
    if (!kept) {
      const message = `Response with id '${id}' not found.`;
      return reply(call, apiError(404, { message, type: 'invalid_request_error' }));
    }
    if (isCancel || call.url.searchParams.get('stream') === 'true') {
      if (!kept.request.background) {
        const message = 'This response cannot be streamed because it was not created with background=true.';
        return reply(call, apiError(400, { message, type: 'invalid_request_error' }));
      }
    }
    if (isCancel) {
      kept.cancelled ||= performance.now() < kept.startedMs + endMsOf(kept.frames);
      if (kept.cancelled) kept.stop.abort();
    } else if (call.url.searchParams.get('stream') === 'true') {
      const after = Number(call.url.searchParams.get('starting_after') ?? -1);
      const rest = kept.frames.slice(after + 1);
      return stream(call, 'responses', rest, { ...kept.script, fault: null }, kept);
    }
    return reply(call, json(200, stateOf(kept)));
  }

  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const { port: boundPort } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${boundPort}/v1`,
    ledger,
    script: (...next) => settings.queue.push(...next.map((script) => scriptSchema.parse(script))),
    scriptModel: (model, script) => {
      settings.models[model] = scriptSchema.parse(script);
    },
    close: async () => {
      closing.abort();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

function reply(call: Call, { status, headers, body }: Reply): void {
  const { entry, response } = call;
  entry.status = status;
  entry.outcome = 'answered';
  entry.headersSentMs = performance.now();
  entry.bytesSent = Buffer.byteLength(body);
  response.writeHead(status, { 'x-request-id': `req_${entry.id}`, ...headers });
  response.end(body);
}

function badBody(message: string): Reply {
  return apiError(400, { message, type: 'invalid_request_error' });
}

function endMsOf(frames: readonly Frame[]): number {
  return frames.at(-1)?.atMs ?? 0;
}

function lastResponse(frames: readonly Frame[]): unknown {
  return frames.at(-1)?.message?.['response'];
}

/** A kept response as `GET /v1/responses/:id` shows it now. */
function stateOf(kept: Kept): unknown {
  if (kept.cancelled) return responseObject(kept.request, kept.script, 'cancelled', []);
  const hasEnded = performance.now() >= kept.startedMs + endMsOf(kept.frames);
  return hasEnded ? lastResponse(kept.frames) : responseObject(kept.request, kept.script, 'in_progress', []);
}
