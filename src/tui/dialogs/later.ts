import type { Context } from '#tui/context.ts';

const waiting = new WeakMap<Context['state'], NodeJS.Timeout>();

/** Does something once nobody has typed for a moment; asked for again before that, only the last is done. */
export function whenTypingRests(
  { state }: Pick<Context, 'state'>,
  ms: number,
  work: () => void,
): void {
  clearTimeout(waiting.get(state));
  waiting.set(state, setTimeout(work, ms).unref());
}
