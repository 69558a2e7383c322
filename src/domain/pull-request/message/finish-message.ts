import type { Missing } from '#domain/delivery/missing.ts';
import { fence, fenceRule } from './fence.ts';

/** Characters of what belongs to one thing that is missing, and of all: what Claude is sent must fit into one paste. */
const MAX_ONE = 4_000;
const MAX_ALL = 16_000;

/** What the message of a round is made of in which Claude is told what is missing. */
export interface FinishOrder {
  round: number;
  task: number;
  /** New for this message; nobody outside can know it. */
  nonce: string;
  missing: readonly Missing[];
}

/** How the message begins, by which it is known again in what Claude reports to have taken. */
export function finishBeginning(round: number, task: number): string {
  return `claustre, finish round ${round}: task #${task} is not delivered yet.`;
}

/** The one prompt of such a round: everything that is missing, and what is to be done about it. */
export function finishMessage({ round, task, nonce, missing }: FinishOrder): string {
  const limit = Math.min(MAX_ONE, Math.floor(MAX_ALL / Math.max(1, missing.length)));
  const rule = missing.some(({ data }) => data !== null) ? `\n${fenceRule(nonce)}` : '';
  return [
    `${finishBeginning(round, task)} Your turn ended, but this was found missing when your work was looked at:${rule}`,
    ...missing.map(({ order, data }, index) => {
      const said = data === null ? [] : [fence(endOf(data, limit), nonce, limit)];
      return [`[${index + 1}] ${order}`, ...said].join('\n');
    }),
    'Do all of it in this turn, in this order, and prove it with the commands themselves before you say that it is finished. Nobody is watching: do not ask, decide. If something of it cannot be done, say so in one sentence and why.',
  ].join('\n\n');
}

/** The cause stands mostly at the end of what a program said; its first lines tell what it is about. */
function endOf(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const head = text.slice(0, 300);
  return `${head}\n[…]\n${text.slice(-(limit - 310))}`;
}
