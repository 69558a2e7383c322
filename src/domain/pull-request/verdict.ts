import { list, oneLine, record } from '#domain/claude/payload.ts';
import { printedObject } from '#domain/claude/printed-object.ts';
import {
  FEEDBACK_VERDICTS,
  type Feedback,
  type FeedbackVerdict,
  newestStatement,
} from './feedback.ts';
import type { Evidence } from './round.ts';

/** What one round decided about one piece of feedback. */
export interface Verdict {
  roundId: number;
  feedbackId: string;
  /** The newest statement that it was decided for. */
  statementId: string;
  author: string | null;
  /** `src/tea.ts:12`; null where it is about no file. */
  place: string | null;
  /** The beginning of what was said. */
  words: string;
  verdict: FeedbackVerdict;
  reason: string;
  /** The commit on the remote that holds the change; null unless it was fixed. */
  fixedIn: string | null;
}

/** What Claude said about one piece of feedback, by the name that the prompt gave it. */
export interface Said {
  name: string;
  verdict: FeedbackVerdict;
  reason: string;
}

const MAX_REASON = 2_000;
const MAX_WORDS = 300;

/** The shape that Claude is asked to end with. */
export const VERDICTS_SCHEMA = {
  type: 'object',
  properties: {
    verdicts: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          id: { type: 'string' },
          verdict: { type: 'string', enum: FEEDBACK_VERDICTS },
          reason: { type: 'string' },
        },
        required: ['id', 'verdict', 'reason'],
      },
    },
  },
  required: ['verdicts'],
} as const;

/** The name of a piece of evidence in a prompt: GitHub's own are long, and easily copied wrong. */
export function evidenceName(index: number): string {
  return `F${index + 1}`;
}

/** What a prompt says about the verdicts that it wants for what has these names. */
export function verdictsWanted(names: readonly string[]): string {
  return [
    `End your last message with one verdict for each of ${names.join(', ')}, as JSON in exactly this form:`,
    `{"verdicts":[{"id":"${names[0]}","verdict":"${FEEDBACK_VERDICTS.join('|')}","reason":"…"}]}`,
    '`fixed`: you changed the code for it and pushed. `answered`: there is nothing to change, and the reason answers it. `declined`: you rejected it.',
    'The reason is one or two sentences for the reviewer, about the code.',
  ].join('\n');
}

/**
 * The verdicts in what Claude ended with: an object, or a text with the object in it. What is no verdict, or repeats one, is left out;
 * null when there is no object at all.
 */
export function readVerdicts(output: unknown): Said[] | null {
  const entries = record(printedObject(output, 'verdicts')).verdicts;
  if (!Array.isArray(entries)) return null;
  const said = new Map<string, Said>();
  for (const entry of list(entries)) {
    const { id, verdict, reason } = record(entry);
    const known = FEEDBACK_VERDICTS.find((each) => each === verdict);
    if (typeof id !== 'string' || known === undefined || said.has(id)) continue;
    const words = typeof reason === 'string' ? oneLine(reason, MAX_REASON) : '';
    if (words !== '') said.set(id, { name: id, verdict: known, reason: words });
  }
  return [...said.values()];
}

/**
 * What a round was asked about, in the order of its names, as it was then: what was said later is not in it. null for what is gone from
 * GitHub since.
 */
export function askedIn(
  evidence: readonly Pick<Evidence, 'key'>[],
  feedback: readonly Feedback[],
): (Feedback | null)[] {
  return evidence.map(({ key }) => {
    const [id, statement] = key.split(' ');
    const found = feedback.find((each) => each.id === id);
    const last = found?.statements.findIndex((each) => each.id === statement) ?? -1;
    if (found === undefined || last === -1) return null;
    return { ...found, statements: found.statements.slice(0, last + 1) };
  });
}

/**
 * What of it holds. Nothing counts as fixed without a new commit that is on the remote: without a new one it was at most answered, and
 * with one that was not pushed it is not decided yet.
 */
export function believed(
  said: readonly Said[],
  asked: readonly (Feedback | null)[],
  {
    roundId,
    head,
    moved,
    pushed,
  }: { roundId: number; head: string; moved: boolean; pushed: boolean },
): Verdict[] {
  return asked.flatMap((each, index): Verdict[] => {
    const found = said.find(({ name }) => name === evidenceName(index));
    const statement = each === null ? null : newestStatement(each);
    if (found === undefined || each === null || statement === null) return [];
    if (found.verdict === 'fixed' && !pushed) return [];
    const verdict = found.verdict === 'fixed' && !moved ? 'answered' : found.verdict;
    return [
      {
        roundId,
        feedbackId: each.id,
        statementId: statement.id,
        author: statement.author,
        place: placeOf(each),
        words: oneLine(statement.body, MAX_WORDS),
        verdict,
        reason: found.reason,
        fixedIn: verdict === 'fixed' ? head : null,
      },
    ];
  });
}

/** Where a piece of feedback is about, in one line; null where it is about no file. */
export function placeOf({ path, line }: Pick<Feedback, 'path' | 'line'>): string | null {
  if (path === null) return null;
  return oneLine(line === null ? path : `${path}:${line}`);
}
