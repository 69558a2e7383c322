import type { Criterion } from './gate/criterion.ts';
import type { Project } from './project.ts';
import type { Session } from './session.ts';
import type { PushMode, Subtask, Task } from './task.ts';

/** What the instructions need to know of the place where the work goes. */
export interface PromptContext {
  /** Branch that the work goes to. */
  base: string;
  remote: string | null;
  /** The task whose branch that is, when the work is stacked on it. */
  stackedOn: number | null;
}

/** What the instructions need to know of a session's place. */
export function promptContext(
  { base, stackedOn }: Pick<Session, 'base' | 'stackedOn'>,
  { remote }: Pick<Project, 'remote'>,
): PromptContext {
  return { base, remote, stackedOn };
}

type PromptTask = Pick<Task, 'id' | 'title' | 'prompt' | 'mode' | 'push'>;

/**
 * The first prompt of a task, or null when Claude starts without one (an exploration without text). The person's words come first and
 * unchanged; subtasks follow as ordered steps, then what it is accepted by; then how to deliver, and for autonomous tasks that nobody will
 * answer.
 */
export function firstPrompt(
  task: PromptTask,
  subtasks: readonly Pick<Subtask, 'text' | 'done'>[],
  context: PromptContext,
  criteria: readonly Pick<Criterion, 'text'>[] = [],
): string | null {
  const parts = [task.prompt.trim() === '' ? task.title : task.prompt];
  if (task.mode === 'exploration') return task.prompt.trim() === '' ? null : task.prompt;
  const open = subtasks.filter((subtask) => !subtask.done);
  if (open.length > 0) parts.push(steps(open));
  if (criteria.length > 0) parts.push(acceptance(criteria));
  if (context.stackedOn !== null) parts.push(stacked(context.base));
  if (task.mode === 'autonomous') parts.push(ALONE);
  parts.push(delivery(task.push, context, task.mode === 'autonomous'));
  return parts.join('\n\n');
}

/** What an interrupted conversation is told when it goes on, or null where a person drives, or nothing is left to do but to review. */
export function resumePrompt(task: Pick<Task, 'mode' | 'status'>): string | null {
  const atWork = ['pending', 'interrupted', 'working'].includes(task.status);
  return task.mode === 'autonomous' && atWork
    ? 'This session was interrupted. Go on with the task where it stopped, and deliver it as you were told.'
    : null;
}

/** What a Claude is told whose turn a usage limit ended, once the limit was reset. */
export const AFTER_LIMIT =
  'The usage limit that ended this turn was reset. Go on with the task where it stopped, and deliver it as you were told.';
/** What Claude is told after a turn that failed, while it still stands at its prompt. */
export function goOnPrompt(failure: string | null): string {
  const why =
    failure === 'timed_out'
      ? 'Your turn was stopped because it took too long; find a shorter way.'
      : 'Your last turn was cut off by an error that was not yours.';
  return `${why} Look at the state of the working tree, go on with the task where it stopped, and deliver it as you were told.`;
}

function steps(subtasks: readonly Pick<Subtask, 'text'>[]): string {
  const lines = subtasks.map((subtask, index) => `${index + 1}. ${subtask.text}`);
  return `Work through these steps in order; commit after each:\n${lines.join('\n')}`;
}

function acceptance(criteria: readonly Pick<Criterion, 'text'>[]): string {
  const lines = criteria.map(({ text }, index) => `${index + 1}. ${text}`);
  return `The work is accepted when all of this is true. Somebody who has not seen this conversation will check it:\n${lines.join('\n')}`;
}

const ALONE =
  'Nobody is watching this session. Do not ask for clarification or confirmation: decide, note the decision in the commit message, and finish.';

function stacked(base: string): string {
  return [
    `This branch begins on \`${base}\`, the branch of another task that is still in review. The commits up to here belong to that one:`,
    'build on them, but do not change, rebase or merge them. When they change or are merged, this branch is moved on for you.',
  ].join(' ');
}

function delivery(push: PushMode, context: PromptContext, must: boolean): string {
  const when = must
    ? 'When the work is finished and its tests pass'
    : 'When I say that it is finished';
  const commit = `${when}, commit everything that belongs to it with a message that says why.`;
  const branch = 'Stay on the current branch and in this working tree.';
  switch (push) {
    case 'local':
      return `${commit} ${branch} Do not push and do not merge; leave the working tree clean.`;
    case 'push':
      return `${commit} ${branch} Then push with \`git push ${context.remote ?? 'origin'} HEAD\`. Open no pull request.`;
    case 'pr':
      return [
        `${commit} ${branch} Then push with \`git push ${context.remote ?? 'origin'} HEAD\``,
        `and open a pull request against \`${context.base}\` with \`gh pr create --base ${context.base}\`.`,
        'Its body says what changed, why, and how it was tested; add no footer that names a tool.',
      ].join(' ');
    default:
      return push satisfies never;
  }
}

/** Bytes above which a prompt no longer fits one argument of a program (Linux: 128 KiB for one), with room for what surrounds it. */
export const MAX_PROMPT_ARGUMENT_BYTES = 120_000;

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it removes.
const UNSAFE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;

/**
 * A text as it can be pasted into Claude's input box: line ends as LF, tabs as spaces (Claude makes four of one), no control characters,
 * a space before a first `!` or `/` (else Claude runs it as a command), and one newline at the end (it defuses a last `\` or `@name`).
 */
export function pastable(text: string): string {
  const clean = text.replace(/\r\n?/g, '\n').replace(/\t/g, '    ').replace(UNSAFE, '').trim();
  // These words alone end Claude instead of reaching the model.
  if (/^(exit|quit|:q!?|:wq!?)$/i.test(clean)) return `Please ${clean}.\n`;
  return /^[!/]/.test(clean) ? ` ${clean}\n` : `${clean}\n`;
}

/** Whether what Claude reports to have taken is what was sent: compared without surrounding blanks and with tabs widened. */
export function isSamePrompt(sent: string, taken: string): boolean {
  const plain = (text: string): string =>
    text.replace(/\r\n?/g, '\n').replace(/\t/g, '    ').replace(UNSAFE, '').trim();
  return plain(sent) === plain(taken);
}

/** A title from a prompt when none was given: its first line that says something, cut between words near 60 characters. */
export function titleFrom(prompt: string): string {
  const line =
    prompt
      .split('\n')
      .map((text) => text.trim())
      .find((text) => text !== '') ?? '';
  if (line === '') return 'Exploration';
  const characters = [...new Intl.Segmenter().segment(line)].map((part) => part.segment);
  if (characters.length <= 60) return line;
  const cut = characters.slice(0, 60).join('');
  const space = cut.lastIndexOf(' ');
  return `${space > 30 ? cut.slice(0, space) : cut}…`;
}
