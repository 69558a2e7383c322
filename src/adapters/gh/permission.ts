import { z } from 'zod';
import { isRefusal } from '#domain/error.ts';
import type { GhOptions, Rest } from './request.ts';
import { parseResponse } from './response.ts';

/** Whether somebody may push to a repository; null when GitHub did not say. */
export type MayPush = (host: string, repository: string, login: string) => Promise<boolean | null>;

/** Rights change seldom; what was confirmed counts for this long. */
const KNOWN_MS = 60 * 60_000;

const BODY = z.object({ permission: z.string() });

/** Returns the question, which is asked once an hour for each person. Only a clear answer is remembered. */
export function createMayPush(rest: Rest, { now = Date.now }: Pick<GhOptions, 'now'>): MayPush {
  const known = new Map<string, { may: boolean; at: number }>();
  return async (host, repository, login) => {
    const key = `${host} ${repository} ${login}`.toLowerCase();
    const before = known.get(key);
    if (before !== undefined && now() - before.at < KNOWN_MS) return before.may;
    const path = `repos/${repository}/collaborators/${encodeURIComponent(login)}/permission`;
    const result = await rest(host, ['-i', path]);
    if (isRefusal(result)) return null;
    const may = readAnswer(result.stdout);
    if (may !== null) known.set(key, { may, at: now() });
    return may;
  };
}

function readAnswer(stdout: string): boolean | null {
  const response = parseResponse(stdout);
  if (response?.status !== 200) return null;
  try {
    const parsed = BODY.safeParse(JSON.parse(response.body));
    return parsed.success ? ['admin', 'maintain', 'write'].includes(parsed.data.permission) : null;
  } catch {
    // A page of a proxy: nothing is known of the person.
    return null;
  }
}
