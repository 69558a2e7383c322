import type { App } from '#app.ts';
import { attemptStep } from '#domain/attempt/step.ts';
import { isRefusal } from '#domain/error.ts';
import { goOnPrompt } from '#domain/prompt.ts';
import type { Session } from '#domain/session.ts';
import type { Task } from '#domain/task.ts';
import { goOnByItself } from '#operations/queue/go-on.ts';
import { sendToSession } from '#operations/session/send.ts';
import { isWatched } from '#operations/session/watched.ts';
import { findTask } from '#operations/task/find.ts';
import { failAttempt } from './fail.ts';

/** What could not be done now, and is tried again after a while; null when nothing is due before `until`. */
export interface AttemptWait {
  reason: string | null;
  /** Milliseconds since 1970; null for whenever something changes. */
  until: number | null;
}

const NO_WAIT: AttemptWait = { reason: null, until: null };

/** Takes the next step of the attempt of a session: notices that it ended badly, tries it again when its time has come, stops what takes too long. */
export async function stepAttempt(app: App, session: Session): Promise<AttemptWait> {
  const { store, clock, config } = app;
  const found = findTask(store, session.taskId);
  if (isRefusal(found)) return NO_WAIT;
  const { task, project } = found;
  const { attempts } = config.forProject(project.path);
  const step = attemptStep({
    ...{ task, session, minutes: attempts.minutes, now: clock.now() },
    attempt: store.attempts.currentOf(session.id),
  });
  switch (step.act) {
    case 'nothing':
      return NO_WAIT;
    case 'wait':
      return { reason: null, until: step.until };
    case 'fail':
      failAttempt(app, task, session, step, attempts.max);
      return NO_WAIT;
    case 'goes_on':
      goesOn(app, task, session);
      return NO_WAIT;
    case 'stop':
      return stop(app, session);
    case 'go_on':
      return goOn(app, task, session, attempts.max);
    default:
      return step satisfies never;
  }
}

/** Whoever saw to it: what failed is over. */
function goesOn({ store, clock }: App, task: Task, session: Session): void {
  store.write(() => {
    const at = clock.iso();
    const event = { kind: 'attempt.go_on', source: 'supervisor' as const, at };
    const { id: sessionId, claudeSessionId, taskId } = session;
    store.tasks.update(task.id, { retryAt: null }, { ...event, sessionId, taskId });
    if (store.attempts.currentOf(sessionId) !== null) return;
    store.attempts.start({ taskId, sessionId, purpose: 'work', claudeSessionId, startedAt: at });
  });
}

/** Interrupts a turn as a person would. One that does not stop by that is interrupted again. */
async function stop({ tmux, clock }: App, { pane }: Session): Promise<AttemptWait> {
  if (pane !== null) await tmux.sendKeys(pane, ['Escape']);
  return { reason: 'Claude is being stopped', until: clock.now() + STOP_MS };
}

const STOP_MS = 5_000;

/** Tells Claude to go on, in the conversation that it has; one whose process is over is started with it again. */
async function goOn(app: App, task: Task, session: Session, most: number): Promise<AttemptWait> {
  const { store } = app;
  const { name } = session.activity;
  if (name === 'ended' || name === 'lost') {
    const launched = await goOnByItself(app, task.id);
    if (!isRefusal(launched)) return NO_WAIT;
    store.write(() => {
      const event = { kind: 'attempt.not_resumed', source: 'supervisor' as const };
      const data = { reason: launched.reason };
      store.tasks.update(task.id, { retryAt: null }, { ...event, at: app.clock.iso(), data });
    });
    const now = store.sessions.find(session.id) ?? session;
    const text = launched.reason;
    failAttempt(app, task, now, { code: 'launch_failed', text }, most);
    return NO_WAIT;
  }
  if (await isWatched(app, session.id)) return again(app, 'somebody is in its session');
  const sent = await sendToSession.run(app, { task: task.id, text: goOnPrompt(session.failure) });
  if (isRefusal(sent)) return again(app, sent.reason);
  goesOn(app, task, session);
  return NO_WAIT;
}

const AGAIN_MS = 15_000;

function again({ clock }: App, reason: string): AttemptWait {
  return { reason, until: clock.now() + AGAIN_MS };
}
