import { escapeHtml } from '#shared/markup/index.ts';
import { printWords as words } from '#shared/messages/print.ts';
import type { Scholium, ScholiumBar } from '#shared/scholium/index.ts';

/** The receipt as it stands in the printed margin, beside the answer's first line. */
export function printedScholium(scholium: Scholium): string {
  const { model, modelNote, isOtherModel, effort, dateText, originText } = scholium;
  const parts = scholium.parts.map((part) => `${part.label} ${part.text}`).join(', ');
  const rows = [
    `<b>${escapeHtml(model)}</b>${effort ? ` · ${escapeHtml(effort)}` : ''}`,
    escapeHtml(dateText),
    isOtherModel && modelNote ? escapeHtml(modelNote) : null,
    bar(scholium.bar, parts),
    `<span class="total">${escapeHtml(scholium.totalText)}</span>${said(scholium.partsText)}`,
    scholium.tokensText === null ? null : escapeHtml(scholium.tokensText),
    escapeHtml([scholium.inputText, scholium.costText].filter((text) => text !== null).join(' · ')),
    scholium.stateText === null ? null : escapeHtml(scholium.stateText),
    originText === null ? null : escapeHtml(originText),
  ];
  const lines = rows.filter((row) => row !== null && row !== '').map((row) => `<div>${row}</div>`);
  return `<aside class="scholium">${lines.join('')}</aside>`;
}

function said(partsText: string | null): string {
  return partsText === null ? '' : ` <small>${escapeHtml(partsText)}</small>`;
}

/** Of the whole bar, in the bar's own units. */
const barLength = 400;
const barHeight = 17;
const hatchStep = 8;

/** Hollow for wait, hatched for thinking, solid for writing: lines, so that grey print shows them. */
function bar(
  { lengthShare, waitShare, thinkingShare, writingShare, unobservedShare }: ScholiumBar,
  parts: string,
): string {
  if (lengthShare === 0) return '';
  const length = Math.max(10, lengthShare * barLength);
  const thinkingAt = waitShare * length;
  const writingAt = thinkingAt + thinkingShare * length;
  const unobservedAt = writingAt + writingShare * length;
  const shapes = [
    box(0, thinkingAt),
    hatched(thinkingAt, writingAt),
    box(thinkingAt, writingAt),
    writingShare > 0
      ? `<rect class="solid" x="${at(writingAt)}" y="1" width="${at(unobservedAt - writingAt)}" height="${barHeight - 2}"/>`
      : '',
    unobservedShare > 0
      ? `<line class="dotted" x1="${at(unobservedAt)}" y1="${barHeight / 2}" x2="${at(length)}" y2="${barHeight / 2}"/>`
      : '',
  ];
  const label = escapeHtml(words.barLabel(parts));
  return (
    `<svg class="bar" role="img" aria-label="${label}" viewBox="0 0 ${barLength} ${barHeight}">` +
    `${shapes.join('')}</svg>`
  );
}

function box(from: number, to: number): string {
  if (to - from <= 0) return '';
  return `<rect x="${at(from + 1)}" y="1" width="${at(Math.max(1, to - from - 2))}" height="${barHeight - 2}"/>`;
}

/** Slanted strokes, each cut where the part begins or ends. */
function hatched(from: number, to: number): string {
  const slant = barHeight * 0.5;
  const strokes: string[] = [];
  for (let foot = from + hatchStep / 2 - slant; foot < to; foot += hatchStep) {
    const low = Math.max(foot, from);
    const high = Math.min(foot + slant, to);
    if (high <= low) continue;
    const heightAt = (x: number): number => barHeight - ((x - foot) / slant) * barHeight;
    strokes.push(`M${at(low)} ${at(heightAt(low))}L${at(high)} ${at(heightAt(high))}`);
  }
  return strokes.length > 0 ? `<path d="${strokes.join('')}"/>` : '';
}

function at(value: number): string {
  return value.toFixed(1).replace(/\.0$/, '');
}
