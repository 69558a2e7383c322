import type { Snapshot, TaskRow } from '#app.ts';
import type { Request } from '#domain/claude/request.ts';
import { toAfter } from '#domain/dependency.ts';
import type { Project } from '#domain/project.ts';
import type { PullRequest } from '#domain/pull-request/pull-request.ts';
import type { Session } from '#domain/session.ts';
import { aProject, aSession, aTask } from './builders.ts';
import { NOW } from './dashboard.tsx';
import { aCheck, failing, NOTHING_MORE } from './reading.ts';
import { ASKS_BASH, ASKS_QUESTIONS, aRequest, offersCommand } from './requests.ts';

export function aRow(id: number, changes: Partial<TaskRow> = {}): TaskRow {
  const { prompt: _, ...task } = aTask({ position: id, uuid: `uuid-${id}` });
  return { ...task, id, subtasks: 0, subtasksDone: 0, openBefore: [], ...changes };
}

export function projectNamed(id: number, name: string): Project {
  return { ...aProject({ name, path: `/repos/${name}`, uuid: `project-${id}` }), id };
}

export function aSnapshot(changes: Partial<Snapshot> = {}): Snapshot {
  return {
    projects: [],
    tasks: [],
    sessions: new Map(),
    progress: new Map(),
    testRuns: new Map(),
    requests: [],
    pullRequests: new Map(),
    feedback: new Map(),
    rounds: new Map(),
    roundCounts: new Map(),
    heldMoves: new Map(),
    hosts: [],
    overlaps: [],
    spent: new Map(),
    fixSettings: new Map(),
    usage: new Map(),
    limits: [],
    queue: { pausedAt: null, pauseReason: null },
    shortMemory: null,
    queueSettings: new Map(),
    budgetWaits: new Map(),
    gateRuns: new Map(),
    delays: new Map(),
    ...changes,
  };
}

const MINUTE = 60_000;

export function sessionOf(taskId: number, changes: Partial<Session>): [number, Session] {
  const fixed = { id: `session-${taskId}`, claudeSessionId: `claude-${taskId}` };
  return [taskId, aSession({ ...fixed, taskId, pane: null, ...changes })];
}

export function pullRequestOf(
  taskId: number,
  changes: Partial<PullRequest>,
): [number, PullRequest] {
  const known: PullRequest = {
    id: taskId,
    taskId,
    ...NOTHING_MORE,
    feedbackRead: null,
    mergeStopped: null,
    nodeId: `node-${taskId}`,
    host: 'github.com',
    repository: 'acme/web-shop',
    number: 40 + taskId,
    url: `https://github.com/acme/web-shop/pull/${40 + taskId}`,
    state: 'open',
    draft: false,
    base: 'main',
    head: 'task/x',
    headCommit: 'c'.repeat(40),
    headSeenAt: new Date(NOW - 90 * MINUTE).toISOString(),
    conflictSeen: null,
    mergeCommit: null,
    checks: 'passed',
    review: 'required',
    mergeable: 'mergeable',
    mergeState: 'clean',
    createdAt: new Date(NOW - 90 * MINUTE).toISOString(),
    readAt: new Date(NOW - 2 * MINUTE).toISOString(),
    staleReason: null,
    mergedAt: null,
    landedAt: null,
  };
  return [taskId, { ...known, ...changes }];
}

/** A session that asks, and has a pane to go to. */
export function sessionAsking(
  taskId: number,
  name: Session['activity']['name'],
  detail: string,
): [number, Session] {
  return sessionOf(taskId, { ...activity(name, detail), pane: `%${taskId}` });
}

/** What the session of a task asks, with a hook that waits. */
export function requestOf(taskId: number, payload: object, minutes = 4): Request {
  const id = `request-${taskId}`;
  return aRequest(
    { id, taskId, sessionId: `session-${taskId}`, askedAt: NOW - minutes * MINUTE },
    payload,
  );
}

export const activity = (name: Session['activity']['name'], detail: string | null = null) => ({
  activity: { name, source: 'hook' as const, since: NOW - 4 * MINUTE, detail },
});

/** The payload with which Claude asks for a command. */
export function asksCommand(command: string): object {
  const permission_suggestions = offersCommand(command);
  return {
    ...ASKS_BASH,
    tool_input: { command, description: 'what it is for' },
    permission_suggestions,
  };
}

