import { EventEmitter } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Protocol, Session, WebRequest } from 'electron';

type RequestHandler = (request: Request) => Response | Promise<Response>;
type BeforeRequest = NonNullable<Parameters<WebRequest['onBeforeRequest']>[0]>;

/**
 * A session whose `app://NAME` is `http://NAME.localhost:PORT`: Chromium leads every such name to
 * this machine and trusts it as it does a secure origin.
 */
export class StandInSession
  extends EventEmitter
  implements
    Pick<
      Session,
      | 'setPermissionRequestHandler'
      | 'setPermissionCheckHandler'
      | 'setDevicePermissionHandler'
      | 'setDisplayMediaRequestHandler'
      | 'setSpellCheckerEnabled'
    >
{
  readonly protocol: Pick<Protocol, 'handle' | 'unhandle'> = {
    handle: (_scheme, handler) => void (this.#handler = handler),
    unhandle: () => void (this.#handler = null),
  };
  readonly webRequest = {
    onBeforeRequest: ((filter: unknown, listener?: unknown) => {
      const given = typeof filter === 'function' ? filter : listener;
      this.#beforeRequest = given as BeforeRequest;
    }) as WebRequest['onBeforeRequest'],
  };
  /** What was set, to be asked by tests. */
  permissionRequest: Parameters<Session['setPermissionRequestHandler']>[0] = null;
  permissionCheck: Parameters<Session['setPermissionCheckHandler']>[0] = null;
  isSpellCheckerEnabled = true;
  #handler: RequestHandler | null = null;
  #beforeRequest: BeforeRequest | null = null;
  readonly #server: Server;
  #port = 0;

  constructor() {
    super();
    this.#server = createServer((request, response) => void this.#answer(request, response));
  }

  async listen(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('No port');
    this.#port = address.port;
    return this;
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  toWeb(address: string): string {
    return address.replace(/^app:\/\/([^/?#]*)/, `http://$1.localhost:${this.#port}`);
  }

  toApp(address: string): string {
    return address.replace(new RegExp(`http://([^/?#]*)\\.localhost:${this.#port}`), 'app://$1');
  }

  setPermissionRequestHandler(handler: Parameters<Session['setPermissionRequestHandler']>[0]): void {
    this.permissionRequest = handler;
  }

  setPermissionCheckHandler(handler: Parameters<Session['setPermissionCheckHandler']>[0]): void {
    this.permissionCheck = handler;
  }

  setDevicePermissionHandler(): void {}

  setDisplayMediaRequestHandler(): void {}

  setSpellCheckerEnabled(enable: boolean): void {
    this.isSpellCheckerEnabled = enable;
  }

  async isRefused(url: string): Promise<boolean> {
    const listener = this.#beforeRequest;
    if (!listener) return false;
    return new Promise((resolve) => {
      listener({ url } as Parameters<BeforeRequest>[0], ({ cancel }) => resolve(cancel === true));
    });
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = this.toApp(`http://${request.headers.host ?? ''}${request.url ?? ''}`);
    try {
      if (!this.#handler) throw new Error(`Nothing answers ${url}`);
      const answer = await this.#handler(new Request(url, { method: request.method ?? 'GET' }));
      response.writeHead(answer.status, Object.fromEntries(answer.headers));
      response.end(new Uint8Array(await answer.arrayBuffer()));
    } catch {
      response.writeHead(500).end();
    }
  }
}
