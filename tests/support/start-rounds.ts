import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PullRequest } from '#domain/pull-request/pull-request.ts';
import type { Round } from '#domain/pull-request/round.ts';
import type { Task } from '#domain/task.ts';
import { fixTask } from '#operations/round/fix.ts';
import { openFixes, settleRounds } from '#operations/round/settle.ts';
import { stepFix } from '#operations/round/step.ts';
import { recordHook } from '#operations/session/update.ts';
import { aThread } from './feedback.ts';
import { aPullRequest } from './pull-requests.ts';
import { failing } from './reading.ts';
import { launchedTask, workshop } from './workshop.ts';

export const CI_FAILED: Partial<PullRequest> = { checks: 'failed', checkRuns: failing('build') };

/** A task in review whose pull request says `facts`, whose branch is on the remote, and whose Claude waits at its prompt. */
export async function start(
  facts: Partial<PullRequest> = {},
  { status = 'in_review', ...more }: Partial<Task> = {},
  config = '',
) {
  const shop = workshop();
  const { app, repo, tmux } = shop;
  if (config !== '') writeFileSync(join(app.paths.home, 'config.toml'), config);
  const { id, session } = await launchedTask(shop, { push: 'pr', ...more });
  repo.commit({ 'page.txt': 'one' }, session.worktree);
  const git = repo.in(session.worktree);
  const push = () => git('push', '--quiet', 'origin', 'HEAD');
  push();
  const { clock, store } = app;
  /** Whether Claude reports what it takes, and what it does then. */
  const claude = {
    takes: true,
    does: (_prompt: string) => {},
    says: '',
    lines: [] as unknown[],
  };
  const report = (payload: Record<string, unknown>) => {
    clock.advance(1_000);
    const common = { session_id: session.claudeSessionId, transcript_path: '/t.jsonl' };
    const at = clock.now();
    recordHook(store, {
      uid: `u${at}`,
      sessionId: session.id,
      at,
      payload: { ...common, ...payload },
    });
  };
  const prompted = (prompt: string) => {
    claude.lines.push({ type: 'user', message: { role: 'user', content: prompt } });
    report({ hook_event_name: 'UserPromptSubmit', prompt });
  };
  const endTurn = () => {
    const content = [{ type: 'text', text: claude.says }];
    claude.lines.push({ type: 'assistant', message: { role: 'assistant', content } });
    report({ hook_event_name: 'Stop' });
    clock.advance(3_000);
  };
  const { sendKeys } = app.tmux;
  Object.assign(app.tmux, {
    sendKeys: async (pane: string, keys: readonly string[]) => {
      await sendKeys(pane, keys);
      const pasted = tmux.sent.findLast((each) => each.includes('claustre, fix round'));
      if (!keys.includes('Enter') || !claude.takes || pasted === undefined) return;
      prompted(pasted);
      claude.does(pasted);
    },
  });
  Object.assign(app.claude, {
    transcriptSize: () => 1,
    readTranscript: () => ({ lines: claude.lines, next: 1, more: false }),
  });
  Object.assign(app.gh, {
    readPullRequests: async () => ({ found: new Map(), failed: new Map() }),
  });
  prompted('Do it.');
  endTurn();
  const at = clock.iso();
  const head = git('rev-parse', 'HEAD');
  const pullRequest = store.write(() => {
    const task = shop.task(id);
    store.tasks.setStatus(id, task.status, status, {}, { kind: 'test', source: 'claustre', at });
    const { id: _, ...known } = aPullRequest({
      taskId: id,
      head: session.branch,
      headCommit: head,
      createdAt: at,
      ...facts,
    });
    return store.pullRequests.add(known, { kind: 'pull_request.add', source: 'hook', at });
  });
  clock.advance(60_000);
  /** What GitHub says next, of the commit that the branch has then. */
  const reads = (changes: Partial<PullRequest>) => {
    const read = { headCommit: git('rev-parse', 'HEAD'), readAt: clock.iso() };
    store.write(() => store.pullRequests.update(pullRequest.id, { ...read, ...changes }, null));
  };
  const says = (...feedback: Parameters<typeof aThread>[0][]) =>
    store.write(() =>
      store.feedback.replace(
        pullRequest.id,
        feedback.map((each) => aThread({ ...each, pullRequestId: pullRequest.id })),
        null,
      ),
    );
  return {
    ...{ shop, app, id, session, pullRequest, claude, git, push, reads, says, prompted, endTurn },
    sent: () => tmux.sent.filter((each) => each.includes('claustre, fix round')),
    fix: (stop = false) => fixTask.run(app, stop ? { task: id, stop } : { task: id }),
    step: async () => (await stepFix(app, id))?.reason ?? null,
    settle: async () => {
      await settleRounds(app, openFixes(app), (_, error) => {
        throw error;
      });
      return openFixes(app).length;
    },
    rounds: (): Round[] => store.rounds.of(id),
    status: () => shop.task(id).status,
    toStatus: (status: Task['status']) =>
      store.write(() =>
        store.tasks.setStatus(
          id,
          shop.task(id).status,
          status,
          {},
          { kind: 'test', source: 'claustre', at },
        ),
      ),
    events: (kind: string) =>
      store.events.ofTask(id, 200).flatMap((each) => (each.kind === kind ? [each.data] : [])),
    commit: (text: string) => repo.commit({ 'page.txt': text }, session.worktree),
  };
}
