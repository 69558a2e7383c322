import type { News } from './news.ts';

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

/** The command with the voice and the speed that are set, where it is the speech program of macOS; any other is left alone. */
export function withVoice(
  command: readonly string[],
  { voice, rate }: { voice: string | null; rate: number | null },
): readonly string[] {
  const [program = '', ...words] = command;
  if (!/(?:^|\/)say$/.test(program)) return command;
  const speaks = voice === null ? [] : ['-v', voice];
  const quickly = rate === null ? [] : ['-r', String(rate)];
  return [program, ...speaks, ...quickly, ...words];
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

// Control characters, and invisible marks that turn the direction of the text around them.
const UNSAFE = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu;

/** What is told of an entry. Titles and what Claude asks are text from outside: one line each, without control characters. */
export function messageOf(
  entry: Pick<News, 'kind' | 'text'>,
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
function sentenceOf({ kind, text }: Pick<News, 'kind' | 'text'>): string {
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
