import { isRefusal, type Refusal, refuse } from '#domain/error.ts';
import { readMoment } from '#domain/queue/moment.ts';
import { readDelay, spanWords, writeSpan } from '#domain/queue/span.ts';
import { type Here, writeMoment } from '#domain/queue/wall-clock.ts';
import type { Task } from '#domain/task.ts';
import { formatMoment } from '#domain/words/clock-time.ts';
import { NONE } from './after.ts';

/** When a task starts, as the commands take it. */
export interface Starts {
  at: string;
  delay: string;
}

/** The one field of a form for both: a moment (`14:30`, `tomorrow 09:00`, `+2h`), `after 10m` for a delay, or both with a comma between. */
export function readStarts(text: string): Starts {
  const parts = text.split(',').map((part) => part.trim());
  const delay = parts.map((part) => /^after (.+)$/i.exec(part)?.[1]).find((each) => each);
  const at = parts.filter((part) => part !== '' && !/^after /i.test(part)).join(', ');
  return { at: at === '' ? NONE : at, delay: delay ?? NONE };
}

/** What the field comes to, in a few words; null when it is empty. Refuses what cannot be said so. */
export function startsWords(text: string, here: Here): string | Refusal | null {
  const { at, delay } = readStarts(text);
  const moment = at === NONE ? null : readMoment(at, here);
  const secs = delay === NONE ? null : readDelay(delay);
  for (const read of [moment, secs]) if (isRefusal(read)) return refuse(read.reason, read.hint);
  const words = [
    typeof moment === 'number' ? formatMoment(moment, here.now, here.offsetAt) : null,
    typeof secs === 'number' ? `${spanWords(secs * 1_000)} after what it waits for` : null,
  ].filter((part) => part !== null);
  return words.length === 0 ? null : words.join(', ');
}

/** The field as it is filled for a task. */
export function writeStarts(
  { notBefore, delaySecs }: Pick<Task, 'notBefore' | 'delaySecs'>,
  offsetAt: Here['offsetAt'],
): string {
  const moment = notBefore === null ? '' : writeMoment(Date.parse(notBefore), offsetAt);
  const delay = delaySecs === 0 ? '' : `after ${writeSpan(delaySecs * 1_000)}`;
  return [moment, delay].filter((part) => part !== '').join(', ');
}
