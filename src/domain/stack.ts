import type { PullRequest } from '#domain/pull-request/pull-request.ts';
import type { Session } from './session.ts';
import type { Task } from './task.ts';

/** The task that another one is stacked on, as far as it is known. `session` is its newest, open or not. */
export interface Parent {
  task: Pick<Task, 'id' | 'status' | 'held'>;
  session: Pick<Session, 'branch' | 'base' | 'stackedOn'> | null;
  pullRequest: Pick<
    PullRequest,
    'number' | 'state' | 'base' | 'head' | 'headCommit' | 'mergeCommit' | 'mergedAt'
  > | null;
}

/**
 * How a stacked session stands to its parent: `level` on its newest commit, as far as that is known; `behind` the parent has others by now;
 * `landed` the parent was merged, and the child goes on to where it went; `left` the parent ended otherwise, and a person decides.
 */
export type StackState =
  | { kind: 'level' }
  | { kind: 'behind'; head: string; settled: boolean }
  | {
      kind: 'landed';
      base: string;
      /** The next task below, when the parent itself was stacked and went to that one's branch. */
      stackedOn: number | null;
      mergeCommit: string | null;
      head: string | null;
    }
  | { kind: 'left'; reason: string };

/** Branch of the parent, on which the child stands. */
export function parentBranch({ pullRequest, session }: Parent): string | null {
  return pullRequest?.head ?? session?.branch ?? null;
}

/** How the child of `parent` (null: its row is gone) stands. What is not known counts as level: nothing is moved for it. */
export function stackState(
  child: Pick<Session, 'baseCommit' | 'stackedOn'>,
  parent: Parent | null,
): StackState {
  if (parent === null) return left(child.stackedOn, 'was removed');
  const { task, session, pullRequest } = parent;
  if (pullRequest?.state === 'merged') {
    const base = pullRequest.base ?? session?.base;
    if (base === undefined) return left(task.id, 'was merged, and it is not known where to');
    return {
      kind: 'landed',
      base,
      stackedOn: base === session?.base ? session.stackedOn : null,
      mergeCommit: pullRequest.mergeCommit,
      head: pullRequest.headCommit,
    };
  }
  if (pullRequest?.state === 'closed') return left(task.id, 'has a pull request that was closed');
  if (task.status === 'done') return left(task.id, 'is done and was not merged');
  if (task.held === 'killed') return left(task.id, 'was killed');
  const head = pullRequest?.headCommit ?? null;
  if (head === null || head === child.baseCommit) return { kind: 'level' };
  return { kind: 'behind', head, settled: task.status === 'in_review' };
}

function left(id: number | null, what: string): StackState {
  return { kind: 'left', reason: `#${id}, which it is stacked on, ${what}` };
}

/** The command by which a person moves the branch of a task whose parent ended without a merge. */
export function wayOut({ id }: Pick<Task, 'id'>): string {
  return `claustre rebase ${id} --onto BRANCH`;
}

/** How it stands in a few words, for the details and for `why`. */
export function stackWords(id: number, state: StackState): string {
  switch (state.kind) {
    case 'level':
      return `on #${id}`;
    case 'behind':
      return `on #${id}, which has newer commits`;
    case 'landed':
      return `#${id} was merged into ${state.base}`;
    case 'left':
      return state.reason;
    default:
      return state satisfies never;
  }
}

/** The same where there is little room. */
export function stackMark(id: number, { kind }: StackState): string {
  const more = {
    level: '',
    behind: ', behind it',
    landed: ', which was merged',
    left: ', which ended',
  };
  return `on #${id}${more[kind]}`;
}

/**
 * What Claude has to know to move the commits of a stacked branch by hand, since an ordinary rebase would apply those of the parent again;
 * null where nothing is to be moved.
 */
export function moveAdvice(
  child: Pick<Session, 'base' | 'baseCommit' | 'stackedOn'>,
  state: StackState,
  remote: string,
): string | null {
  if (child.stackedOn === null || child.baseCommit === null) return null;
  const base = state.kind === 'landed' ? state.base : child.base;
  // A name that a shell would read as more than a name stands in no command that Claude is told to run.
  if (!/^[\w./+@-]+$/.test(base) || !/^[\w./+@-]+$/.test(remote)) return null;
  const what =
    state.kind === 'landed'
      ? `The branch that yours began on was merged into \`${base}\`.`
      : `The branch that yours began on, \`${base}\`, has newer commits.`;
  return [
    `${what} Only the commits after ${child.baseCommit} are yours: move them with`,
    `\`git fetch ${remote} && git rebase --onto ${remote}/${base} ${child.baseCommit}\`,`,
    'resolve the conflicts, and push with `--force-with-lease`.',
  ].join(' ');
}
