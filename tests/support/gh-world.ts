import { runCommand } from '#adapters/command.ts';
import { createGh } from '#adapters/gh/create-gh.ts';
import type { Gh, PullRequestRef } from '#adapters/gh/gh.ts';
import { isRefusal } from '#domain/error.ts';
import type { PullRequestReading } from '#domain/pull-request/reading.ts';
import { type GhStandIn, ghStandIn, type StandInWorld } from './gh-stand-in.ts';

const NOW = Date.parse('2026-01-01T12:00:00Z');
export const HOST = 'github.com';

/** The adapter over the stand-in, at a fixed time. */
export function start(
  world: StandInWorld,
  env: Record<string, string> = {},
): { gh: Gh; github: GhStandIn } {
  const github = ghStandIn(world);
  const gh = createGh({
    run: runCommand,
    env: { ...github.env, ...env },
    cwd: '/',
    now: () => NOW,
  });
  return { gh, github };
}

export const pull = (number: number, more: Record<string, unknown> = {}) => ({
  repository: 'acme/app',
  number,
  head: `task/${number}`,
  headCommit: `commit${number}`,
  ...more,
});
export const named = (number: number): PullRequestRef => ({
  key: number,
  nodeId: null,
  repository: 'acme/app',
  number,
});
export const pinned = (number: number): PullRequestRef => ({
  ...named(number),
  nodeId: `PR_acme/app_${number}`,
});
export const numbers = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

/** Readings; throws when nothing was learned. */
export async function read(gh: Gh, refs: PullRequestRef[]) {
  const readings = await gh.readPullRequests(HOST, refs);
  if (isRefusal(readings)) throw new Error(readings.reason);
  return readings;
}

/** One pull request of a world that has no other, as the adapter reads it. */
export async function readOne(
  more: Record<string, unknown>,
  world: StandInWorld = {},
): Promise<PullRequestReading> {
  const { gh } = start({ ...world, pullRequests: [pull(1, more)] });
  const reading = (await read(gh, [pinned(1)])).found.get(1);
  if (reading === undefined) throw new Error('it was not read');
  return reading;
}
