import { z } from 'zod';
import type { Activity } from '#shared/domain/activity.ts';
import type { UtcMs } from '#shared/domain/time.ts';
import type { Library } from '../store/index.ts';

const sums = z.object({
  runs: z.int(),
  tokens: z.int().nullable(),
  runsWithoutTokens: z.int(),
  costNanoUsd: z.int().nullable(),
  runsWithoutCost: z.int(),
});

/**
 * What the models were asked for since `sinceUtcMs`. The solver counts no tokens and costs nothing,
 * recorded examples were not run here, and what was never sent used nothing: none of them is in it.
 */
export function createUsageSince(library: Library): (sinceUtcMs: UtcMs) => Activity['used'] {
  const statement = library.db.prepare(`
    SELECT count(*) AS runs,
      sum(coalesce(input_tokens, 0) + coalesce(output_tokens, 0)) AS tokens,
      count(*) FILTER (WHERE output_tokens IS NULL) AS runsWithoutTokens,
      sum(cost_nano_usd) AS costNanoUsd,
      count(*) FILTER (WHERE cost_nano_usd IS NULL) AS runsWithoutCost
    FROM run
    WHERE created_at >= ? AND origin = 'here' AND provider <> 'solver'
      AND sent_at IS NOT NULL AND ended_at IS NOT NULL`);
  return (sinceUtcMs) => {
    const { tokens, costNanoUsd, ...counts } = library.read(() => sums.parse(statement.get(sinceUtcMs)));
    return { ...counts, tokens: tokens ?? 0, costNanoUsd: costNanoUsd ?? 0 };
  };
}
