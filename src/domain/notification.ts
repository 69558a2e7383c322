import type { InboxEntry, InboxKind } from './why.ts';

/** An episode that a person was told of, or was spared, and that is not over. */
export interface Notice {
  task: number;
  kind: InboxKind;
  /** ISO time in UTC since when it waits. */
  since: string;
}

/** One of these ends and begins again within moments, so that its time tells it from the one before. The others last until the task moves. */
const BY_TIME: ReadonlySet<InboxKind> = new Set(['permission', 'question', 'plan']);

/** Older than this when it is first seen, it is no news: claustre was updated, or the machine was off. */
const NEWS_MS = 10 * 60_000;

/** What has begun to wait since the notices were written, and which of them are over. */
export function compareNotices(
  known: readonly Notice[],
  entries: readonly InboxEntry[],
): { begun: InboxEntry[]; over: Notice[] } {
  const isEpisode = (notice: Notice, entry: InboxEntry): boolean => {
    if (notice.task !== entry.task) return false;
    if (!BY_TIME.has(entry.kind)) return notice.kind === entry.kind;
    // What Claude asks may first be known without its kind; the hook that comes after tells it.
    return BY_TIME.has(notice.kind) && notice.since === entry.since;
  };
  return {
    begun: entries.filter((entry) => !known.some((notice) => isEpisode(notice, entry))),
    over: known.filter((notice) => !entries.some((entry) => isEpisode(notice, entry))),
  };
}

/** What decides whether a person is told. */
export interface Circumstances {
  enabled: boolean;
  /** Kinds of which a person wants to hear. */
  events: readonly InboxKind[];
  /** Tasks whose session is on a terminal that somebody looks at. */
  watched: ReadonlySet<number>;
  /** Milliseconds since 1970. */
  now: number;
}

/** Whether a person is told of what has begun to wait. */
export function isTold(
  entry: InboxEntry,
  { enabled, events, watched, now }: Circumstances,
): boolean {
  if (!enabled || !events.includes(entry.kind) || watched.has(entry.task)) return false;
  return now - Date.parse(entry.since) < NEWS_MS;
}

/** What is told: a line for its head and one for its body. Any text; whoever shows it cleans it. */
export interface Message {
  task: string;
  project: string;
  kind: string;
  text: string;
}

const PLACEHOLDER = /\{(task|project|kind|text)\}/g;

/** The text with its placeholders replaced; words in braces that are none stay. */
export function fillTemplate(template: string, message: Message): string {
  return template.replace(PLACEHOLDER, (_, name: keyof Message) => message[name]);
}

/** The program and its arguments for a message. Where no argument has a placeholder, the text of the template is the last one. */
export function commandFor(
  command: readonly string[],
  template: string,
  message: Message,
): string[] {
  const filled = command.map((word, index) => (index === 0 ? word : fillTemplate(word, message)));
  const names = command.slice(1).some((word) => word.search(PLACEHOLDER) !== -1);
  return names ? filled : [...filled, fillTemplate(template, message)];
}

/** The words of a command line, as blanks and quotes part them; no shell, so nothing in it is expanded. Null when a quote is left open. */
export function splitWords(line: string): string[] | null {
  const words: string[] = [];
  let word: string | null = null;
  let quote = '';
  for (const letter of line) {
    if (quote !== '') {
      if (letter === quote) quote = '';
      else word += letter;
    } else if (letter === '"' || letter === "'") {
      quote = letter;
      word ??= '';
    } else if (/\s/.test(letter)) {
      if (word !== null) words.push(word);
      word = null;
    } else word = (word ?? '') + letter;
  }
  if (quote !== '') return null;
  return word === null ? words : [...words, word];
}

// Control characters, and invisible marks that turn the direction of the text around them.
const UNSAFE = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu;

/** What is told of an entry. Titles and what Claude asks are text from outside: one line each, without control characters. */
export function messageOf(
  entry: InboxEntry,
  task: { id: number; title: string },
  project: { name: string },
): Message {
  const clean = (text: string): string => text.replace(UNSAFE, ' ').trim();
  return {
    task: `#${task.id} ${clean(task.title)}`,
    project: clean(project.name),
    kind: entry.kind,
    text: `#${task.id} ${clean(sentenceOf(entry))}`,
  };
}

/** The other kinds come with a sentence. */
function sentenceOf({ kind, text }: InboxEntry): string {
  switch (kind) {
    case 'permission':
      return `asks permission: ${text}`;
    case 'question':
      return `asks: ${text}`;
    case 'plan':
      return `shows a plan: ${text}`;
    default:
      return text;
  }
}
