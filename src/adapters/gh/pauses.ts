import type { Refusal } from '#domain/error.ts';
import { LONGEST_PAUSE_MS } from '#domain/pull-request/host.ts';
import { toRefusal, waiting } from './failure.ts';
import type { GhOptions } from './request.ts';
import { type Answer, type Failure, isFailure } from './response.ts';

/** First pause after a limit that named none. It doubles while the limit goes on. */
const FIRST_PAUSE_MS = 60_000;

/** When each host wants no request. */
export interface Pauses {
  /** Why a host is not asked now; null while it may be. */
  of(host: string): Refusal | null;
  /** Begins a pause when this is how a limit is told; returns why the host is not asked from now on, or null. */
  begin(host: string, answer: Answer | Failure): Refusal | null;
  /** It has answered. */
  end(host: string): void;
  /** The limit that this process met since the last call; null for none. */
  take(host: string): Refusal | null;
}

interface Pause {
  until: number;
  ms: number;
  refusal: Refusal;
}

/** Remembers what this process has met, and looks at what others have. */
export function createPauses({ now = Date.now, pauseOf = () => null }: GhOptions): Pauses {
  const pauses = new Map<string, Pause>();
  const met = new Map<string, Refusal>();
  return {
    of(host) {
      const own = pauses.get(host);
      if (own !== undefined && now() < own.until) return own.refusal;
      const shared = pauseOf(host);
      return shared === null
        ? null
        : waiting(shared.until, shared.reason, 'Nothing is sent until then.');
    },
    begin(host, answer) {
      if (!isFailure(answer)) return null;
      if (answer.kind !== 'primary_limit' && answer.kind !== 'secondary_limit') return null;
      const before = pauses.get(host);
      const ms = before === undefined ? FIRST_PAUSE_MS : Math.min(before.ms * 2, LONGEST_PAUSE_MS);
      const named = Math.max(answer.until ?? 0, now() + (answer.until === null ? ms : 1_000));
      // No limit lasts longer; one that seems to was measured with another clock.
      const until = Math.min(named, now() + LONGEST_PAUSE_MS);
      const refusal = toRefusal(host, { ...answer, until });
      pauses.set(host, { until, ms, refusal });
      met.set(host, refusal);
      return refusal;
    },
    end: (host) => void pauses.delete(host),
    take(host) {
      const refusal = met.get(host) ?? null;
      met.delete(host);
      return refusal;
    },
  };
}
