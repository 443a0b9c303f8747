import type { Connection } from '#renderer/client/connection.ts';
import type { ClientId } from '#shared/domain/ids.ts';
import type { Drafts } from '../drafts.ts';
import type { LibrarySync } from '../library-sync.ts';
import type { NotebookSync } from '../notebook-sync.ts';
import type { PendingInserts } from '../pending-inserts.ts';
import type { Toasts } from '../toasts.ts';

export interface ActionsEdge {
  readonly connection: Connection;
  readonly clientId: ClientId;
  readonly library: LibrarySync;
  readonly notebook: NotebookSync;
  readonly drafts: Drafts;
  readonly inserts: PendingInserts;
  readonly toasts: Toasts;
}

/** Runs `work`; a failure is told to the user and comes back as `null`. */
export type Attempt = <Result>(work: () => Promise<Result>) => Promise<Result | null>;
