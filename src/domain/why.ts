import { isParked } from '#domain/parking/park.ts';
import { type Turn, whoseWords } from '#domain/pull-request/turn.ts';
import { limitedWords } from '#domain/queue/account.ts';
import { waitWords } from '#domain/queue/ready.ts';
import type { Wait } from '#domain/queue/wait.ts';
import { errorRule } from './attempt/error-code.ts';
import { againWords, attemptStanding } from './attempt/standing.ts';
import { type InboxEntry, type InboxFacts, inboxEntry } from './inbox.ts';

/** A dialog before Claude's start is a question, too, but no hook waits for its answer. */
function wayToAnswer({ kind, task, text }: InboxEntry): string {
  if (kind !== 'permission' && kind !== 'plan') return '';
  const end = /[.?!…]$/.test(text) ? '' : '.';
  return `${end} \`claustre answer ${task}\` says yes, with --deny no.`;
}

/** Why it waits, what happened before that, and what to do about it. */
function waitSentences(id: number, wait: Wait, reason: string | null): string {
  const because = reason === null ? [] : [reason];
  const remedy = wait.remedy === null ? [] : [wait.remedy];
  return [`#${id} waits: ${wait.text}.`, ...because, ...remedy].join(' ');
}

/**
 * Why a task stands where it stands and what moves it on, in one or two sentences. `wait` is why it does not start by itself, `reason` what the
 * last launch said that failed.
 */
export function why(
  facts: InboxFacts & { turn?: Turn | null },
  wait: Wait | null,
  reason: string | null = null,
): string {
  const { task, session, pullRequest, turn = null } = facts;
  const activity = session?.activity ?? null;
  if (wait !== null && waitWords(wait) !== null) {
    return waitSentences(task.id, wait, task.held === null ? null : reason);
  }
  const wanted = inboxEntry(facts);
  if (wanted !== null) {
    const way = wanted.kind === 'error' ? wayOutOfError(task) : wayToAnswer(wanted);
    return `#${task.id} needs you: ${wanted.text}${way}`;
  }
  const standing = session === null ? null : attemptStanding(task, session);
  if (standing !== null)
    return `#${task.id} is ${againWords(standing, facts.now ?? 0)}: ${standing.text}.`;
  switch (task.status) {
    case 'draft':
      return `#${task.id} is a draft; edit --submit makes it pending.`;
    case 'pending':
      return task.mode === 'autonomous' && wait === null
        ? `#${task.id} is ready and starts at once.`
        : `#${task.id} is ready; nothing but a launch is missing.`;
    case 'interrupted':
      return `#${task.id} was stopped at work; \`claustre launch ${task.id}\` goes on with it.`;
    case 'working':
      if (activity?.name === 'limited') return whyLimited(facts);
      if (session !== null && isParked(session)) {
        return `#${task.id} is yours: its Claude is parked. \`claustre attach ${task.id}\` wakes it.`;
      }
      if (activity?.name === 'idle') {
        return task.mode === 'autonomous'
          ? `#${task.id} is looked at: Claude ended its turn.`
          : `#${task.id} is yours: Claude ended its turn and waits at its prompt.`;
      }
      return `#${task.id} works${activity?.detail ? `: ${activity.detail}` : ''}.`;
    case 'done':
      return `#${task.id} is done.`;
    default: {
      const place = pullRequest === null ? '' : ` as ${pullRequest.url}`;
      const whose = turn === null ? '' : ` ${turnSentence(turn)}`;
      return `#${task.id} is in review${place}.${whose}`;
    }
  }
}

function whyLimited({ task, limits = [], now = 0 }: InboxFacts): string {
  const then =
    task.mode === 'autonomous'
      ? 'It goes on by itself then.'
      : `\`claustre send ${task.id} continue\` goes on then.`;
  return `#${task.id} is held: ${limitedWords({ limits, now })}. ${then}`;
}

function turnSentence({ of, text }: Turn): string {
  if (of === null) return `Whose turn it is is not known: ${text}.`;
  return `It is ${whoseWords(of)} turn: ${text}.`;
}

/** What a person can do about a task that ended in an error. */
function wayOutOfError({ id, errorCode = null }: InboxFacts['task']): string {
  const rule = errorCode === null ? null : errorRule(errorCode);
  const first = rule?.remedy == null ? '' : ` ${rule.remedy}`;
  return `${first} \`claustre retry ${id}\` tries again, \`claustre attach ${id}\` shows its conversation.`;
}
