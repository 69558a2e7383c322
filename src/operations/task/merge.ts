import { z } from 'zod';
import type { App } from '#app.ts';
import { isRefusal, type Refusal, refuse } from '#domain/error.ts';
import type { Project } from '#domain/project.ts';
import type { MergeWish } from '#domain/pull-request/merge.ts';
import { sayMergePlan } from '#domain/pull-request/merge-words.ts';
import { MERGE_METHODS, type MergeMethod } from '#domain/pull-request/pull-request.ts';
import type { Session } from '#domain/session.ts';
import { isReviewed, type Task } from '#domain/task.ts';
import { noteUsage } from '#operations/host/note.ts';
import { taskId } from '#operations/inputs.ts';
import { defineOperation } from '#operations/operation.ts';
import { type MergedPullRequest, mergePullRequest } from '#operations/pull-request/merge.ts';
import { type Mergeable, prepareMerge } from '#operations/pull-request/prepare-merge.ts';
import { mergeLocalTask } from '#operations/worktree/merge-locally.ts';
import { findTask } from './find.ts';

interface Merged {
  id: number;
  title: string;
  branch: string;
  base: string;
  /** The commit that the base got; null while GitHub still waits to merge it. */
  commit: string | null;
  outcome: MergedPullRequest['outcome'];
  method: MergeMethod | null;
  pullRequest: number | null;
  notes: string[];
}

const input = z.object({
  task: taskId,
  method: z.enum(MERGE_METHODS).optional(),
  auto: z.boolean().optional(),
  ready: z.boolean().optional(),
});
type Input = z.infer<typeof input>;

/** Brings the work of a task into its base branch the way that its push mode and the settings say. */
export const mergeTask = defineOperation({
  name: 'task.merge',
  summary: 'Merge the pull request of a task, or the branch of a local one, into its base.',
  command: {
    usage: 'merge <task>',
    options: [
      { flags: '--method <method>', summary: 'squash, rebase or merge; else as [merge] says' },
      {
        flags: '--auto',
        summary: 'have GitHub merge it once it may, when it cannot be merged yet',
      },
      { flags: '--ready', summary: 'mark a draft as ready first' },
    ],
    json: true,
    async confirm(app, given: Input) {
      const found = findMergeable(app, given);
      if (isRefusal(found)) return found;
      if (found.kind === 'local') {
        const { session, project } = found;
        return `Merge ${session.branch} into ${session.base} of "${project.name}"${how(wishOf(app, project, given))}? Its session ends; what is not committed is saved.`;
      }
      const prepared = await prepareMerge(app, found, wishOf(app, found.project, given));
      if (isRefusal(prepared)) return prepared;
      // Nothing is left to be asked: it only has to be finished.
      if ('merged' in prepared) return null;
      const { plan, reading, pullRequest, effects } = prepared;
      askedAbout(app).set(given.task, reading.headCommit);
      return sayMergePlan(plan, reading, pullRequest, effects);
    },
  },
  input,
  describe: sayMerged,
  async run(app, given: Input): Promise<Merged | Refusal> {
    const found = findMergeable(app, given);
    if (isRefusal(found)) return found;
    const { task, project } = found;
    const { id, title } = task;
    const wish = wishOf(app, project, given);
    if (found.kind === 'local') {
      const { session } = found;
      const method = wish.method ?? 'merge';
      const commit = await mergeLocalTask(app, { task, project, session }, method);
      if (isRefusal(commit)) return commit;
      const { branch, base } = session;
      return {
        id,
        title,
        branch,
        base,
        commit,
        outcome: 'merged',
        method,
        pullRequest: null,
        notes: [],
      };
    }
    const asked = askedAbout(app);
    const head = asked.get(id) ?? null;
    asked.delete(id);
    const merged = await mergePullRequest(app, found, wish, head);
    noteUsage(app, found.pullRequest.host);
    if (isRefusal(merged)) return merged;
    const { number: pullRequest, ...rest } = merged;
    return { id, title, pullRequest, ...rest };
  },
});

/** The head commit that a person was asked about in this process, by task: another one is not what the yes was for. */
const ASKED = new WeakMap<App['store'], Map<number, string>>();

function askedAbout({ store }: App): Map<number, string> {
  const known = ASKED.get(store) ?? new Map<number, string>();
  ASKED.set(store, known);
  return known;
}

function wishOf(app: App, project: Project, given: Input): MergeWish {
  const { merge } = app.config.forProject(project.path);
  return {
    method: given.method ?? merge.method,
    auto: given.auto ?? merge.auto,
    ready: given.ready ?? false,
  };
}

const how = ({ method }: MergeWish): string =>
  method === null || method === 'merge' ? '' : ` (${method})`;

function sayMerged({ id, title, base, commit, outcome, pullRequest, notes }: Merged): string {
  const name = `#${id} "${title}"`;
  const said = {
    merged: `Merged ${name} into ${base}${commit === null ? '' : ` as ${commit.slice(0, 10)}`}.`,
    queued: `${name} stands in the merge queue of ${base}.`,
    armed: `GitHub merges pull request #${pullRequest} of ${name} into ${base} as soon as it may.`,
  };
  return [said[outcome], ...notes].join(' ');
}

type Found =
  | { kind: 'local'; task: Task; project: Project; session: Session }
  | ({ kind: 'pr' } & Mergeable);

function findMergeable({ store }: Pick<App, 'store'>, { task: id }: Input): Found | Refusal {
  const found = findTask(store, id);
  if (isRefusal(found)) return found;
  const { task } = found;
  const session = store.sessions.openOf(id);
  switch (task.push) {
    case 'local':
      if (session === null || !isReviewed(task.status)) {
        return refuse(`#${id} is ${task.status}; only what is in review can be merged.`);
      }
      return { kind: 'local', ...found, session };
    case 'push':
      return refuse(
        `#${id} delivers by pushing its branch; there is nothing to merge for claustre.`,
        'Merge it where the remote lives.',
      );
    case 'pr': {
      const pullRequest = store.pullRequests.of(id);
      if (pullRequest === null) {
        return refuse(
          `#${id} has no pull request yet.`,
          `Ask Claude to open one: claustre send ${id} "Open the pull request."`,
        );
      }
      return { kind: 'pr', ...found, session, pullRequest };
    }
    default:
      return task.push satisfies never;
  }
}
