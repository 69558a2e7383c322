import type { Snapshot, TaskRow } from '#app.ts';
import { activitySign, statusSign } from '#format/status.ts';
import { plainLine } from '#format/text.ts';
import { noteOf } from '#tui/attention.ts';

/** More than this at once is not told one by one. */
const MOST = 5;

/** What changed between two snapshots that somebody who does not see the screen would want to hear, a sentence for each task. */
export function announcements(before: Snapshot, after: Snapshot): string[] {
  const known = new Map(before.tasks.map((task) => [task.id, task]));
  const said = after.tasks.flatMap((task) => {
    const old = known.get(task.id);
    return old === undefined ? [] : changeOf(old, task, before, after);
  });
  return said.length <= MOST ? said : [`${said.length} tasks changed.`];
}

function changeOf(old: TaskRow, task: TaskRow, before: Snapshot, after: Snapshot): string[] {
  const [was, is] = [before.sessions.get(task.id)?.activity, after.sessions.get(task.id)?.activity];
  const moved = old.status !== task.status;
  const asks = is !== undefined && was?.name !== is.name ? noteOf(task, after) : null;
  if (!moved && asks === null) return [];
  const words = [
    ...(moved ? [statusSign(task.status).label] : []),
    ...(asks === null ? [] : [asks.asks ? asks.text : activitySign(is?.name ?? 'idle').label]),
  ];
  return [`#${task.id} ${plainLine(task.title)}: ${plainLine(words.join(', '))}.`];
}
