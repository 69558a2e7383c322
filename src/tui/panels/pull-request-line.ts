import type { PullRequest, ReviewVerdict } from '#domain/pull-request/pull-request.ts';
import { formatClockTime } from '#domain/words/clock-time.ts';
import { checkSign } from '#format/status.ts';
import { plainLine } from '#format/text.ts';
import { DIM, type Theme } from '#tui/theme.ts';
import { cells } from '#tui/widgets/fit.ts';
import { type Span, type Spans, span, spread } from '#tui/widgets/line.tsx';

const REVIEW_WORDS = {
  required: 'review required',
  approved: 'approved',
  changes_requested: 'changes requested',
} as const;

/** What is known of the pull request of a task, in one row. `mark` stands at its end instead of when it was read. */
export function pullRequestLine(
  pullRequest: PullRequest | undefined,
  width: number,
  mark: readonly Span[] | null,
  now: number,
  theme: Theme,
): Spans {
  if (pullRequest === undefined) return spread([span('no pull request', DIM)], mark ?? [], width);
  const { readAt, staleReason } = pullRequest;
  const read =
    readAt === null ? 'not read yet' : `read ${formatClockTime(Date.parse(readAt), now)}`;
  const age =
    staleReason === null
      ? span(`  ${read}`, DIM)
      : span(
          readAt === null
            ? '  never read'
            : `  stale since ${formatClockTime(Date.parse(readAt), now)}`,
          theme.look('warning'),
        );
  const right = mark !== null && staleReason === null ? mark : [age];
  const forms = FORMS.map((form) => pullRequestFacts(pullRequest, form, theme));
  const fits = forms.find((facts) => cellsOf(facts) + cellsOf(right) <= width);
  return spread(fits ?? forms.at(-1) ?? [], right, width);
}

/** All of it; without what the rest implies; without what is as it should be. */
const FORMS = ['full', 'short', 'least'] as const;

/** State, checks, review and whether it can be merged. */
function pullRequestFacts(
  { number, state, draft, checks, review, mergeable, ...voices }: PullRequest,
  form: (typeof FORMS)[number],
  theme: Theme,
): Span[] {
  const short = form !== 'full';
  const word = draft && state === 'open' ? 'draft' : state;
  const { symbol, label } = checkSign(checks);
  const said = (verdict: ReviewVerdict): string =>
    short && verdict === 'required' ? 'needs review' : REVIEW_WORDS[verdict];
  return [
    span(`PR #${number} `, theme.look('pr_link')),
    span(short && word === 'open' ? '' : `${word} · `),
    span(short ? `${symbol} CI` : label, checks === null ? DIM : theme.checks(checks)),
    span(
      ` · ${approvalWords(voices.approvedBy) ?? (review === null ? 'no review' : said(review))}`,
    ),
    span(threadWords(voices.unresolvedThreads ?? 0), theme.look('warning')),
    span(
      form === 'least' && mergeable === 'mergeable' ? '' : ` · ${mergeable ?? 'mergeable unknown'}`,
      mergeable === 'conflicting' ? theme.look('bad') : {},
    ),
  ];
}

/** Who approved counts more than that somebody did; null when nobody is known to. */
function approvalWords(names: readonly string[]): string | null {
  const [first, ...more] = names;
  if (first === undefined) return null;
  return `approved by ${plainLine(first)}${more.length === 0 ? '' : ` +${more.length}`}`;
}

function threadWords(open: number): string {
  return open === 0 ? '' : ` · ${open} open ${open === 1 ? 'thread' : 'threads'}`;
}

const cellsOf = (spans: Spans): number => spans.reduce((sum, { text }) => sum + cells(text), 0);
