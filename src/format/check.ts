import { type Check, type CheckMeaning, checkTitle } from '#domain/pull-request/checks.ts';
import type { CheckVerdict } from '#domain/pull-request/pull-request.ts';
import { checkSign } from './status.ts';
import { plainLine } from './text.ts';

const SIGNS: Record<CheckMeaning, { symbol: string; label: string }> = {
  pending: { symbol: '⟳', label: 'running' },
  passed: { symbol: '✓', label: 'passed' },
  ignored: { symbol: '-', label: 'skipped' },
  failed: { symbol: '✗', label: 'failed' },
  cancelled: { symbol: '!', label: 'cancelled' },
  person: { symbol: '!', label: 'needs a person' },
  stale: { symbol: '!', label: 'given up' },
  unknown: { symbol: '?', label: 'unknown' },
};

/** Symbol and word for one check. */
export function meaningSign({ meaning }: Pick<Check, 'meaning'>): {
  symbol: string;
  label: string;
} {
  return SIGNS[meaning];
}

/** `required`, `optional`, or nothing where it is not known. */
export function requiredWord({ required }: Pick<Check, 'required'>): string {
  if (required === null) return '';
  return required ? 'required' : 'optional';
}

/** A check with the workflow that it belongs to: `CI / build`. */
export function checkName(check: Pick<Check, 'name' | 'workflow'>): string {
  return plainLine(checkTitle(check));
}

/** The verdict over all checks in a few words, with its reason where there is one. */
export function checksWords(verdict: CheckVerdict | null, note: string | null): string {
  const { label } = checkSign(verdict);
  return note === null ? label : `${label}: ${plainLine(note)}`;
}

const ORDER: readonly CheckMeaning[] = [
  'failed',
  'person',
  'stale',
  'cancelled',
  'unknown',
  'pending',
  'passed',
  'ignored',
];

/** What failed comes first, what is required before what is not; else as GitHub tells them. */
export function inOrder(checks: readonly Check[]): Check[] {
  const rank = ({ meaning, required }: Check): number =>
    ORDER.indexOf(meaning) * 2 + (required === true ? 0 : 1);
  return checks.toSorted((a, b) => rank(a) - rank(b));
}
