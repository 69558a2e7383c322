import { type After, UNTILS, type Until } from '#domain/dependency.ts';
import { type Refusal, refuse } from '#domain/error.ts';
import { nearMiss } from '#domain/near-miss.ts';

/** The word by which a person takes back what was said. */
export const NONE = 'none';

/** What a task waits for as people write it: `12 #15, 16:merged`. A bare number means done. Refuses a word that is none of these. */
export function readAfter(text: string): After[] | Refusal {
  const words = text.split(/[\s,]+/).filter((word) => word !== '');
  if (words.length === 1 && words[0]?.toLowerCase() === NONE) return [];
  const read = words.map(readOne);
  const wrong = words[read.indexOf(null)];
  if (wrong === undefined) return read.filter((each) => each !== null);
  const [, number, until = ''] = /^#?0*([1-9]\d{0,14}):(.*)$/.exec(wrong) ?? [];
  return refuse(
    number === undefined
      ? `"${wrong}" is no number of a task.`
      : `"${wrong}" should be ${number}:${nearMiss(until, UNTILS) ?? meant(until)}.`,
    'Write "12" or "#12" for done, "12:merged" for its pull request merged, "12:pr_green" to begin on its branch when that is green.',
    'invalid',
  );
}

/** Most who write something else there mean the state of a pull request. */
function meant(until: string): Until {
  return until.startsWith('m') ? 'merged' : 'pr_green';
}

function readOne(word: string): After | null {
  const [, id, until = 'done'] = /^#?0*([1-9]\d{0,14})(?::(\w+))?$/.exec(word) ?? [];
  if (id === undefined || !isUntil(until)) return null;
  return { id: Number(id), until };
}

function isUntil(word: string): word is Until {
  return UNTILS.some((until) => until === word);
}

/** The same the other way round. */
export function writeAfter(after: readonly After[]): string {
  return after.map(({ id, until }) => (until === 'done' ? `#${id}` : `#${id}:${until}`)).join(' ');
}
