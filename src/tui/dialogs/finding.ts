import { plainLine } from '#format/text.ts';
import type { BranchFinding } from '#operations/project/check-branches.ts';
import { DIM, type Theme } from '#tui/theme.ts';
import { type Span, span } from '#tui/widgets/line.tsx';

const SIGNS = { good: '✓', warning: '!', unknown: '?' } as const;

/** What was found about a field: in words and with a sign, so that no colour carries it alone. Nothing for null. */
export function findingSpans(finding: BranchFinding | null, theme: Theme): Span[] {
  if (finding === null) return [];
  const { tone, text } = finding;
  const look = tone === 'unknown' ? DIM : theme.look(tone);
  return [span(`  ${SIGNS[tone]} `, look), span(plainLine(text), look)];
}
