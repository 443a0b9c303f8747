import type { BackendOptions } from '#backend/backend.ts';
import { windowFolder } from '#backend/built-folders.ts';
import { startHttpServer } from './http/http-server.ts';
import { openLastingDoor } from '#library/lasting-door.ts';
import { openOrAttach } from '#library/open-or-attach.ts';

export interface ServerOptions {
  readonly backend: BackendOptions;
  /** 0 takes any free one. */
  readonly port: number;
  /** The built window; where the build puts it unless told otherwise. */
  readonly rendererFolder?: string;
  /** True looks at the window's folder anew for each request. */
  readonly isDevelopment?: boolean;
}

export interface RunningServer {
  /** The address that lets a browser in; holds the token. */
  readonly url: string;
  readonly port: number;
  /** Fulfilled with the reason when the library was lost for good while serving. */
  readonly lost: Promise<unknown>;
  /** Ends runs keeping their text, saves, and frees port and library. */
  close(): Promise<void>;
}

/**
 * Serves a library's window to browsers on this machine, opening the library or attaching to the
 * process that has it open. Throws `AppError`; nothing stays open or locked then.
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { log } = options.backend;
  const door = await openLastingDoor(() => openOrAttach(options.backend), log);
  const http = await startHttpServer({
    port: options.port,
    rendererFolder: options.rendererFolder ?? windowFolder,
    onSocket: (socket) => door.pipe(socket),
    log,
    ...(options.isDevelopment !== undefined && { isDevelopment: options.isDevelopment }),
  }).catch(async (error: unknown) => {
    await door.close();
    throw error;
  });
  return {
    url: http.url,
    port: http.port,
    lost: door.lost,
    async close() {
      await http.close();
      await door.close();
    },
  };
}
