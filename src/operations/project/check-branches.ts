import { z } from 'zod';
import type { KnownBranch, Store } from '#app.ts';
import { isRefusal } from '#domain/error.ts';
import { whyNotBranchName } from '#domain/form/branch-name.ts';
import type { Project } from '#domain/project.ts';
import { defineOperation } from '#operations/operation.ts';
import { findProject } from '#operations/task/find.ts';

/** What is known of a name before the task starts. `unknown` is no fault: only the remote could tell, and it is asked at the launch. */
export interface BranchFinding {
  readonly tone: 'good' | 'warning' | 'unknown';
  readonly text: string;
}

/** null for a name that was left empty. */
export interface BranchFindings {
  readonly base: BranchFinding | null;
  readonly branch: BranchFinding | null;
}

/** Looks at the base and the branch of a task that is being written, without network. It decides nothing. */
export const checkBranches = defineOperation({
  name: 'project.check-branches',
  summary: 'Say what is known of the branches that a task names.',
  input: z.object({
    project: z.string(),
    /** The task that is edited; its own branch is no other one's. */
    task: z.number().nullable().default(null),
    base: z.string().default(''),
    branch: z.string().default(''),
  }),
  async run({ store, git }, given) {
    const project = findProject(store, given.project);
    if (isRefusal(project)) return project;
    const [base, branch] = [given.base.trim(), given.branch.trim()];
    const asked = [base, branch].filter(
      (name) => name !== '' && whyNotBranchName(name) === undefined,
    );
    const known =
      asked.length === 0
        ? new Map<string, KnownBranch>()
        : await git.findBranches(project.path, project.remote, asked);
    if (isRefusal(known)) return known;
    const other = taskOn(store, project, branch, given.task);
    return {
      base: nameFinding(base) ?? baseFinding(project, known.get(base)),
      branch: nameFinding(branch) ?? branchFinding(known.get(branch), other),
    } satisfies BranchFindings;
  },
});

function nameFinding(name: string): BranchFinding | null {
  const wrong = whyNotBranchName(name);
  return wrong === undefined ? null : { tone: 'warning', text: wrong.reason };
}

/** Another task that is not done and works on this branch; null when there is none. */
function taskOn(store: Store, project: Project, branch: string, own: number | null): number | null {
  if (branch === '') return null;
  return store.tasks.openOnBranch(project.id, branch).find((id) => id !== own) ?? null;
}

function baseFinding(project: Project, known: KnownBranch | undefined): BranchFinding | null {
  if (known === undefined) return null;
  const { remote } = project;
  if (known.fetched) return { tone: 'good', text: `is on "${remote}"` };
  if (known.local) {
    const where = remote === null ? 'is here' : `is only here, not on "${remote}"`;
    return { tone: remote === null ? 'good' : 'warning', text: where };
  }
  return remote === null
    ? { tone: 'warning', text: 'there is no such branch' }
    : { tone: 'unknown', text: `is not known here; "${remote}" is asked at the launch` };
}

function branchFinding(known: KnownBranch | undefined, other: number | null): BranchFinding | null {
  if (known === undefined) return null;
  if (other !== null) return { tone: 'warning', text: `is the branch of #${other} too` };
  if (known.checkedOut !== null) {
    return { tone: 'warning', text: `is checked out in "${known.checkedOut}"` };
  }
  if (known.local || known.fetched)
    return { tone: 'warning', text: 'exists: the work goes on there' };
  return { tone: 'good', text: 'is free' };
}
