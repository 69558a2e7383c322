/** Two live worktrees of a project that touch the same files. */
export interface Overlap {
  taskId: number;
  otherId: number;
  /** Paths that both change. */
  files: string[];
  /** Those of them that would conflict if both were merged; null when nobody could tell. */
  conflicts: string[] | null;
  /** ISO time. */
  readAt: string;
}

/** What a live worktree changes. */
export interface LiveWork {
  taskId: number;
  files: readonly string[];
  /** The task on whose unfinished branch it began. */
  stackedOn: number | null;
}

/** A pair of tasks, the smaller id first, and paths that both change. */
export type Pair = Pick<Overlap, 'taskId' | 'otherId' | 'files'>;

/** With more the list says nothing any more, and trying each merge would keep git busy. */
const MOST_PAIRS = 50;
const MOST_FILES = 100;

/**
 * The pairs of worktrees of one project that change the same files, those with the most files first where there are too many pairs. Work that
 * stands on other work, also over several steps, is meant to touch the same files.
 */
export function overlappingPairs(works: readonly LiveWork[]): Pair[] {
  const stackedOn = new Map(works.map((work) => [work.taskId, work.stackedOn]));
  const sorted = works.toSorted((one, other) => one.taskId - other.taskId);
  const sets = sorted.map((work) => ({ ...work, files: new Set(work.files) }));
  const pairs: Pair[] = [];
  for (const [at, one] of sets.entries()) {
    for (const other of sets.slice(at + 1)) {
      if (standsOn(stackedOn, one.taskId, other.taskId)) continue;
      if (standsOn(stackedOn, other.taskId, one.taskId)) continue;
      const files = [...one.files].filter((file) => other.files.has(file));
      if (files.length > 0) pairs.push({ taskId: one.taskId, otherId: other.taskId, files });
    }
  }
  return pairs
    .toSorted((one, other) => other.files.length - one.files.length)
    .slice(0, MOST_PAIRS)
    .map((pair) => ({ ...pair, files: pair.files.sort().slice(0, MOST_FILES) }));
}

function standsOn(
  stackedOn: ReadonlyMap<number, number | null>,
  task: number,
  other: number,
): boolean {
  const seen = new Set<number>();
  let below = stackedOn.get(task) ?? null;
  while (below !== null && below !== other && !seen.has(below)) {
    seen.add(below);
    below = stackedOn.get(below) ?? null;
  }
  return below === other;
}
