import type { Snapshot, TaskRow } from '#app.ts';
import { activitySign, statusSign } from '#format/status.ts';
import { plainLine } from '#format/text.ts';
import { formatTurn } from '#format/turn.ts';
import { noteOf, turnIn } from '#tui/attention.ts';

/** More than this at once is not told one by one. */
const MOST = 5;

/** What changed between two snapshots that somebody who does not see the screen would want to hear, a sentence for each task. */
export function announcements(before: Snapshot, after: Snapshot, now: number): string[] {
  const known = new Map(before.tasks.map((task) => [task.id, task]));
  const said = after.tasks.flatMap((task) => {
    const old = known.get(task.id);
    return old === undefined ? [] : changeOf(old, task, { before, after, now });
  });
  return said.length <= MOST ? said : [`${said.length} tasks changed.`];
}

interface Change {
  before: Snapshot;
  after: Snapshot;
  now: number;
}

function changeOf(old: TaskRow, task: TaskRow, { before, after, now }: Change): string[] {
  const [was, is] = [before.sessions.get(task.id)?.activity, after.sessions.get(task.id)?.activity];
  const moved = old.status !== task.status;
  const asks = is !== undefined && was?.name !== is.name ? noteOf(task, after, now) : null;
  const turn = asks === null ? newTurn(old, task, { before, after, now }) : null;
  if (!moved && asks === null && turn === null) return [];
  const words = [
    ...(moved ? [statusSign(task.status).label] : []),
    ...(asks === null ? [] : [asks.asks ? asks.text : activitySign(is?.name ?? 'idle').label]),
    ...(turn === null ? [] : [turn]),
  ];
  return [`#${task.id} ${plainLine(task.title)}: ${plainLine(words.join(', '))}.`];
}

/** Whose turn it has become, in words; null while it is the same one's, or is not known. */
function newTurn(old: TaskRow, task: TaskRow, { before, after, now }: Change): string | null {
  const [was, is] = [turnIn(old, before, now), turnIn(task, after, now)];
  if (is === null || is.of === null) return null;
  if (was?.of === is.of && was.kind === is.kind) return null;
  return is.of === 'you' ? `your turn, ${is.text}` : formatTurn(is, now);
}
