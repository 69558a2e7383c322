import { isRefusal, type Refusal } from '#domain/error.ts';
import { toRefusal } from './failure.ts';
import type { Readings } from './gh.ts';
import type { Ask } from './request.ts';
import { type Answer, isFailure } from './response.ts';

/** Asks for so many at a time, one after another; what a later batch leaves open stays without an entry. */
export async function inBatches<R, T>(
  refs: readonly R[],
  size: number,
  askFor: (batch: readonly R[]) => Promise<Readings<T> | Refusal>,
): Promise<Readings<T> | Refusal> {
  const first = await askFor(refs.slice(0, size));
  if (isRefusal(first) || refs.length <= size) return first;
  const rest = await inBatches(refs.slice(size), size, askFor);
  return isRefusal(rest) ? first : both(first, rest);
}

function both<T>(first: Readings<T>, second: Readings<T>): Readings<T> {
  return {
    found: new Map([...first.found, ...second.found]),
    failed: new Map([...first.failed, ...second.failed]),
    login: second.login ?? first.login ?? null,
  };
}

/**
 * Asks for all at once, and in halves where that is too much work for the server: the same request
 * again would fail again. When not even the first half is answered it gives up; what a later part
 * leaves open stays without an entry.
 */
export async function inParts<R, T>(
  host: string,
  refs: readonly R[],
  askFor: (part: readonly R[]) => ReturnType<Ask>,
  read: (part: readonly R[], answer: Answer) => Readings<T>,
): Promise<Readings<T> | Refusal> {
  if (refs.length === 0) return { found: new Map(), failed: new Map() };
  const answer = await askFor(refs);
  if (isRefusal(answer)) return answer;
  if (!isFailure(answer)) return read(refs, answer);
  if (answer.kind !== 'too_big' || refs.length === 1) return toRefusal(host, answer);
  const middle = Math.ceil(refs.length / 2);
  const first = await inParts(host, refs.slice(0, middle), askFor, read);
  if (isRefusal(first)) return first;
  const second = await inParts(host, refs.slice(middle), askFor, read);
  return isRefusal(second) ? first : both(first, second);
}
