import type { FixState } from '#domain/pull-request/fix.ts';
import type { PullRequest } from '#domain/pull-request/pull-request.ts';
import type { Round } from '#domain/pull-request/round.ts';
import type { Turn } from '#domain/pull-request/turn.ts';
import { turnSign } from '#format/status.ts';
import { formatStale, formatTurn } from '#format/turn.ts';
import type { Note } from '#tui/attention.ts';

interface Facts {
  readonly pullRequest: PullRequest | null;
  readonly round: Pick<Round, 'kind' | 'endedAt'> | null;
  readonly fix: FixState;
}

/** What the row of a task in review says of whose turn it is. `now` in milliseconds since 1970. */
export function turnNote(turn: Turn, facts: Facts, now: number): Note {
  const text = formatTurn(turn, now);
  const short = shortForm(turn, facts, now);
  const { kind } = turn;
  if (turn.of === 'you') return { text, short, asks: true, kind };
  return { text, short, asks: false, sign: turnSign(turn.of).symbol, kind };
}

/** Why, in two or three words: the whole phrase would take the room of everything else there is to say. */
function shortForm({ of, kind, text }: Turn, facts: Facts, now: number): string {
  const { label } = turnSign(of);
  const { pullRequest } = facts;
  switch (kind) {
    case 'conflict':
      return 'conflicts';
    case 'comments':
      return pullRequest?.review === 'changes_requested' ? 'changes wanted' : 'comments';
    case 'attention':
      return attentionWords(text, pullRequest);
    case 'draft':
      return 'draft';
    case 'closed':
      return 'PR closed';
    case 'unsure':
      return 'merged';
    case 'ready_to_merge':
      return 'ready';
    case 'works':
      return text === facts.fix.text ? `${label}: fix next` : `${label}${roundWords(facts)}`;
    case 'running':
      return `${label}${countWords(pullRequest)}`;
    case 'merging':
      return pullRequest?.queued ? 'merge queue' : 'auto-merge';
    case 'unread':
      return ageWords(pullRequest, now);
    case 'refresh':
      return `behind ${pullRequest?.base ?? 'its base'}`;
    case 'review':
    case 'parent':
    case 'unknown':
      return label;
    default:
      // Of several names the first one tells enough.
      return text.replace(/,.*| and \d+ more.*/s, '').replace(/;.*/s, '');
  }
}

function attentionWords(text: string, pullRequest: PullRequest | null): string {
  if (pullRequest === null || pullRequest.checks === 'attention') return text;
  const { mergeState, base, unresolvedThreads } = pullRequest;
  if (mergeState === 'behind') return `behind ${base ?? 'its base'}`;
  const open = unresolvedThreads ?? 0;
  if (open === 0) return 'merge blocked';
  return open === 1 ? '1 thread open' : `${open} threads open`;
}

function roundWords({ round, fix }: Facts): string {
  if (round === null || round.endedAt !== null) return '';
  return round.kind === 'fix' && fix.text !== '' ? `: ${fix.text}` : `: ${round.kind}`;
}

function ageWords(pullRequest: PullRequest | null, now: number): string {
  const readAt = pullRequest?.readAt ?? null;
  return formatStale({ readAt: readAt === null ? null : Date.parse(readAt), reason: null }, now);
}

/** How many of how many have ended, in figures. */
function countWords(pullRequest: PullRequest | null): string {
  const runs = pullRequest?.checkRuns ?? [];
  const running = runs.filter(({ meaning }) => meaning === 'pending').length;
  return running === 0 ? '' : ` ${runs.length - running}/${runs.length}`;
}
