import type { App } from '#app.ts';
import { alarmOf } from '#domain/claude/alarm.ts';
import type { Session } from '#domain/session.ts';
import type { Task } from '#domain/task.ts';
import { readableSettings } from '#operations/project/settings.ts';
import { stopAttempt } from './stop.ts';

/**
 * Looks at every Claude that works whether it seems to run in circles, and writes down when that begins and when it is over. Where the
 * settings say so the attempt of an autonomous task is stopped as well. Returns how many work.
 */
export async function watchAlarms(app: App): Promise<number> {
  const { store } = app;
  let working = 0;
  for (const session of store.sessions.open()) {
    const works = session.activity.name === 'working';
    if (works) working += 1;
    if (!works && session.alarm === null) continue;
    const task = store.tasks.find(session.taskId);
    const project = task === null ? null : store.projects.find(task.projectId);
    if (task === null || project === null) continue;
    const said = readableSettings(app.config, project.path);
    if (said === null) continue;
    const { action, ...settings } = said.alarm;
    const alarm = alarmOf({
      ...{ task, session, settings, now: app.clock.now() },
      doing: store.progress.of(session.id).doing,
      headway: store.progress.headway(session.id, session.transcriptPath),
    });
    if (alarm !== session.alarm) note(app, session, alarm);
    if (alarm === null || action !== 'stop' || task.mode !== 'autonomous') continue;
    await stop(app, task, session, alarm);
  }
  return working;
}

function note({ store, clock }: App, { id, taskId }: Session, alarm: string | null): void {
  const event = { kind: 'session.alarm', source: 'supervisor' as const, at: clock.iso() };
  store.write(() => store.sessions.update(id, { alarm }, { ...event, taskId, data: { alarm } }));
}

async function stop(app: App, task: Task, session: Session, alarm: string): Promise<void> {
  const phrase = `it ran in circles (${alarm})`;
  const remedy = `claustre launch ${task.id} lets it go on.`;
  await stopAttempt(app, { task, session }, { code: 'looped', phrase, remedy });
}
