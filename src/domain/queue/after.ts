import { type After, afterWords, endOfWait } from '#domain/dependency.ts';
import type { PullRequest } from '#domain/pull-request/pull-request.ts';
import type { Task } from '#domain/task.ts';
import type { BadParent } from './settings.ts';
import type { Wait } from './wait.ts';

/** What is known of a task that others wait for. */
export interface ParentFacts extends Pick<Task, 'id' | 'status' | 'held'> {
  /** The state of the pull request that it follows; null when it has none. */
  pullRequest: PullRequest['state'] | null;
}

/** Why a wait does not end by itself: the task that stands in the way, and what a person can do about it. */
export interface Blame {
  id: number;
  /** `#12 is in error` */
  text: string;
  remedy: string;
  /** It ended badly, and does not merely rest: what waits for it may be skipped. */
  isBad: boolean;
}

/** What is wrong with a parent itself, of which the other waits for this; null while it may still come. */
function blameOf(parent: ParentFacts, until: After['until']): Blame | null {
  const { id, status, held, pullRequest } = parent;
  const blame = (says: string, remedy: string, isBad: boolean): Blame => ({
    id,
    text: `#${id} ${says}`,
    remedy,
    isBad,
  });
  if (status === 'error') return blame('is in error', `claustre retry ${id}`, true);
  if (status === 'done') {
    const state = pullRequest === 'closed' ? 'was closed unmerged' : 'is not merged';
    return until === 'merged'
      ? blame(
          `is done, but its pull request ${state}`,
          `claustre open ${id}`,
          pullRequest === 'closed',
        )
      : null;
  }
  if (pullRequest === 'closed' && status !== 'pending' && status !== 'draft') {
    return blame('has a pull request that was closed unmerged', `claustre reopen ${id}`, true);
  }
  if (status === 'draft') return blame('is a draft', `claustre edit ${id} --submit`, false);
  if (status === 'pending' && held !== null) {
    const way = held === 'setup failed' || held === 'launch failed' ? 'retry' : 'launch';
    return blame(`is held: ${held}`, `claustre ${way} ${id}`, false);
  }
  return null;
}

/**
 * Finds what stands in the way of the tasks, through any number of tasks that wait for each other: the parent itself, or what that one waits
 * for. `openOf` is what a task still waits for. What was found is kept, so that one look over all tasks goes through each once.
 */
export function findBlames(
  parentOf: (id: number) => ParentFacts | undefined,
  openOf: (id: number) => readonly After[],
): (taskId: number) => Blame | null {
  const found = new Map<number, Blame | null>();
  const onTheWay = new Set<number>();
  /** All that `id` waits for, and it is found when all of these are; a stack of its own, since chains may be long. */
  const look = (first: number): Blame | null => {
    const stack = [first];
    for (let id = stack.at(-1); id !== undefined; id = stack.at(-1)) {
      const open = openOf(id);
      const next = open.find((after) => !found.has(after.id) && !onTheWay.has(after.id));
      if (next !== undefined && !found.has(id)) {
        onTheWay.add(id);
        stack.push(next.id);
        continue;
      }
      if (!found.has(id)) found.set(id, worst(open, parentOf, found));
      onTheWay.delete(id);
      stack.pop();
    }
    return found.get(first) ?? null;
  };
  return (taskId) => (found.has(taskId) ? (found.get(taskId) ?? null) : look(taskId));
}

/** What ended badly comes before what rests, and what is near before what is far. */
function worst(
  open: readonly After[],
  parentOf: (id: number) => ParentFacts | undefined,
  found: ReadonlyMap<number, Blame | null>,
): Blame | null {
  let resting: Blame | null = null;
  for (const { id, until } of open) {
    const parent = parentOf(id);
    const blame = parent === undefined ? null : blameOf(parent, until);
    if (blame?.isBad) return blame;
    resting ??= blame;
  }
  for (const { id } of open) {
    const blame = found.get(id) ?? null;
    if (blame?.isBad) return blame;
    resting ??= blame;
  }
  return resting;
}

/** The wait for other tasks: `open` are those that are not met, `blame` is what stands in their way. Null when nothing is open. */
export function afterWait(
  task: Pick<Task, 'id'>,
  open: readonly After[],
  blame: Blame | null,
  onBadParent: BadParent,
): Wait | null {
  if (open.length === 0) return null;
  if (blame === null) {
    return {
      kind: 'after',
      text: `after ${afterWords(open)}`,
      until: null,
      remedy: endOfWait(open),
    };
  }
  const remedy = `\`${blame.remedy}\`, or \`claustre edit ${task.id} --after none\`.`;
  if (blame.isBad && onBadParent === 'skip') {
    return { kind: 'skipped', text: `skipped: ${blame.text}`, until: null, remedy };
  }
  const isOnly = open.length === 1 && open[0]?.id === blame.id;
  const text = isOnly
    ? `after ${afterWords(open)}, which ${blame.text.replace(/^#\d+ /, '')}`
    : `after ${afterWords(open)}; ${blame.text}`;
  return { kind: 'after', text, until: null, remedy };
}
