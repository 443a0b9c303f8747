import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { connect, portTransport, realScheduler } from '#renderer/client/index.ts';
import { createWorkspace } from '#renderer/workspace/index.ts';
import type { OpenNotebook, Workspace } from '#renderer/workspace/index.ts';
import { newId } from '#shared/domain/ids.ts';
import type { CellId, ClientId, RunId } from '#shared/domain/ids.ts';
import { solverChoice } from '#shared/domain/model.ts';
import { openTestBackend } from '#tests/support/backend.ts';

type TestBackend = Awaited<ReturnType<typeof openTestBackend>>;

/** A window's whole data side on a real backend, over message ports; `cut` takes its port away. */
function openWindow(backend: TestBackend): Workspace & { cut(): void; isReachable: boolean } {
  let cutCurrent = (): void => {};
  const window = { isReachable: true, cut: () => cutCurrent() };
  const transport = portTransport(async () => {
    if (!window.isReachable) throw new Error('out of reach');
    const { port1, port2 } = new MessageChannel();
    backend.servePort(port1);
    port1.start();
    cutCurrent = () => port1.close();
    return port2;
  });
  const stored = new Map<string, string>();
  const workspace = createWorkspace({
    connection: connect({ transport, scheduler: realScheduler, random: () => 0 }),
    clientId: newId<ClientId>(),
    scheduler: realScheduler,
    livingClients: () => Promise.resolve(new Set()),
    storage: {
      getItem: (key) => stored.get(key) ?? null,
      setItem: (key, value) => void stored.set(key, value),
      removeItem: (key) => void stored.delete(key),
      key: (index) => [...stored.keys()][index] ?? null,
      get length() {
        return stored.size;
      },
    },
  });
  return Object.assign(window, workspace);
}

function pageOf(window: Workspace): OpenNotebook {
  const state = window.notebook.state.getState();
  if (state.kind !== 'open') throw new Error(`The notebook is ${state.kind}`);
  return state.open;
}

const sourceOf = (window: Workspace, cellId: CellId): string | undefined =>
  pageOf(window).cells[cellId]?.source;

