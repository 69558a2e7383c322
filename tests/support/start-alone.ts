import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Session } from '#domain/session.ts';
import type { Task } from '#domain/task.ts';
import { stepAttempt } from '#operations/attempt/step.ts';
import { deliverTurn, undelivered } from '#operations/delivery/deliver.ts';
import { openFixes, settleRounds } from '#operations/round/settle.ts';
import { lookAtSessions } from '#operations/session/look.ts';
import { recordHook } from '#operations/session/update.ts';
import { findTask } from '#operations/task/find.ts';
import { granted, launchedTask, workshop } from './workshop.ts';

/** An autonomous task that was launched and prompted, with a Claude that does what the test says. */
export async function startAlone(more: Partial<Task> = {}, config = '') {
  const shop = workshop();
  const { app, repo, tmux } = shop;
  if (config !== '') writeFileSync(join(app.paths.home, 'config.toml'), config);
  const { id, session } = await launchedTask(shop, { mode: 'autonomous', ...more });
  const { clock, store } = app;
  const git = repo.in(session.worktree);
  const now = (): Session => {
    const found = store.sessions.find(session.id);
    if (found === null) throw new Error('The session is gone.');
    return found;
  };
  const report = (payload: Record<string, unknown>) => {
    clock.advance(1_000);
    const at = clock.now();
    const common = { session_id: now().claudeSessionId, transcript_path: '/t.jsonl' };
    const uid = `u${at}`;
    recordHook(store, { uid, sessionId: session.id, at, payload: { ...common, ...payload } });
  };
  let taken = -1;
  const claude = { takes: true, told: [] as string[] };
  const prompted = (prompt: string) => report({ hook_event_name: 'UserPromptSubmit', prompt });
  const { sendKeys } = app.tmux;
  Object.assign(app.tmux, {
    sendKeys: async (pane: string, keys: readonly string[]) => {
      await sendKeys(pane, keys);
      if (!keys.includes('Enter') || !claude.takes) return;
      const last = tmux.sent.findLastIndex((each) => each.length > 20);
      const pasted = tmux.sent[last];
      if (pasted === undefined || last <= taken) return;
      taken = last;
      claude.told.push(pasted);
      prompted(pasted);
    },
  });
  prompted('Do it.');
  return {
    ...{ ...shop, id, git, claude, prompted, report, session: now },
    task: () => shop.task(id),
    endTurn: () => report({ hook_event_name: 'Stop' }),
    failTurn: (error: string, text = 'API Error') =>
      report({ hook_event_name: 'StopFailure', error, last_assistant_message: text }),
    commit: (name = 'a.txt') => repo.commit({ [name]: `${clock.now()}` }, session.worktree),
    push: () => git('push', '-q', 'origin', 'HEAD'),
    /** The program ends, and the next look sees that. */
    async dies(how: { exitStatus?: number; signal?: number }) {
      clock.advance(1_000);
      for (const pane of tmux.panes) {
        if (pane.session !== session.id) continue;
        Object.assign(pane, { dead: true, exitStatus: null, signal: null, ...how });
      }
      await lookAtSessions(app, [id]);
    },
    /** One look at everything that ended; returns what could not be found out. */
    async judge() {
      await settleRounds(app, openFixes(app), (_, error) => {
        throw error;
      });
      const unknown = [];
      for (const each of undelivered(app)) {
        const found = granted(findTask(store, each.taskId));
        unknown.push(await deliverTurn(app, found.task, found.project, each));
      }
      return unknown.filter((each) => each !== null);
    },
    step: () => stepAttempt(app, now()),
    rounds: () => store.rounds.of(id),
    codes: () => store.attempts.ofTask(id).map(({ errorCode }) => errorCode),
    charged: () => store.attempts.ofTask(id).filter((each) => each.charged).length,
  };
}
