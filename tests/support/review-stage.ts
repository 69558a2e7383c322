import type { ClaudePrint } from '#adapters/claude/claude.ts';
import type { PrintEnd } from '#adapters/claude/run-print.ts';
import type { Conversation } from '#adapters/gh/answers.ts';
import type { PrintResult } from '#domain/claude/print-result.ts';
import { type Refusal, refuse } from '#domain/error.ts';
import type { Feedback } from '#domain/pull-request/feedback.ts';
import { type PullRequest, unreadPullRequest } from '#domain/pull-request/pull-request.ts';
import type { Session } from '#domain/session.ts';
import type { Task } from '#domain/task.ts';
import { addProject, addSession, addTask, type FakeApp, fakeApp } from './fake-app.ts';
import { aThread } from './feedback.ts';

const event = { kind: 'test', source: 'supervisor', at: '2026-01-01T12:00:00.000Z' } as const;
export const BEFORE = 'a'.repeat(40);
export const AFTER = 'c'.repeat(40);

/** A task in review with its loop turned on, before a GitHub, a git and a Claude that do as they are told. */
export interface ReviewStage {
  app: FakeApp;
  task: Task;
  session: Session;
  pullRequest: PullRequest;
  /** Commits of the worktree and of the remote, and the branch that is checked out. */
  git: { head: string; remote: string | Refusal | null; branch: string };
  /** What Claude is asked; and what it does then, which ends with what it printed. */
  claude: {
    asked: ClaudePrint[];
    works(): PrintEnd | Promise<PrintEnd>;
    stopped: number;
    trace: { pid: number | null; result: PrintResult | null } | null;
  };
  /** What GitHub has; what was written there; and how the next change fails. */
  github: { conversation: Conversation; written: string[]; fails: 'unsure' | 'refused' | null };
  feedback(id?: string): Feedback;
  say(...feedback: Feedback[]): void;
}

/** What Claude prints when all is well, with these verdicts. */
export function printed(verdicts: unknown, more: Partial<PrintResult> = {}): PrintEnd {
  const result: PrintResult = {
    ...{ claudeSessionId: 'conversation', output: { verdicts }, failed: null, limited: false },
    ...{ denied: [], costUsd: 0.5, inputTokens: 1000, outputTokens: 10, durationMs: 60_000 },
    ...more,
  };
  return { exitCode: 0, result, words: '' };
}

export function reviewStage(): ReviewStage {
  const git: ReviewStage['git'] = { head: BEFORE, remote: BEFORE, branch: 'task/x' };
  const claude: ReviewStage['claude'] = {
    ...{ asked: [], stopped: 0, trace: null },
    works: () => printed([{ id: 'F1', verdict: 'declined', reason: 'No.' }]),
  };
  const thread = { own: [], resolved: false, canReply: true, canResolve: true };
  const github: ReviewStage['github'] = {
    conversation: { pendingReview: false, own: [], threads: new Map([['T1', thread]]) },
    ...{ written: [], fails: null },
  };
  const app = fakeApp({
    git: {
      inspectWorktree: async () => ({
        ...{ head: git.head, branch: git.branch, changed: 0, untracked: 0, ahead: 1, unpushed: 0 },
      }),
      remoteHead: async () =>
        typeof git.remote === 'string' ? { commit: git.remote } : git.remote,
    },
    claude: {
      print: async (request) => {
        claude.asked.push(request);
        let end: (ended: PrintEnd) => void = () => undefined;
        const stopped = new Promise<PrintEnd>((done) => {
          end = done;
        });
        const stop = (): void => {
          claude.stopped += 1;
          end({ exitCode: null, result: null, words: '' });
        };
        return { ended: Promise.race([Promise.resolve(claude.works()), stopped]), stop };
      },
      readPrint: () => claude.trace,
      readLayers: () => null,
    },
    gh: githubMethods(github),
    host: { isAlive: () => false },
  });
  // Nothing may end the hour that a round has, but the test.
  app.clock.wait = async (_ms, signal) => {
    if (signal === undefined) return;
    await new Promise<void>((done) => signal.addEventListener('abort', () => done()));
  };
  const project = addProject(app);
  const task = addTask(app, project, { status: 'in_review', loop: true });
  const activity = { name: 'idle', source: 'hook', since: 1, detail: null } as const;
  const session = addSession(app, task, { branch: 'task/x', activity });
  const address = { taskId: task.id, host: 'github.com', repository: 'acme/app', number: 7 };
  const unread = unreadPullRequest({ ...address, url: 'u', createdAt: app.clock.iso() });
  const pullRequest = app.store.write(() =>
    app.store.pullRequests.add({ ...unread, nodeId: 'PR', readAt: app.clock.iso() }, event),
  );
  const stage: ReviewStage = {
    ...{ app, task, session, pullRequest, git, claude, github },
    feedback(id = 'T1') {
      const found = app.store.feedback.find(pullRequest.id, id);
      if (found === null) throw new Error(`There is no feedback ${id}.`);
      return found;
    },
    say(...feedback) {
      app.store.write(() =>
        app.store.feedback.replace(
          pullRequest.id,
          feedback.map(
            ({
              pullRequestId,
              roundId,
              decidedFor,
              verdict,
              reason,
              replyId,
              answeredAt,
              ...said
            }) => said,
          ),
          null,
        ),
      );
    },
  };
  stage.say(aThread());
  return stage;
}

/** Writes into `written`; a change that is unsure is done all the same, and found at the next reading. */
function githubMethods(github: ReviewStage['github']) {
  const write = (list: { id: string; body: string }[] | undefined, body: string) => {
    const why = refuse('GitHub has trouble.');
    if (github.fails === 'refused') return { outcome: 'refused', why } as const;
    const id = `R${github.written.length + 1}`;
    github.written.push(body);
    list?.push({ id, body });
    const lost = github.fails === 'unsure';
    github.fails = null;
    return lost ? ({ outcome: 'unsure', why } as const) : ({ outcome: 'done', id } as const);
  };
  return {
    readConversation: async () => structuredClone(github.conversation),
    replyToThread: async (_host: string, thread: string, body: string) =>
      write(github.conversation.threads.get(thread)?.own, body),
    comment: async (_host: string, _of: string, body: string) =>
      write(github.conversation.own, body),
    resolveThread: async (_host: string, thread: string) => {
      const done = write(undefined, `resolve ${thread}`);
      const found = github.conversation.threads.get(thread);
      if (found !== undefined && done.outcome !== 'refused') found.resolved = true;
      return done;
    },
  };
}
