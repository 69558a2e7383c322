import type { Snapshot } from '#app.ts';
import { type Message, messageOf } from '#domain/notification/message.ts';
import {
  mostTelling,
  type News,
  type NoticeKind,
  newsOf,
  withNews,
} from '#domain/notification/news.ts';
import { compareNotices, isTold, NEWS_MS, type Notice } from '#domain/notification/notice.ts';
import { plainLine } from '#format/text.ts';
import { waitingIn } from '#tui/attention.ts';
import type { View } from '#tui/view.ts';

/** What decides whether and how the dashboard's own terminal tells of something. */
export interface BellOptions {
  readonly enabled: boolean;
  readonly events: readonly NoticeKind[];
  /** Whether the terminal also shows a notification with words: where this machine's desktop does not. */
  readonly words: boolean;
  readonly environment: Readonly<Record<string, string>>;
}

const BELL = '\u0007';
const WORDS_CELLS = 200;

/**
 * Rings the dashboard's terminal when something begins to wait for the person, or happens to a delivery; each time once. Returns what is to be called with each
 * snapshot. What waits at the start is no news. While another program has the terminal the supervisor rings it.
 */
export function createBell(
  write: (text: string) => void,
  first: Snapshot,
  now: () => number,
  options: BellOptions,
): (snapshot: Snapshot, view: View) => void {
  const { enabled, events, words, environment } = options;
  let seen = first;
  let known: readonly Notice[] = compareNotices([], tellableIn(first, now())).begun;
  return (snapshot, view) => {
    if (snapshot === seen) return;
    seen = snapshot;
    const { begun, over } = compareNotices(known, tellableIn(snapshot, now()));
    known = [...known.filter((notice) => !over.includes(notice)), ...begun];
    const watched = new Set(watchedTask(view));
    const told = mostTelling(
      begun.filter((entry) => isTold(entry, { enabled, events, watched, now: now() })),
    );
    if (told.length === 0 || view.away) return;
    write(
      BELL + (words ? told.map((entry) => inWords(entry, snapshot, environment)).join('') : ''),
    );
  };
}

function tellableIn(snapshot: Snapshot, now: number): News[] {
  const { tasks, pullRequests, feedback } = snapshot;
  const news = tasks.flatMap((task) => {
    const pullRequest = pullRequests.get(task.id) ?? null;
    if (task.status === 'done' && !isFresh(pullRequest?.mergedAt ?? null, now)) return [];
    const said = pullRequest === null ? [] : (feedback.get(pullRequest.id) ?? []);
    return newsOf({ task, pullRequest, feedback: said });
  });
  return withNews(waitingIn(snapshot), news);
}

function isFresh(mergedAt: string | null, now: number): boolean {
  return mergedAt !== null && now - Date.parse(mergedAt) < NEWS_MS;
}

/** A person whose hands are on the keys looks at what is selected. */
function watchedTask({ kept, taskId }: View): number[] {
  return kept === null || taskId === null ? [] : [taskId];
}

function inWords(
  entry: News,
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
