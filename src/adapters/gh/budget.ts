import { z } from 'zod';
import type { Budget } from '#domain/pull-request/host.ts';
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
export function readBudget(answer: Answer): Budget | null {
  const parsed = RATE_LIMIT.safeParse(answer.data.rateLimit);
  if (!parsed.success) return null;
  const { resetAt, ...rest } = parsed.data;
  return { ...rest, resetsAt: resetAt };
}

const VIEWER = z.object({ login: z.string() });

/** Who gh is logged in as; null when the answer does not tell. */
export function readLogin(answer: Answer): string | null {
  const parsed = VIEWER.safeParse(answer.data.viewer);
  return parsed.success ? parsed.data.login : null;
}
