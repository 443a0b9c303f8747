export type { BarTick, ScholiumBar } from './bar.ts';
export { growingScaleMs, longestTotalMs, timesOf } from './bar.ts';
export type { DescribeOptions, PartName, Scholium, ScholiumPart, ScholiumTone } from './describe.ts';
export { describeRun } from './describe.ts';
export type { DetailRow, DetailSection } from './detail.ts';
export { describeDetails, detailsAsText } from './detail.ts';
export type { DateOptions } from './format.ts';
export {
  formatCost,
  formatDate,
  formatDuration,
  formatElapsed,
  formatMoment,
  formatTokens,
  formatTotalCost,
  formatUtc,
} from './format.ts';
