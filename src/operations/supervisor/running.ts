import type { App } from '#app.ts';

/** The supervisor touches its heartbeat every few seconds; an older one is no heartbeat. */
const STALE_HEARTBEAT_MS = 20_000;

/**
 * The process id of the supervisor whose heartbeat is fresh and whose process lives; null when there is none. Starts no process, so that it
 * may be asked often. A supervisor that is just being ended still counts.
 */
export function runningSupervisor({ host, paths }: Pick<App, 'host' | 'paths'>): number | null {
  const beat = host.lastBeat(paths.heartbeat);
  if (beat === null || beat.ageMs >= STALE_HEARTBEAT_MS || !host.isAlive(beat.pid)) return null;
  return beat.pid;
}
