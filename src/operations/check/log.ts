import { z } from 'zod';
import type { App } from '#app.ts';
import { isRefusal, type Refusal, refuse } from '#domain/error.ts';
import type { Check } from '#domain/pull-request/checks.ts';
import { relevantLog } from '#domain/pull-request/job-log.ts';
import { taskId } from '#operations/inputs.ts';
import { defineOperation } from '#operations/operation.ts';
import { findCheck, findChecks } from './find.ts';

/** The relevant part of the log of a check, for somebody who reads it. */
export const readCheckLog = defineOperation({
  name: 'check.log',
  summary: 'Read what of the log of a check tells why it failed.',
  input: z.object({ task: taskId, check: z.string().nullable().default(null) }),
  describe: (log: { text: string }) => log.text,
  async run(app, given) {
    const pullRequest = findChecks(app.store, given.task);
    if (isRefusal(pullRequest)) return pullRequest;
    const check = findCheck(pullRequest, given.check);
    if (isRefusal(check)) return check;
    const path = await failingLog(app, given.task, check);
    if (isRefusal(path)) return path;
    const text = app.host.readKept(path);
    if (text === null) return refuse('The log that was kept is gone.', 'Ask for it again.');
    return { task: given.task, check: check.name, workflow: check.workflow, path, text };
  },
});

/**
 * The file with the relevant part of the log of a check: in the folder of the task's session, for
 * the person alone. A log that was read once is not read again: a job that runs anew has another
 * number. It is text from outside, and may hold secrets.
 */
export async function failingLog(
  { store, gh, host, paths }: Pick<App, 'store' | 'gh' | 'host' | 'paths'>,
  task: number,
  check: Pick<Check, 'name' | 'job' | 'url' | 'meaning'>,
): Promise<string | Refusal> {
  const pullRequest = findChecks(store, task);
  if (isRefusal(pullRequest)) return pullRequest;
  const session = store.sessions.openOf(task) ?? store.sessions.lastOf(task);
  if (session === null) return refuse(`#${task} was never launched.`);
  if (check.job === null) {
    return refuse(
      `"${check.name}" is no job of GitHub's own, and its log is elsewhere.`,
      check.url === null ? undefined : `See ${check.url}`,
    );
  }
  if (check.meaning === 'pending') {
    return refuse(`"${check.name}" still runs.`, 'Its log can be read when it has ended.');
  }
  const path = `${paths.sessions}/${session.id}/checks/${check.job.id}.log`;
  if (host.readKept(path) !== null) return path;
  const log = await gh.readJobLog(pullRequest.host, pullRequest.repository, check.job.id);
  if (isRefusal(log)) return { ...log, reason: `${log.reason} (check "${check.name}")` };
  host.keep(path, relevantLog(log));
  return path;
}
