import type { Snapshot } from '#app.ts';
import { type Message, messageOf } from '#domain/notification/message.ts';
import { compareNotices, isTold } from '#domain/notification/notice.ts';
import type { InboxEntry, InboxKind } from '#domain/why.ts';
import { plainLine } from '#format/text.ts';
import { waitingIn } from '#tui/attention.ts';
import type { View } from '#tui/view.ts';

/** What decides whether and how the dashboard's own terminal tells of something. */
export interface BellOptions {
  readonly enabled: boolean;
  readonly events: readonly InboxKind[];
  /** Whether the terminal also shows a notification with words: where this machine's desktop does not. */
  readonly words: boolean;
  readonly environment: Readonly<Record<string, string>>;
}

const BELL = '\u0007';
const WORDS_CELLS = 200;

/**
 * Rings the dashboard's terminal when something begins to wait for the person; each time once. Returns what is to be called with each
 * snapshot. What waits at the start is no news. While another program has the terminal the supervisor rings it.
 */
export function createBell(
  write: (text: string) => void,
  first: Snapshot,
  now: () => number,
  options: BellOptions,
): (snapshot: Snapshot, view: View) => void {
  const { enabled, events, words, environment } = options;
  let known: readonly InboxEntry[] = waitingIn(first);
  return (snapshot, view) => {
    const entries = waitingIn(snapshot);
    if (entries === known) return;
    const { begun } = compareNotices(known, entries);
    known = entries;
    const watched = new Set(watchedTask(view));
    const told = begun.filter((entry) => isTold(entry, { enabled, events, watched, now: now() }));
    if (told.length === 0 || view.away) return;
    write(
      BELL + (words ? told.map((entry) => inWords(entry, snapshot, environment)).join('') : ''),
    );
  };
}

/** A person whose hands are on the keys looks at what is selected. */
function watchedTask({ kept, taskId }: View): number[] {
  return kept === null || taskId === null ? [] : [taskId];
}

function inWords(
  entry: InboxEntry,
  { tasks, projects }: Snapshot,
  environment: BellOptions['environment'],
): string {
  const task = tasks.find(({ id }) => id === entry.task);
  const project = projects.find(({ id }) => id === task?.projectId);
  if (task === undefined || project === undefined) return '';
  return terminalNotification(messageOf(entry, task, project), environment);
}

/** The sequence by which terminals show a notification: one of two that are in use, never both. */
export function terminalNotification(
  { project, text }: Message,
  environment: BellOptions['environment'],
): string {
  const [head, body] = [project, text].map((each) =>
    Array.from(plainLine(each)).slice(0, WORDS_CELLS).join(''),
  );
  const { VTE_VERSION, TERM = '' } = environment;
  if (VTE_VERSION !== undefined || TERM.startsWith('rxvt')) {
    return `\u001B]777;notify;${head?.replaceAll(';', ',')};${body}${BELL}`;
  }
  return `\u001B]9;${head}: ${body}${BELL}`;
}
