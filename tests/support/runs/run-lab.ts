import { createNotebooks } from '#backend/notebooks/index.ts';
import { createRuns } from '#backend/runs/index.ts';
import type { Runs } from '#backend/runs/index.ts';
import { systemTimers } from '#backend/runs/timers.ts';
import type { Timers } from '#backend/runs/timers.ts';
import { openLibrary } from '#backend/store/index.ts';
import type { Library } from '#backend/store/index.ts';
import type { Provider } from '#backend/models/providers/provider.ts';
import type { Log } from '#backend/logs/log.ts';
import { brand, newId } from '#shared/domain/ids.ts';
import type { CellId, ClientId, NotebookId, RunId } from '#shared/domain/ids.ts';
import type { ModelChoice, ModelInfo, ProviderKind } from '#shared/domain/model.ts';
import type { PriceList } from '#shared/domain/money.ts';
import type { RunEvent } from '#shared/domain/change.ts';
import type { Run } from '#shared/domain/run.ts';
import type { Clock } from '#shared/domain/time.ts';
import { silentLog } from '#tests/support/silent-log.ts';

export const labClient = brand<ClientId>('client-1');
export const labQuestion = 'What is the period of a pendulum?';

/** One dollar per million input tokens, ten per million output tokens. */
export const labPrices: PriceList = {
  inputUsd: 1,
  cachedInputUsd: 0.1,
  cacheWriteUsd: null,
  outputUsd: 10,
  longContext: null,
  readDate: '2026-11-22',
};

export interface RunLab {
  readonly library: Library;
  readonly runs: Runs;
  readonly notebookId: NotebookId;
  readonly problemId: CellId;
  readonly noteId: CellId;
  readonly emptyProblemId: CellId;
  start(changes?: { runId?: RunId; cellId?: CellId; model?: string; provider?: ProviderKind }): Run;
  stop(runId: RunId): Promise<Run>;
}

export interface LabOptions {
  readonly providers: readonly Provider[];
  readonly clock: Clock;
  readonly timers?: Timers;
  readonly path?: string;
  /** What the runs room is given for its library. */
  readonly wrap?: (library: Library) => Library;
  readonly log?: Log;
}

/** A library with a problem, a note and an empty problem, and the runs room over it. */
export async function runLab(options: LabOptions): Promise<RunLab> {
  const { providers, clock, timers = systemTimers, path = ':memory:', log = silentLog, wrap } = options;
  const library = await openLibrary({ path, log, clock });
  const notebooks = createNotebooks({ library, clock });
  const draft = (kind: 'note' | 'problem', source: string) => ({
    kind,
    source,
    answerKey: null,
    domain: null,
  });
  const notebook =
    notebooks.list()[0] ??
    notebooks.importNotebook(labClient, {
      title: 'Lab',
      tags: [],
      macros: {},
      cells: [draft('problem', labQuestion), draft('note', 'A note.'), draft('problem', ' \n')],
    });
  const [problem, note, emptyProblem] = notebooks.cellsOf(notebook.id);
  if (!problem || !note || !emptyProblem) throw new Error('The lab has no cells');

  const models = {
    provider(kind: ProviderKind): Provider {
      const provider = providers.find((one) => one.kind === kind);
      if (!provider) throw new Error(`The lab has no ${kind}`);
      return provider;
    },
    resolve: labModel,
  };
  const runsLibrary = wrap?.(library) ?? library;
  const runs = createRuns({
    library: runsLibrary,
    problemOf: notebooks.getProblem,
    models,
    clock,
    log,
    timers,
  });
  return {
    library,
    runs,
    notebookId: notebook.id,
    problemId: problem.id,
    noteId: note.id,
    emptyProblemId: emptyProblem.id,
    start: ({ runId = newId<RunId>(), cellId = problem.id, model = 'lab-1', provider } = {}) =>
      runs.start({
        clientId: labClient,
        runId,
        cellId,
        choice: { provider: provider ?? providers[0]?.kind ?? 'openai', model, effort: null },
      }),
    stop: (runId) => runs.stop({ clientId: labClient, runId }),
  };
}

function labModel({ provider, model }: ModelChoice): ModelInfo {
  return {
    id: model,
    provider,
    isReasoning: true,
    efforts: [],
    defaultEffort: null,
    contextWindowTokens: null,
    maxOutputTokens: null,
    prices: provider === 'solver' ? null : labPrices,
    shutdownDate: null,
    isRetired: false,
    successor: null,
    hasSummaries: null,
  };
}

/** Everything that waits for the event loop has had its turn, several times over. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

/** The run once it has ended. */
export async function ended(runs: Runs, runId: RunId): Promise<Run> {
  for await (const event of runs.watch(runId, null)) {
    if (event.type === 'run' && event.run.state !== 'queued' && event.run.state !== 'running')
      return event.run;
  }
  throw new Error('The run never ended');
}

/** What a window that follows the contract shows after these events. */
export function shownAfter(events: readonly RunEvent[]): { answer: string; thinking: string; seq: number } {
  let shown = { answer: '', thinking: '', seq: 0 };
  for (const event of events) {
    if (event.type === 'run')
      shown = { answer: event.run.answer, thinking: event.run.thinking, seq: event.seq };
    else if (event.kind === 'text') shown = { ...shown, answer: shown.answer + event.text, seq: event.seq };
    else shown = { ...shown, thinking: shown.thinking + event.text, seq: event.seq };
  }
  return shown;
}
