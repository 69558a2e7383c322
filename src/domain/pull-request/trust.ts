import type { FeedbackReading, Statement, Trust } from './feedback.ts';

/** One thing that somebody said on a pull request, with what GitHub tells of who said it. */
export interface SaidStatement extends Omit<Statement, 'trust'> {
  /** GitHub's word for what the author is to the repository, upper case. */
  association: string;
  /** Whether the author may push; null where GitHub does not say. */
  canPush: boolean | null;
  /** The login that gh has: a person, but the task's own Claude writes with it as well. */
  viewer: boolean;
}

/** What reviewers said in one place, before it is known whose word counts. */
export interface SaidFeedback extends Omit<FeedbackReading, 'statements'> {
  statements: SaidStatement[];
}

/** What decides whose word counts. */
export interface TrustFacts {
  /** Names of the setting `[github] trusted`: `ada` is a person, `reviewer[bot]` a bot. */
  trusted: readonly string[];
  /** Whether somebody may push, where GitHub was asked for it by name. */
  mayPush: ReadonlyMap<string, boolean>;
  /** GitHub's ids of what claustre itself wrote. */
  replies: ReadonlySet<string>;
}

/** What claustre writes on GitHub carries this, so that it is known again: it is written in the name of the person. */
const MARK = /^<!-- claustre:/m;

/**
 * Whose word a statement is. Only what is trusted may reach a prompt: the person's own, that of people who may push, and that of people
 * and bots whom the settings name. A mark of ours in the text of a stranger makes it no less a stranger's.
 */
export function trustOf(said: SaidStatement, facts: TrustFacts): Trust {
  if (facts.replies.has(said.id)) return 'ours';
  if (!isTrusted(said, facts)) return 'untrusted';
  return MARK.test(said.body) ? 'ours' : 'trusted';
}

function isTrusted(said: SaidStatement, { trusted, mayPush }: TrustFacts): boolean {
  const { author, bot, viewer, canPush, association } = said;
  // A deleted account: nobody answers for it.
  if (author === null) return false;
  if (isNamed(author, bot, trusted)) return true;
  // Bots repeat what strangers say, and answer each other.
  if (bot) return false;
  if (viewer || canPush === true) return true;
  const confirmed = mayPush.get(author.toLowerCase()) === true;
  // Others than the author may have changed it: the word of the association alone is not enough then.
  if (said.edited || canPush === false) return confirmed;
  // Whoever was invited, or is a member, may have been given no more than the right to read.
  return association === 'OWNER' || confirmed;
}

/** Names of people and of bots are two lists on GitHub: the bot `x` is `x[bot]`, and somebody else may have the account `x`. */
function isNamed(author: string, bot: boolean, trusted: readonly string[]): boolean {
  const plain = author.toLowerCase().replace(/\[bot\]$/, '');
  const name = bot ? `${plain}[bot]` : plain;
  return trusted.some((each) => each.toLowerCase() === name);
}

/**
 * Whose permission has to be asked for by name: neither a member of an organisation nor a collaborator need have the right to push, and what was edited is not
 * trusted for its author's association alone. Strangers are not asked for: they could cost any number of requests.
 */
export function authorsToConfirm(
  feedback: readonly SaidFeedback[],
  trusted: readonly string[],
): string[] {
  const known = { trusted, mayPush: new Map<string, boolean>(), replies: new Set<string>() };
  const names = feedback
    .flatMap(({ statements }) => statements)
    .filter((said) => !said.bot && said.author !== null && !isTrusted(said, known))
    .filter(({ association }) => ['MEMBER', 'OWNER', 'COLLABORATOR'].includes(association))
    .map(({ author }) => author ?? '');
  return [...new Set(names)];
}

/** The same with each statement's trust instead of what it was decided from. */
export function withTrust(feedback: SaidFeedback, facts: TrustFacts): FeedbackReading {
  return {
    ...feedback,
    statements: feedback.statements.map((said) => {
      const { association: _, canPush: __, viewer: ___, ...rest } = said;
      return { ...rest, trust: trustOf(said, facts) };
    }),
  };
}

/** Opinions of reviews that a later one of the same author takes back: nobody has to answer them any more. */
export function withoutTakenBack(feedback: readonly SaidFeedback[]): SaidFeedback[] {
  const opinions = feedback.filter(({ kind, state }) => kind === 'review' && state === 'approved');
  return feedback.map((each) => {
    const [said] = each.statements;
    if (each.kind !== 'review' || said === undefined) return each;
    const over = opinions.some(({ statements: [later] }) => {
      const same = later !== undefined && later.author !== null && later.author === said.author;
      return same && later.id !== said.id && Date.parse(later.at) > Date.parse(said.at);
    });
    return over ? { ...each, resolved: true } : each;
  });
}
