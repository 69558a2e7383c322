import { z } from 'zod';
import type { Readings } from './gh.ts';
import type { Answer } from './response.ts';

const RATE_LIMIT = z.object({
  cost: z.number(),
  remaining: z.number(),
  limit: z.number(),
  resetAt: z.string(),
});

/**
 * What is left of the hourly points; null where the server has no limit (a company's own) or does
 * not say.
 */
export function readBudget(answer: Answer): Readings<unknown>['budget'] {
  const parsed = RATE_LIMIT.safeParse(answer.data.rateLimit);
  if (!parsed.success) return null;
  const { resetAt, ...rest } = parsed.data;
  return { ...rest, resetsAt: resetAt };
}
