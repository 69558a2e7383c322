import { type Refusal, refuse } from '#domain/error.ts';

/** Numbers of tasks as people write them: `12 #15, 16`. Refuses a word that is none. */
export function readTaskNumbers(text: string): number[] | Refusal {
  const words = text.split(/[\s,]+/).filter((word) => word !== '');
  const wrong = words.find((word) => !/^#?0*[1-9]\d{0,14}$/.test(word));
  if (wrong === undefined) return words.map((word) => Number(word.replace('#', '')));
  return refuse(`"${wrong}" is no number of a task.`, 'Write "12" or "#12".', 'invalid');
}

/** The same the other way round. */
export function writeTaskNumbers(ids: readonly number[]): string {
  return ids.map((id) => `#${id}`).join(' ');
}
