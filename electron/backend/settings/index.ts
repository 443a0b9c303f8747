import { z } from 'zod';
import type { Inputs } from '#shared/contract/index.ts';
import { modelChoice } from '#shared/contract/schemas.ts';
import { refuse } from '#shared/domain/failure.ts';
import { brand } from '#shared/domain/ids.ts';
import type { ClientId } from '#shared/domain/ids.ts';
import { solverChoice } from '#shared/domain/model.ts';
import { themes } from '#shared/domain/settings.ts';
import type { Settings } from '#shared/domain/settings.ts';
import { isIntact, withChecksum } from '../store/index.ts';
import type { CheckedTable, Library } from '../store/index.ts';

export interface SettingsRoom {
  get(): Settings;
  /** What is absent stays as it is. Throws `AppError` `base-url-invalid`. */
  update(input: Inputs['settings']['update']): Settings;
}

const checkedSetting = {
  table: 'setting',
  key: ['name'],
  columns: ['name', 'value'],
} as const satisfies CheckedTable;

/** The tables of this room, for `verifyLibrary`. */
export const settingsTables = [checkedSetting] as const;

const defaults: Settings = {
  theme: 'system',
  defaultChoice: solverChoice,
  openaiBaseUrl: null,
  compatibleBaseUrl: null,
};

/** A value that is damaged or no longer understood counts as absent: no setting may keep a library shut. */
const stored = z.object({
  theme: z.enum(themes).catch(defaults.theme),
  defaultChoice: modelChoice.catch(defaults.defaultChoice),
  openaiBaseUrl: z.string().nullable().catch(defaults.openaiBaseUrl),
  compatibleBaseUrl: z.string().nullable().catch(defaults.compatibleBaseUrl),
});

const settingRow = z.object({ name: z.string(), value: z.string(), checksum: z.int() });

/** The library's settings, one row each; `verifyLibrary` reports those that are damaged. */
export function createSettings({ library }: { readonly library: Library }): SettingsRoom {
  const { db } = library;
  const selectAll = db.prepare('SELECT name, value, checksum FROM setting');
  const upsert = db.prepare(`
    INSERT INTO setting (name, value, checksum) VALUES (@name, @value, @checksum)
    ON CONFLICT (name) DO UPDATE SET value = excluded.value, checksum = excluded.checksum`);

  const get = (): Settings =>
    library.read(() => stored.parse(Object.fromEntries(selectAll.all().flatMap(readEntry))));

  return {
    get,
    update({ clientId, ...changes }) {
      const cleaned = {
        ...changes,
        openaiBaseUrl: requireBaseUrl(changes.openaiBaseUrl),
        compatibleBaseUrl: requireBaseUrl(changes.compatibleBaseUrl),
      };
      return library.write(brand<ClientId>(clientId), (note) => {
        for (const [name, value] of Object.entries(cleaned)) {
          if (value === undefined) continue;
          upsert.run(withChecksum(checkedSetting, { name, value: JSON.stringify(value) }));
        }
        note({ type: 'settings' });
        return get();
      });
    },
  };
}

function readEntry(raw: unknown): readonly (readonly [string, unknown])[] {
  const row = settingRow.safeParse(raw);
  if (!row.success || !isIntact(checkedSetting, row.data)) return [];
  return [[row.data.name, JSON.parse(row.data.value)]];
}

/** An empty address means none, as when a field has been cleared. */
function requireBaseUrl(text: string | null | undefined): string | null | undefined {
  if (text === undefined || text === null) return text;
  const url = text.trim();
  if (url === '') return null;
  const { protocol } = URL.canParse(url) ? new URL(url) : { protocol: '' };
  if (protocol !== 'http:' && protocol !== 'https:') throw refuse('base-url-invalid', { url: text });
  return url;
}
