import { type Feedback, type FeedbackVerdict, newestStatement } from './feedback.ts';

const MAX_QUOTE = 160;

/** What each answer of ours carries, unseen: by it an answer is found again whose arrival was not confirmed, and known for ours. */
export function answerMark(session: string, roundId: number, feedbackId: string): string {
  return `<!-- claustre:${session.slice(0, 8)}-${roundId}:${feedbackId} -->`;
}

const OPENINGS: Record<FeedbackVerdict, (commit: string | null) => string> = {
  fixed: (commit) => (commit === null ? 'Fixed.' : `Fixed in ${commit}.`),
  answered: () => '',
  declined: () => 'Not changed.',
};

/** What is written on GitHub about a verdict. In a thread it stands below what it answers; elsewhere it quotes its beginning. */
export function answerBody(
  feedback: Pick<Feedback, 'kind' | 'statements' | 'verdict' | 'reason'>,
  { commit, mark }: { commit: string | null; mark: string },
): string {
  const opening = OPENINGS[feedback.verdict ?? 'answered'](commit);
  // A comment of HTML would hide what follows, and could look like a mark.
  const reason = (feedback.reason ?? '').replaceAll('<!--', '<! --');
  const said = [opening, reason].filter((part) => part !== '').join(' ');
  const quote = feedback.kind === 'thread' ? null : firstLine(feedback);
  return [...(quote === null ? [] : [`> ${quote}`]), said, mark].join('\n\n');
}

function firstLine(feedback: Pick<Feedback, 'statements'>): string | null {
  const lines = newestStatement(feedback)?.body.split('\n') ?? [];
  const line = lines
    .map((each) => each.replace(/^[\s>#*-]+/, '').trim())
    .find((each) => each !== '');
  if (line === undefined) return null;
  const plain = line.replaceAll('<!--', '<! --').replace(/[@\p{Cc}]/gu, '');
  return plain.length > MAX_QUOTE ? `${plain.slice(0, MAX_QUOTE)}…` : plain;
}
