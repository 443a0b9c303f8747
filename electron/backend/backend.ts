import { createRouterClient } from '@orpc/server';
import { RPCHandler as MessagePortHandler } from '@orpc/server/message-port';
import { RPCHandler as WebSocketHandler } from '@orpc/server/ws';
import type { BackendClient } from '#shared/contract/index.ts';
import type { Clock } from '#shared/domain/time.ts';
import { systemClock } from './clock.ts';
import { describeBackend } from './diagnostics.ts';
import type { Host } from './host.ts';
import type { Log } from './logs/log.ts';
import { createMarkup } from './markup/index.ts';
import { createKeys, createModels, withBaseUrls } from './models/index.ts';
import type { BaseUrls, Keyring } from './models/index.ts';
import { createSolver } from './models/providers/solver.ts';
import { createNotebooks } from './notebooks/index.ts';
import type { Rooms } from './rooms.ts';
import { createRouter } from './router/index.ts';
import { createRuns } from './runs/index.ts';
import { createSettings } from './settings/index.ts';
import { openLibrary } from './store/index.ts';
import { addWelcome } from './welcome/index.ts';

export interface BackendOptions {
  /** Absolute path, or `:memory:`. Whoever calls has taken the library's lock. */
  readonly libraryPath: string;
  readonly host: Host;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly log: Log;
  readonly secretsFolder: string;
  readonly assetsFolder: string;
  readonly appVersion: string;
  /** The last lines of the log, for "Copy diagnostics". */
  readonly recentLogLines: () => readonly string[];
  readonly clock?: Clock;
  readonly keyring?: Keyring;
  /** Addresses for this start alone, before those of the settings and the environment; never saved. */
  readonly baseUrls?: BaseUrls;
  /** Whether a library without any notebook gets the Welcome notebook. */
  readonly welcome: boolean;
}

type WebSocketToServe = Parameters<InstanceType<typeof WebSocketHandler>['upgrade']>[0];
type PortToServe = Parameters<InstanceType<typeof MessagePortHandler>['upgrade']>[0];

/** An open library and everything that can be asked of it. Plain Node: it knows no shell. */
export interface Backend {
  /** The contract, called in this process. */
  readonly client: BackendClient;
  /** Answers the contract on one WebSocket until it closes. */
  serveWebSocket(socket: WebSocketToServe): void;
  /** Answers the contract on one MessagePort until it closes. The caller starts the port. */
  servePort(port: PortToServe): void;
  /** Ends runs keeping their text, saves, and closes the library. */
  close(): Promise<void>;
}

/** Opens the library and its rooms. Throws `AppError` when the library cannot be opened; it is untouched then. */
export async function startBackend(options: BackendOptions): Promise<Backend> {
  const rooms = await openRooms(options);
  const interrupted = rooms.runs.recover();
  if (options.welcome) addWelcome(rooms);
  options.log.info('backend-started', { interruptedRuns: interrupted });

  const router = createRouter(rooms);
  const webSockets = new WebSocketHandler(router);
  const ports = new MessagePortHandler(router);
  return {
    client: createRouterClient(router),
    serveWebSocket: (socket) => void webSockets.upgrade(socket),
    servePort: (port) => ports.upgrade(port),
    close: () => closeRooms(rooms),
  };
}

type OpenRooms = Rooms & { readonly solver: ReturnType<typeof createSolver> };

async function openRooms(options: BackendOptions): Promise<OpenRooms> {
  const { log, host, secretsFolder, assetsFolder, appVersion, clock = systemClock } = options;
  const library = await openLibrary({ path: options.libraryPath, log, clock });
  const settings = createSettings({ library });
  const addresses = withBaseUrls({ settings, env: options.env }, options.baseUrls ?? {});
  const notebooks = createNotebooks({ library, clock });
  const keys = createKeys({
    ...addresses,
    secretsFolder,
    log,
    ...(options.keyring && { keyring: options.keyring }),
  });
  const solver = createSolver();
  const models = createModels({ ...addresses, keys, log, solver, clock });
  const problemOf: typeof notebooks.getProblem = (cellId) => {
    // The question stays in the cell's history as it was run: typing on begins a new version.
    notebooks.closeSpell(cellId);
    return notebooks.getProblem(cellId);
  };
  const runs = createRuns({ library, problemOf, models, clock, log });
  const markup = createMarkup();
  const diagnostics = (): Promise<string> =>
    describeBackend({ appVersion, library, notebooks, runs }, options.recentLogLines());
  return {
    appVersion,
    assetsFolder,
    clock,
    diagnostics,
    host,
    keys,
    library,
    log,
    markup,
    models,
    notebooks,
    runs,
    settings,
    solver,
  };
}

async function closeRooms({ runs, solver, markup, library, log }: OpenRooms): Promise<void> {
  await runs.close();
  await Promise.all([solver.close(), markup.close()]);
  library.close();
  log.info('backend-closed');
}
