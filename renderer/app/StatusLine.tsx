import { useConnectionState, useLibrary, useSaveSummary } from '#renderer/workspace/index.ts';
import type { SaveSummary } from '#renderer/workspace/index.ts';
import type { ConnectionState } from '#renderer/client/index.ts';
import { classNames } from '#renderer/components/class-names.ts';
import type { Activity } from '#shared/domain/activity.ts';
import { sentenceFor } from '#shared/messages/failures.ts';
import { windowMessages as say } from '#shared/messages/window.ts';
import { formatTokens, formatTotalCost } from '#shared/scholium/index.ts';

/** What is saved, what is running, whether there is a connection: always in the same place. */
export function StatusLine() {
  const save = useSaveSummary();
  const connection = useConnectionState();
  const activity = useLibrary((state) => state.activity);
  const runs = activity ? say.activity.runs(activity.running, activity.queued) : '';
  const today = activity ? todayText(activity.used) : '';
  const isUrgent = save.kind === 'unsaved' || save.kind === 'conflict';
  return (
    <footer className="status-line" aria-label={say.frame.status}>
      <span className={classNames('status-save', isUrgent && 'status-urgent')}>{saveText(save)}</span>
      {runs && <span>{runs}</span>}
      {today && <span className="status-today">{today}</span>}
      <span className="status-connection">{connectionText(connection)}</span>
      {/* Only what needs attention is read out: a voice that says "saved" every second is no help. */}
      <span className="visually-hidden" role="status">
        {isUrgent ? saveText(save) : connection.kind === 'open' ? '' : connectionText(connection)}
      </span>
    </footer>
  );
}

function saveText(save: SaveSummary): string {
  switch (save.kind) {
    case 'nothing':
      return say.save.nothing;
    case 'saved':
      return say.save.saved(clockTime(save.savedAt));
    case 'saving':
      return say.save.saving;
    case 'unsaved':
      return say.save.unsaved(save.cells, sentenceFor(save.failure));
    case 'conflict':
      return say.save.conflict(save.cells);
  }
}

function connectionText(connection: ConnectionState): string {
  switch (connection.kind) {
    case 'open':
      return say.connection.online;
    case 'connecting':
      return say.connection.connecting;
    case 'reconnecting':
      return say.connection.reconnecting;
    case 'refused':
    case 'closed':
      return say.connection.closed;
  }
}

/** Empty on a day without runs. What a server did not report is never counted as nothing. */
function todayText({
  runs,
  tokens,
  runsWithoutTokens,
  costNanoUsd,
  runsWithoutCost,
}: Activity['used']): string {
  if (runs === 0) return '';
  const atLeast = (figure: string, missing: number): string =>
    missing > 0 ? say.activity.atLeast(figure) : figure;
  const cost = costText(costNanoUsd, runs, runsWithoutCost);
  return say.activity.today(atLeast(formatTokens(tokens), runsWithoutTokens), cost);
}

function costText(nanoUsd: number, runs: number, runsWithoutCost: number): string {
  if (runsWithoutCost >= runs) return say.activity.costUnknown;
  if (runsWithoutCost === 0) return formatTotalCost(nanoUsd);
  // "At least nothing" says nothing.
  return nanoUsd === 0 ? say.activity.costPartlyUnknown : say.activity.atLeast(formatTotalCost(nanoUsd));
}

/** `14:07:12`, by the reader's own clock. */
function clockTime(utcMs: number): string {
  const time = new Date(utcMs);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())}`;
}