describe('windows on one library', () => {
  let backend: TestBackend;
  let mine: ReturnType<typeof openWindow>;
  let theirs: ReturnType<typeof openWindow>;

  beforeEach(async () => {
    backend = await openTestBackend({ welcome: false });
    mine = openWindow(backend);
    theirs = openWindow(backend);
    await Promise.all([mine.connection.whenOpen(), theirs.connection.whenOpen()]);
    const notebook = await mine.actions.createNotebook('Shared');
    if (!notebook) throw new Error('No notebook was made');
    await mine.actions.openNotebook(notebook.id);
    await theirs.actions.openNotebook(notebook.id);
  });

  afterEach(async () => {
    mine.close();
    theirs.close();
    await backend.dispose();
  });

  const insert = (window: Workspace, source: string, kind: 'note' | 'problem' = 'note'): CellId => {
    const cell = window.actions.insertCell(kind, pageOf(window).order.at(-1) ?? null, source);
    if (!cell) throw new Error('No cell was made');
    return cell.id;
  };

  test('a cell is on its own page at once and on the other one as soon as it is stored', async () => {
    const cellId = insert(mine, 'Hello');
    expect(sourceOf(mine, cellId)).toBe('Hello');
    await vi.waitFor(() => expect(sourceOf(theirs, cellId)).toBe('Hello'));
  });

  test('what is typed into a cell that is still on its way is saved', async () => {
    const cellId = insert(mine, '');
    mine.actions.editCell(cellId, { source: 'typed at once' });
    await vi.waitFor(() => expect(sourceOf(theirs, cellId)).toBe('typed at once'));
    expect(mine.drafts.isSaved(cellId)).toBe(true);
  });

  test('cells stand in the same order in both, whoever moved them', async () => {
    const first = insert(mine, 'first');
    const second = insert(mine, 'second');
    await vi.waitFor(() => expect(pageOf(theirs).order).toEqual([first, second]));
    await theirs.actions.moveCell(second, null);
    expect(pageOf(theirs).order).toEqual([second, first]);
    await vi.waitFor(() => expect(pageOf(mine).order).toEqual([second, first]));
  });

  test('a removed cell leaves both pages and comes back to both', async () => {
    const cellId = insert(mine, 'here today');
    await vi.waitFor(() => expect(sourceOf(theirs, cellId)).toBe('here today'));
    await mine.actions.removeCell(cellId);
    await vi.waitFor(() => expect(sourceOf(theirs, cellId)).toBeUndefined());
    await mine.actions.undoRemoveCell();
    expect(sourceOf(mine, cellId)).toBe('here today');
    await vi.waitFor(() => expect(sourceOf(theirs, cellId)).toBe('here today'));
  });

  test('different words in the same cell are kept on both sides until the user decides', async () => {
    const cellId = insert(mine, 'start');
    await vi.waitFor(() => expect(sourceOf(theirs, cellId)).toBe('start'));
    mine.actions.editCell(cellId, { source: 'mine' });
    theirs.actions.editCell(cellId, { source: 'theirs' });
    await Promise.all([mine.drafts.flush(cellId), theirs.drafts.flush(cellId)]);
    const conflicts = (): string[] =>
      [mine, theirs].map((window) => window.drafts.state.getState().summary.kind).toSorted();
    await vi.waitFor(() => expect(conflicts()).toEqual(['conflict', 'saved']));
    expect([sourceOf(mine, cellId), sourceOf(theirs, cellId)]).toEqual(['mine', 'theirs']);
  });

  test('who takes the other text gets the own one back below it, even so', async () => {
    const cellId = insert(mine, 'start');
    await vi.waitFor(() => expect(sourceOf(theirs, cellId)).toBe('start'));
    theirs.actions.editCell(cellId, { source: 'theirs' });
    mine.actions.editCell(cellId, { source: 'mine' });
    await theirs.drafts.flush(cellId);
    const summary = (): string => mine.drafts.state.getState().summary.kind;
    await vi.waitFor(() => expect(summary()).toBe('conflict'));
    await mine.actions.takeTheirs(cellId);
    expect(pageOf(mine).order.map((id) => sourceOf(mine, id))).toEqual(['theirs']);
    await mine.actions.undoRemoveCell();
    expect(pageOf(mine).order.map((id) => sourceOf(mine, id))).toEqual(['theirs', 'mine']);
  });

  test('a cell removed elsewhere while it is written in here comes back with the text', async () => {
    const cellId = insert(mine, 'start');
    await vi.waitFor(() => expect(sourceOf(theirs, cellId)).toBe('start'));
    mine.actions.editCell(cellId, { source: 'still writing' });
    await theirs.actions.removeCell(cellId);
    await vi.waitFor(() => expect(sourceOf(mine, cellId)).toBe('still writing'));
    await vi.waitFor(() => expect(sourceOf(theirs, cellId)).toBe('still writing'));
    await vi.waitFor(() => expect(mine.drafts.isSaved(cellId)).toBe(true));
  });

  test('a gap loses neither what was typed in it nor what others did meanwhile', async () => {
    const cellId = insert(mine, 'start');
    await vi.waitFor(() => expect(sourceOf(theirs, cellId)).toBe('start'));
    mine.isReachable = false;
    mine.cut();
    await vi.waitFor(() => expect(mine.connection.state.getState().kind).toBe('reconnecting'));
    mine.actions.editCell(cellId, { source: 'typed in the gap' });
    const made = insert(mine, 'made in the gap');
    const other = insert(theirs, 'theirs meanwhile');
    mine.isReachable = true;
    mine.connection.wake();
    await vi.waitFor(() => expect(sourceOf(theirs, cellId)).toBe('typed in the gap'), 5_000);
    await vi.waitFor(() => expect(sourceOf(theirs, made)).toBe('made in the gap'), 5_000);
    await vi.waitFor(() => expect(sourceOf(mine, other)).toBe('theirs meanwhile'), 5_000);
  });

  test('a run is watched to its end in both windows', async () => {
    const cellId = insert(mine, '$2 + 3$', 'problem');
    await vi.waitFor(() => expect(sourceOf(theirs, cellId)).toBeDefined());
    const run = await mine.actions.startRun(cellId, solverChoice);
    if (!run) throw new Error(JSON.stringify(mine.toasts.state.getState()));
    const stopListening = mine.runs.listen(run.id, () => {});
    const stateIn = (window: Workspace, runId: RunId) => pageOf(window).runs[runId]?.state;
    await vi.waitFor(() => expect(stateIn(mine, run.id)).toBe('completed'), 20_000);
    await vi.waitFor(() => expect(stateIn(theirs, run.id)).toBe('completed'), 5_000);
    stopListening();
    expect(pageOf(mine).runs[run.id]?.answer).toContain('5');
    expect(pageOf(theirs).runsByCell[cellId]).toEqual([run.id]);
  });

  test('a refusal is told in words, and nothing is started', async () => {
    const cellId = insert(mine, '', 'problem');
    expect(await mine.actions.startRun(cellId, solverChoice)).toBeNull();
    expect(mine.toasts.state.getState().at(-1)?.text).toContain('no question');
  });

  test('a notebook renamed elsewhere is renamed here, in the list and on the page', async () => {
    const { id } = pageOf(mine).notebook;
    await theirs.actions.updateNotebook(id, { title: 'Renamed' });
    await vi.waitFor(() => expect(pageOf(mine).notebook.title).toBe('Renamed'));
    await vi.waitFor(() =>
      expect(mine.library.state.getState().notebooks?.map(({ title }) => title)).toEqual(['Renamed']),
    );
  });
});
