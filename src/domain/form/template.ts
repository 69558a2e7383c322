import type { PushMode, TaskMode } from '#domain/task.ts';

/** A task that is written often, as `[[templates]]` of the settings describe it. null leaves a field as it is. */
export interface Template {
  readonly name: string;
  readonly prompt: string | null;
  readonly mode: TaskMode | null;
  readonly base: string | null;
  readonly branch: string | null;
  readonly push: PushMode | null;
  readonly loop: boolean | null;
  readonly subtasks: readonly string[];
}

/** Where a person's own words stand in the prompt of a template. */
const CURSOR = '{cursor}';

/** The prompt of a template with a person's own words at its `{cursor}`, else after it; `cursor` is the index behind them. */
export function fillPrompt(prompt: string, words: string): { text: string; cursor: number } {
  const at = prompt.indexOf(CURSOR);
  if (at === -1) {
    const text = words.trim() === '' ? prompt : `${prompt.trimEnd()}\n\n${words}`;
    return { text, cursor: text.length };
  }
  const head = prompt.slice(0, at) + words;
  const rest = prompt.slice(at).replaceAll(CURSOR, '');
  return { text: head + rest, cursor: head.length };
}
