/** So many pull requests in one request cost one point, and GitHub can compute them in its ten seconds. */
const MOST = 20;
/** After so many good requests in a row a smaller number is raised. */
const GOOD = 20;
const STEP = 5;

/** How many pull requests a host can tell of in one request. */
export interface BatchSize {
  of(host: string): number;
  /** So many were answered. */
  answered(host: string): void;
  /** So many were too many. */
  tooMany(host: string, count: number): void;
}

/** Begins with the most, halves what a host cannot do, and tries more again when it has done well for a while. */
export function createBatchSize(): BatchSize {
  const hosts = new Map<string, { size: number; good: number }>();
  const of = (host: string): number => hosts.get(host)?.size ?? MOST;
  return {
    of,
    answered(host) {
      const known = hosts.get(host);
      if (known === undefined) return;
      const good = known.good + 1;
      if (good < GOOD) hosts.set(host, { ...known, good });
      else if (known.size + STEP >= MOST) hosts.delete(host);
      else hosts.set(host, { size: known.size + STEP, good: 0 });
    },
    tooMany(host, count) {
      // What was asked for before it was made smaller says nothing new.
      const size = Math.min(of(host), Math.max(1, Math.ceil(count / 2)));
      hosts.set(host, { size, good: 0 });
    },
  };
}
