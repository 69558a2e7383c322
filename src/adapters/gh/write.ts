import { isRefusal, type Refusal, refuse } from '#domain/error.ts';
import { quoteToEnd, toRefusal } from './failure.ts';
import { type Ask, inTurn } from './request.ts';
import { isFailure } from './response.ts';

/**
 * How a change on GitHub ended. `refused` is sure: nothing was done. `unsure` is not: the answer was lost, and the work may be done; whoever
 * asked reads the state before asking again, or acts twice.
 */
export type Written =
  | { outcome: 'done'; data: unknown }
  | { outcome: 'refused'; why: Refusal }
  | { outcome: 'unsure'; why: Refusal };

/** Changes one thing: a mutation of one field, whose payload is the data. */
export type Write = (
  host: string,
  mutation: string,
  variables: Readonly<Record<string, unknown>>,
) => Promise<Written>;

/** GitHub wants a second between two changes; each host counts its own. */
const SPACING_MS = 1_000;

/** Returns the one way to change something on GitHub. A change is sent once, whatever comes of it. */
export function createWrite(
  ask: Ask,
  {
    now = Date.now,
    sleep = pause,
  }: { now?: () => number; sleep?: (ms: number) => Promise<void> } = {},
): Write {
  const last = new Map<string, number>();
  const once: Write = async (host, mutation, variables) => {
    const wait = (last.get(host) ?? Number.NEGATIVE_INFINITY) + SPACING_MS - now();
    if (wait > 0) await sleep(wait);
    try {
      return toWritten(host, await ask(host, mutation, variables));
    } finally {
      last.set(host, now());
    }
  };
  return inTurn((host) => host, once);
}

function toWritten(host: string, answer: Awaited<ReturnType<Ask>>): Written {
  if (isRefusal(answer)) {
    // Only a gh that was started may have done something.
    return { outcome: answer.code === 'timeout' ? 'unsure' : 'refused', why: answer };
  }
  if (isFailure(answer)) {
    const lost = ['offline', 'server', 'too_big', 'garbage'].includes(answer.kind);
    return { outcome: lost ? 'unsure' : 'refused', why: toRefusal(host, answer) };
  }
  const [payload] = Object.values(answer.data);
  if (payload !== null && payload !== undefined) return { outcome: 'done', data: payload };
  const message = answer.errors.map((error) => error.message).join(' ');
  const why = refuse(`GitHub refused: ${quoteToEnd(message) || 'it did not say why.'}`);
  return { outcome: message === '' ? 'unsure' : 'refused', why };
}

const pause = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));