/** Three projects and a queue in which everything goes well, with one question. */
export function fullSnapshot(): Snapshot {
  const todos = [
    { id: '1', subject: 'Read the parser', done: true },
    { id: '2', subject: 'Fix the edge case at the end of input', done: false },
  ];
  return aSnapshot({
    projects: [
      projectNamed(1, 'web-shop'),
      projectNamed(2, 'api'),
      projectNamed(3, 'docs-with-a-rather-long-name-そして日本語'),
    ],
    tasks: [
      aRow(1, {
        title: 'Fix the parser at the end of input',
        status: 'working',
        subtasks: 3,
        subtasksDone: 1,
      }),
      aRow(2, {
        title: 'Add dark mode to the settings page',
        status: 'working',
        mode: 'autonomous',
      }),
      aRow(3, {
        title:
          'Show the delivery date in the basket, the mail and the invoice, in all three languages',
        status: 'in_review',
      }),
      aRow(4, { title: 'Upgrade to Node 24', held: 'killed' }),
      aRow(5, {
        title: 'Cache product images 🖼️ für größere Läden',
        openBefore: [1, 2].map(toAfter),
      }),
      aRow(6, { title: 'Rewrite the search', status: 'draft' }),
      aRow(7, { title: 'Remove the old banner', status: 'done' }),
      aRow(8, { title: 'Rate limit the login', status: 'working', projectId: 2 }),
    ],
    sessions: new Map([
      sessionOf(1, { ...activity('permission', 'Bash: npm run build'), todos, contextPercent: 34 }),
      sessionOf(2, activity('working')),
      sessionOf(3, activity('idle')),
      sessionOf(8, activity('working')),
    ]),
    progress: new Map([
      [
        2,
        {
          work: {
            ...{ head: 'head', ahead: 3, behind: 2, files: 5, added: 120, deleted: 8, cut: false },
            readAt: NOW - MINUTE,
          },
          risks: null,
          doing: { text: 'Bash: npm test', since: NOW - MINUTE },
        },
      ],
    ]),
    requests: [requestOf(1, asksCommand('npm run build'))],
    pullRequests: new Map([
      pullRequestOf(3, {
        checkRuns: [
          aCheck('build', 'SUCCESS', { workflow: 'CI', required: true }),
          aCheck('end to end (ブラウザ)', 'SUCCESS', { workflow: 'CI', required: true }),
          aCheck('preview', 'SKIPPED', { workflow: 'Deploy', required: false }),
          aCheck('coverage', 'SUCCESS'),
        ],
      }),
    ]),
    usage: new Map([
      [1, { inputTokens: 123_456, outputTokens: 7_890, costUsd: 1.42, workedMs: 12 * MINUTE }],
    ]),
    limits: [
      { window: 'five_hour', usedPercent: 42, resetsAt: NOW + 120 * MINUTE, readAt: NOW },
      { window: 'seven_day', usedPercent: 91.5, resetsAt: NOW + 4_320 * MINUTE, readAt: NOW },
      // What the limited task waits for, whatever the time is at which somebody looks.
      { window: 'seven_day_opus', usedPercent: 100, resetsAt: Date.UTC(2100, 0), readAt: NOW },
    ],
  });
}

/** Everything that can go wrong, and texts from outside that mean harm. */
export function troubleSnapshot(): Snapshot {
  const full = fullSnapshot();
  return {
    ...full,
    tasks: [
      ...full.tasks,
      aRow(9, { title: 'Broken migration of orders', status: 'ci_failed' }),
      aRow(10, { title: 'Merge the two carts', status: 'conflict' }),
      aRow(11, { title: 'Invoice numbers', status: 'error' }),
      aRow(12, { title: 'Address book import', status: 'interrupted' }),
      aRow(13, { title: 'Setup that does not work', held: 'setup failed' }),
      aRow(14, {
        title: 'A\u001b[31mnasty\u0007 title\nwith \u202econtrol characters',
        status: 'working',
      }),
    ],
    sessions: new Map([
      ...full.sessions,
      sessionOf(9, activity('idle')),
      sessionOf(10, activity('question', 'Which db?')),
      sessionOf(12, activity('lost', 'the pane is gone')),
      sessionOf(14, activity('limited', 'resets 14:30')),
    ]),
    requests: [...full.requests, requestOf(10, ASKS_QUESTIONS)],
    pullRequests: new Map([
      ...full.pullRequests,
      pullRequestOf(9, {
        checks: 'failed',
        checkRuns: failing('lint'),
        review: 'changes_requested',
      }),
      pullRequestOf(10, {
        mergeable: 'conflicting',
        staleReason: 'gh did not answer',
        readAt: new Date(NOW - 45 * MINUTE).toISOString(),
      }),
    ]),
  };
}
