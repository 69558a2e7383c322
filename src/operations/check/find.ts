import type { Store } from '#app.ts';
import { isRefusal, type Refusal, refuse } from '#domain/error.ts';
import { type Check, checkKey, checkTitle } from '#domain/pull-request/checks.ts';
import type { PullRequest } from '#domain/pull-request/pull-request.ts';
import { findTask } from '#operations/task/find.ts';

/** The pull request of a task whose checks are known, or why there is none. */
export function findChecks(
  store: Pick<Store, 'tasks' | 'projects' | 'pullRequests'>,
  task: number,
): PullRequest | Refusal {
  const found = findTask(store, task);
  if (isRefusal(found)) return found;
  const pullRequest = store.pullRequests.of(task);
  if (pullRequest === null) return refuse(`#${task} has no pull request yet.`);
  if (pullRequest.readAt === null) {
    return refuse(
      `The pull request of #${task} was not read yet.`,
      'It is read while the supervisor runs: open the dashboard.',
    );
  }
  return pullRequest;
}

/**
 * The check of this name, with its workflow or without, or the only one that contains it; a key names exactly one. Without a name one that
 * failed, the required ones first.
 */
export function findCheck(
  { number, checkRuns }: Pick<PullRequest, 'number' | 'checkRuns'>,
  name: string | null,
): Check | Refusal {
  if (name === null) {
    const failed = checkRuns.filter(({ meaning }) => meaning === 'failed');
    const first = failed.find(({ required }) => required === true) ?? failed[0];
    return first ?? refuse(`No check of pull request ${number} has failed.`);
  }
  const like = namedLike(checkRuns, name);
  const [only] = like;
  if (only !== undefined && like.length === 1) return only;
  const names = (like.length > 0 ? like : checkRuns).map((check) => `"${checkTitle(check)}"`);
  return refuse(
    like.length > 1
      ? `Several checks of pull request ${number} have "${name}" in their names.`
      : `Pull request ${number} has no check "${name}".`,
    names.length === 0 ? undefined : `There are: ${names.slice(0, 10).join(', ')}.`,
    'not_found',
  );
}

/** Those that the name fits best. */
function namedLike(checks: readonly Check[], name: string): Check[] {
  const wanted = name.toLowerCase();
  const fits: ((check: Check) => boolean)[] = [
    (check) => checkKey(check) === name,
    (check) => checkTitle(check) === name,
    (check) => check.name === name,
    (check) => check.name.toLowerCase().includes(wanted),
  ];
  return fits.map((fit) => checks.filter(fit)).find((found) => found.length > 0) ?? [];
}
