import { type Check, needsRequired } from '#domain/pull-request/checks.ts';

/** The rules of a base branch may be changed while a check stands failed; after this time they are asked for again. */
const OLD_MS = 10 * 60_000;

/** When it was asked last which checks of a pull request are required. */
export interface RulesAge {
  /** Whether it matters now and is not known, or was asked long ago. */
  isDue(nodeId: string, checks: readonly Check[]): boolean;
  asked(nodeId: string): void;
}

/** `now` in milliseconds since 1970. What was known before is taken for new when it is first seen. */
export function createRulesAge(now: () => number): RulesAge {
  const times = new Map<string, number>();
  return {
    isDue(nodeId, checks) {
      if (needsRequired(checks)) return true;
      if (!checks.some(({ meaning }) => meaning === 'failed')) {
        times.delete(nodeId);
        return false;
      }
      const at = times.get(nodeId);
      if (at === undefined) times.set(nodeId, now());
      return at !== undefined && now() - at >= OLD_MS;
    },
    asked(nodeId) {
      times.set(nodeId, now());
    },
  };
}
