import type { PriceList } from '../domain/money.ts';
import type { Run } from '../domain/run.ts';
import { hasEnded } from '../domain/run.ts';
import type { UtcMs } from '../domain/time.ts';
import { sentenceFor } from '../messages/failures.ts';
import { runDetailWords as words } from '../messages/page.ts';
import { timesOf } from './bar.ts';
import { describeRun } from './describe.ts';
import type { DescribeOptions } from './describe.ts';
import { formatCost, formatDate, formatDuration, formatMoment, formatTokens, formatUtc } from './format.ts';

export interface DetailRow {
  readonly label: string;
  readonly value: string;
  /** Part of the row above it. */
  readonly isPart?: boolean;
}

export interface DetailSection {
  readonly title: string;
  readonly rows: readonly DetailRow[];
  /** Said below the rows. */
  readonly note?: string;
}

/** Everything known of a run except its texts: what a methods section needs. Unknown is said, never 0. */
export function describeDetails(run: Run, options: DescribeOptions = {}): readonly DetailSection[] {
  return [
    modelSection(run, options),
    timeSection(run, options),
    tokenSection(run),
    costSection(run),
    serverSection(run),
    ...(run.headings.length > 0 ? [headingSection(run)] : []),
  ];
}

/** The sections as plain text, to paste into a paper's supplement. */
export function detailsAsText(sections: readonly DetailSection[]): string {
  const lines = sections.map(({ title, rows, note }) =>
    [title, ...rows.map((row) => `  ${row.label}: ${row.value}`), ...(note ? [`  ${note}`] : [])].join('\n'),
  );
  return lines.join('\n\n');
}

function modelSection(run: Run, options: DescribeOptions): DetailSection {
  const isSolver = run.choice.provider === 'solver';
  const { stateText, originText } = describeRun(run, options);
  const rows: DetailRow[] = [
    { label: words.provider, value: words.providerNames[run.choice.provider] },
    ...(isSolver
      ? [{ label: words.checked, value: run.receipt.checkedBy ?? words.notGiven }]
      : [
          { label: words.asked, value: run.choice.model || words.notGiven },
          { label: words.returned, value: run.receipt.modelReturned ?? words.notGiven },
          { label: words.effort, value: run.choice.effort ?? words.effortDefault },
        ]),
    { label: words.state, value: stateText ?? words.completed },
  ];
  const failed = run.state === 'failed' || run.state === 'interrupted' ? sentenceFor(run.failure) : null;
  const note = [failed, originText].filter((text) => text !== null).join(' · ');
  return { title: words.sections.model, rows, ...(note ? { note } : {}) };
}

function timeSection(run: Run, options: DescribeOptions): DetailSection {
  const elapsedMs = options.elapsedMs ?? 0;
  const times = timesOf(run, elapsedMs);
  const row = (label: string, ms: number | null): DetailRow => ({
    label,
    value: partText(ms, times.totalMs),
  });
  const parts = [
    row(words.wait, times.waitMs),
    row(words.thinking, times.thinkingMs),
    row(words.writing, times.writingMs),
    { label: words.total, value: times.totalMs === null ? words.notObserved : exact(times.totalMs) },
  ];
  const wasSent = run.state !== 'queued' && run.sentAt !== null;
  const dates: DetailRow[] = [{ label: words.created, value: dateText(run.createdAt, options) }];
  if (wasSent && run.sentAt !== null) dates.push({ label: words.sent, value: dateText(run.sentAt, options) });
  if (hasEnded(run)) dates.push({ label: words.ended, value: dateText(run.endedAt, options) });
  return { title: words.sections.times, rows: [...(wasSent ? parts : []), ...dates] };
}

function partText(ms: number | null, totalMs: number | null): string {
  if (ms === null) return words.notObserved;
  if (totalMs === null || totalMs <= 0) return exact(ms);
  return `${exact(ms)} (${words.share(String(Math.round((100 * ms) / totalMs)))})`;
}

/** The readable time, with the milliseconds a record needs where it rounds them away. */
function exact(ms: number): string {
  return ms < 1_000 ? `${formatTokens(ms)}\u00a0ms` : `${formatDuration(ms)} · ${formatTokens(ms)}\u00a0ms`;
}

function dateText(atUtcMs: UtcMs, { timeZone }: DescribeOptions): string {
  const local = formatDate(atUtcMs, timeZone === undefined ? {} : { timeZone });
  return words.dateWithUtc(local, formatUtc(atUtcMs));
}

function tokenSection(run: Run): DetailSection {
  const { usage } = run.receipt;
  const count = (tokens: number | null): string =>
    tokens === null ? words.notReported : formatTokens(tokens);
  const { outputTokens, reasoningTokens } = usage;
  const written =
    outputTokens === null || reasoningTokens === null ? null : Math.max(0, outputTokens - reasoningTokens);
  return {
    title: words.sections.tokens,
    rows: [
      { label: words.input, value: count(usage.inputTokens) },
      { label: words.cachedInput, value: count(usage.cachedInputTokens), isPart: true },
      { label: words.cacheWrite, value: count(usage.cacheWriteTokens), isPart: true },
      { label: words.output, value: count(outputTokens) },
      { label: words.reasoning, value: count(reasoningTokens), isPart: true },
      { label: words.written, value: count(written), isPart: true },
    ],
  };
}

function costSection(run: Run): DetailSection {
  const { costText } = describeRun(run);
  const { costNanoUsd } = run.receipt;
  const usd = costNanoUsd ? ` · ${(costNanoUsd / 1_000_000_000).toFixed(9)} USD` : '';
  const cost = { label: words.cost, value: `${costNanoUsd ? formatCost(costNanoUsd) : costText}${usd}` };
  if (run.choice.provider === 'solver') return { title: words.sections.cost, rows: [cost] };
  if (run.prices === null) return { title: words.sections.cost, rows: [cost], note: words.pricesUnknown };
  return {
    title: words.sections.cost,
    rows: [cost, ...priceRows(run.prices)],
    note: words.pricesRead(run.prices.readDate),
  };
}

function priceRows(prices: PriceList): readonly DetailRow[] {
  const price = (usd: number | null): string => (usd === null ? words.priceUnknown : `$${usd}`);
  const rows: DetailRow[] = [
    { label: words.inputPrice, value: price(prices.inputUsd), isPart: true },
    { label: words.cachedInputPrice, value: price(prices.cachedInputUsd), isPart: true },
    { label: words.outputPrice, value: price(prices.outputUsd), isPart: true },
  ];
  const long = prices.longContext;
  if (!long) return rows;
  const threshold = formatTokens(long.thresholdInputTokens);
  const value = words.longContext(threshold, String(long.inputMultiplier), String(long.outputMultiplier));
  return [...rows, { label: words.longContextLabel, value, isPart: true }];
}

function serverSection(run: Run): DetailSection {
  const { requestId, responseId, serviceTier } = run.receipt;
  const endpoint = { label: words.endpoint, value: run.request.endpoint };
  if (run.choice.provider === 'solver') return { title: words.sections.server, rows: [endpoint] };
  return {
    title: words.sections.server,
    rows: [
      endpoint,
      { label: words.requestId, value: requestId ?? words.notGiven },
      { label: words.responseId, value: responseId ?? words.notGiven },
      { label: words.serviceTier, value: serviceTier ?? words.notGiven },
    ],
  };
}

function headingSection(run: Run): DetailSection {
  return {
    title: words.sections.headings,
    rows: run.headings.map(({ atMs, text }) => ({ label: formatMoment(atMs), value: text })),
  };
}
