import { z } from 'zod';
import type { App } from '#app.ts';
import type { Missing } from '#domain/delivery/missing.ts';
import { isRefusal, type Refusal, refuse } from '#domain/error.ts';
import type { Project } from '#domain/project.ts';
import { findingsForPerson } from '#domain/pull-request/fix.ts';
import { isBetweenTurns, type Session } from '#domain/session.ts';
import { isReviewed, type Task } from '#domain/task.ts';
import { awaitPrompt } from '#operations/attempt/wake.ts';
import { deliveryFacts } from '#operations/delivery/facts.ts';
import { tell } from '#operations/delivery/finish.ts';
import { redGates } from '#operations/delivery/proofs.ts';
import { taskId } from '#operations/inputs.ts';
import { defineOperation } from '#operations/operation.ts';
import { lookAtSessions } from '#operations/session/look.ts';
import { findTask } from '#operations/task/find.ts';
import { launchTask } from '#operations/task/launch.ts';
import { alreadyRuns, beginFix } from './begin.ts';
import { endRound } from './end.ts';
import { fixFacts } from './facts.ts';

interface Fixed {
  task: number;
  /** What Claude was told of; empty when fixing was stopped. */
  evidence: string[];
  stopped: boolean;
}

/** Tells the task's own Claude what stands against its pull request, whatever the policy says: it is a person's word. */
export const fixTask = defineOperation({
  name: 'round.fix',
  summary: 'Let Claude fix failing checks, conflicts and comments of a pull request.',
  command: {
    usage: 'fix <task>',
    json: true,
    options: [
      {
        flags: '--stop',
        summary: 'stop fixing this task by itself; `edit --fix settings` takes that back',
      },
    ],
  },
  input: z.object({ task: taskId, stop: z.boolean().optional() }),
  describe: ({ task, evidence, stopped }: Fixed) =>
    stopped
      ? `Nothing of #${task} is fixed any more by itself. Back to the settings: claustre edit ${task} --fix settings`
      : `Claude was told (#${task}): ${evidence.join('; ')}`,
  async run(app, given): Promise<Fixed | Refusal> {
    const found = findTask(app.store, given.task);
    if (isRefusal(found)) return found;
    if (given.stop) return stop(app, found.task);
    await lookAtSessions(app, [given.task]);
    const red = found.task.status === 'working' ? redGates(app, found.task, found.project) : [];
    const session = await readySession(app, found.task);
    if (isRefusal(session)) return session;
    if (red.length > 0) return tellGates(app, found, session, red);
    return begin(app, found, session);
  },
});

async function begin(
  app: App,
  { task, project }: { task: Task; project: Project },
  session: Session,
): Promise<Fixed | Refusal> {
  const { store } = app;
  const pullRequest = store.pullRequests.of(task.id);
  const facts = fixFacts(app, task, { session, pullRequest });
  const findings = facts === null ? [] : findingsForPerson(facts);
  if (pullRequest === null || findings.length === 0) return nothingToFix(task);
  const begun = await beginFix(app, {
    ...{ task, project, session, pullRequest, findings },
    by: 'person',
  });
  if (isRefusal(begun)) return begun;
  return { task: task.id, evidence: begun.evidence.map(({ title }) => title), stopped: false };
}

/** Tells the Claude of a person's own task of the gates that keep it from being delivered. */
async function tellGates(
  app: App,
  { task, project }: { task: Task; project: Project },
  session: Session,
  missing: readonly Missing[],
): Promise<Fixed | Refusal> {
  const state = await app.git.inspectWorktree(session.worktree, session.baseCommit);
  if (isRefusal(state)) return state;
  const facts = await deliveryFacts(app, task, project, session, state);
  if (isRefusal(facts)) return facts;
  const told = await tell(app, { task, project, session, facts, missing }, 'person');
  if (told !== null) return told;
  return { task: task.id, evidence: missing.map(({ title }) => title), stopped: false };
}

function nothingToFix({ id, status }: Task): Refusal {
  return isReviewed(status)
    ? refuse(
        `Nothing that Claude could fix stands against the pull request of #${id}.`,
        `See \`claustre why ${id}\`.`,
      )
    : refuse(`#${id} is not in review: there is nothing to fix yet.`);
}

/** The session of a task whose Claude can be told something; one whose Claude has ended is resumed first. */
async function readySession(app: App, task: Task): Promise<Session | Refusal> {
  const { store } = app;
  const open = store.rounds.openOf(task.id);
  if (open !== null) return alreadyRuns(task.id, open);
  const session = store.sessions.openOf(task.id);
  if (session === null) return nothingToFix({ ...task, status: 'pending' });
  const { name } = session.activity;
  if ((name !== 'ended' && name !== 'lost') || isBetweenTurns(session)) return session;
  const launched = await launchTask.run(app, { task: [task.id] });
  if (isRefusal(launched)) return launched;
  return awaitPrompt(app, task.id);
}

/** A person's word against it: no further round, and the one that runs is not waited for. Claude itself is not interrupted. */
function stop(app: App, task: Task): Fixed {
  const { store, clock } = app;
  store.write(() => {
    const open = store.rounds.openOf(task.id);
    if (open?.kind === 'fix') {
      endRound(app, open, { outcome: 'stopped', note: 'You stopped it.' });
    }
    if (task.fix === 'off') return;
    const data = { fields: ['fix'], before: { fix: task.fix } };
    const event = { kind: 'task.edit', source: 'person' as const, at: clock.iso(), data };
    store.tasks.update(task.id, { fix: 'off' }, { ...event, projectId: task.projectId });
  });
  return { task: task.id, evidence: [], stopped: true };
}
