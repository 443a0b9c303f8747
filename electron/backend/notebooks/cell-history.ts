import type { UtcMs } from '#shared/domain/time.ts';
import type { CellKind } from '#shared/domain/cell.ts';
import type { CellId } from '#shared/domain/ids.ts';
import { brand } from '#shared/domain/ids.ts';
import { withChecksum } from '../store/index.ts';
import type { Library } from '../store/index.ts';
import { checkedRevision, readRevisionRow } from './rows.ts';
import type { CellContent, CellRow, RevisionRow } from './rows.ts';

/** An editing spell is kept as one version, however long someone types, for five minutes at most. */
const spellLimitMs = 300_000;

/** What a cell held when an editing spell ended (or, for the newest, holds now). */
export interface CellVersion {
  readonly cellId: CellId;
  readonly revision: number;
  readonly kind: CellKind;
  readonly source: string;
  readonly answerKey: string | null;
  readonly domain: string | null;
  readonly savedAt: UtcMs;
}

export interface CellHistory {
  /** Keeps the content a cell has just been given. Call within the transaction that gives it. */
  record(cell: CellRow, clientId: string, nowMs: UtcMs): void;
  /** The next change of the cell begins a new version. */
  closeSpell(cellId: string): void;
  /** The client turned to this cell: its spells in all others are over. */
  closeOtherSpells(clientId: string, cellId: string): void;
  /** The newest intact copy of a cell's content; `null` when there is none. */
  newest(cellId: string): RevisionRow | null;
  /** Newest first. Damaged versions are left out. */
  versionsOf(cellId: string): readonly CellVersion[];
}

/** Earlier versions of cells, in the table `cell_revision`; its newest row mirrors the cell. */
export function createCellHistory({ db }: Library): CellHistory {
  const selectAll = db.prepare('SELECT * FROM cell_revision WHERE cell_id = ? ORDER BY revision DESC');
  const selectNewest = db.prepare(
    'SELECT * FROM cell_revision WHERE cell_id = ? ORDER BY revision DESC LIMIT 1',
  );
  const insert = db.prepare(`
    INSERT INTO cell_revision (cell_id, revision, kind, source, answer_key, domain, choice, pinned_run_id,
      client_id, spell_began_at, saved_at, is_open, checksum)
    VALUES (@cell_id, @revision, @kind, @source, @answer_key, @domain, @choice, @pinned_run_id,
      @client_id, @spell_began_at, @saved_at, @is_open, @checksum)`);
  const replace = db.prepare(`
    UPDATE cell_revision SET revision = @revision, source = @source, answer_key = @answer_key,
      domain = @domain, choice = @choice, pinned_run_id = @pinned_run_id, saved_at = @saved_at,
      checksum = @checksum
    WHERE cell_id = @cell_id AND revision = @replaced_revision`);
  const close = db.prepare('UPDATE cell_revision SET is_open = 0 WHERE cell_id = ? AND is_open = 1');
  const closeOthers = db.prepare(
    'UPDATE cell_revision SET is_open = 0 WHERE client_id = ? AND is_open = 1 AND cell_id <> ?',
  );

  const newest = (cellId: string): RevisionRow | null => readRevisionRow(selectNewest.get(cellId));

  return {
    record(cell, clientId, nowMs) {
      const last = newest(cell.id);
      if (last && continues(last, cell, clientId, nowMs)) {
        const row = { ...last, ...contentOf(cell), revision: cell.revision, saved_at: nowMs };
        replace.run({ ...withChecksum(checkedRevision, row), replaced_revision: last.revision });
        return;
      }
      close.run(cell.id);
      const row = {
        cell_id: cell.id,
        revision: cell.revision,
        ...contentOf(cell),
        client_id: clientId,
        spell_began_at: nowMs,
        saved_at: nowMs,
        is_open: 1,
      };
      insert.run(withChecksum(checkedRevision, row));
    },
    closeSpell: (cellId) => void close.run(cellId),
    closeOtherSpells: (clientId, cellId) => void closeOthers.run(clientId, cellId),
    newest,
    versionsOf: (cellId) =>
      selectAll
        .all(cellId)
        .map(readRevisionRow)
        .filter((row) => row !== null)
        .map(rowToVersion),
  };
}

/** Whether a change belongs to the version before it. A choice or a pin alone makes no version of its own. */
function continues(last: RevisionRow, cell: CellRow, clientId: string, nowMs: UtcMs): boolean {
  if (last.kind !== cell.kind) return false;
  const isTextSame =
    last.source === cell.source && last.answer_key === cell.answer_key && last.domain === cell.domain;
  if (isTextSame) return true;
  const sinceMs = nowMs - last.spell_began_at;
  // A clock set back must not stretch a spell.
  return last.is_open === 1 && last.client_id === clientId && sinceMs >= 0 && sinceMs < spellLimitMs;
}

function contentOf({ kind, source, answer_key, domain, choice, pinned_run_id }: CellContent): CellContent {
  return { kind, source, answer_key, domain, choice, pinned_run_id };
}

function rowToVersion(row: RevisionRow): CellVersion {
  return {
    cellId: brand<CellId>(row.cell_id),
    revision: row.revision,
    kind: row.kind,
    source: row.source,
    answerKey: row.answer_key,
    domain: row.domain,
    savedAt: row.saved_at,
  };
}
