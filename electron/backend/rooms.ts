import type { Clock } from '#shared/domain/time.ts';
import type { Host } from './host.ts';
import type { Log } from './logs/log.ts';
import type { createMarkup } from './markup/index.ts';
import type { createKeys, createModels } from './models/index.ts';
import type { createNotebooks } from './notebooks/index.ts';
import type { createRuns } from './runs/index.ts';
import type { createSettings } from './settings/index.ts';
import type { Library } from './store/library.ts';

/** Every room of an open backend: what the contract's procedures are answered with. */
export interface Rooms {
  readonly appVersion: string;
  /** Folder of the print stylesheet and its fonts. */
  readonly assetsFolder: string;
  readonly clock: Clock;
  readonly host: Host;
  readonly keys: ReturnType<typeof createKeys>;
  readonly library: Library;
  readonly log: Log;
  readonly markup: ReturnType<typeof createMarkup>;
  readonly models: ReturnType<typeof createModels>;
  readonly notebooks: ReturnType<typeof createNotebooks>;
  readonly runs: ReturnType<typeof createRuns>;
  readonly settings: ReturnType<typeof createSettings>;
  /** Text for "Copy diagnostics". */
  diagnostics(): Promise<string>;
}
