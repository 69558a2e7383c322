import { INBOX_KINDS } from '#domain/inbox.ts';
import { failedChecks } from '#domain/pull-request/checks.ts';
import { type Feedback, isUndecided, newestStatement } from '#domain/pull-request/feedback.ts';
import { isStillReady, type PullRequest } from '#domain/pull-request/pull-request.ts';
import { isReviewed, type Task } from '#domain/task.ts';

/** Of what a person can be told besides what waits for them. */
const NEWS_KINDS = ['in_review', 'approved', 'merged'] as const;
export const NOTICE_KINDS = [...INBOX_KINDS, ...NEWS_KINDS] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** Something that a person is told of once, as long as it lasts. */
export interface News {
  kind: NoticeKind;
  task: number;
  /** ISO time in UTC since when it is so. */
  since: string;
  text: string;
  /** When it could be known first, where that is later. */
  seenAt?: string;
  /** It goes on if it had begun, but does not begin by itself. */
  lasts?: true;
}

interface Facts {
  task: Pick<Task, 'id' | 'title' | 'status' | 'updatedAt'>;
  pullRequest: PullRequest | null;
  feedback: readonly Feedback[];
}

/**
 * What happened to the delivery of a task, also where nobody has to do anything about it: Claude may mend by itself what failed. A task
 * that goes back to work for a while stays delivered, so that its next rounds are no news.
 */
export function newsOf({ task, pullRequest, feedback }: Facts): News[] {
  const { id, title, status, updatedAt } = task;
  const news = (kind: NoticeKind, since: string, text: string): News => ({
    ...{ kind, task: id, since, text },
  });
  if (pullRequest?.state === 'merged') {
    const { mergedAt, mergedBy, base } = pullRequest;
    if (mergedAt === null) return [];
    const by = mergedBy === null ? '' : ` by ${mergedBy}`;
    return [news('merged', mergedAt, `"${title}" was merged into ${base ?? 'its base'}${by}.`)];
  }
  const isOpen = pullRequest?.state === 'open';
  const found: News[] = [];
  if (isReviewed(status)) found.push(news('in_review', updatedAt, `"${title}" is in review.`));
  else if (status === 'working' && isOpen) {
    const delivered = news('in_review', updatedAt, `"${title}" is in review.`);
    const said = voices({ task, pullRequest, feedback });
    return [delivered, ...said].map((each) => ({ ...each, lasts: true }));
  }
  if (!isReviewed(status) || !isOpen) return found;
  if (status === 'conflict') {
    found.push(news('conflict', updatedAt, `"${title}" conflicts with its base.`));
  }
  if (status === 'ci_failed') {
    const names = failedChecks(pullRequest.checkRuns).slice(0, 3).join(', ');
    const text = `Checks of "${title}" failed${names === '' ? '' : `: ${names}`}.`;
    found.push(news('ci_failed', updatedAt, text));
  }
  // That it can be merged begins with what waits for a person, where everything is known.
  if (isStillReady(pullRequest)) {
    found.push({ ...news('ready_to_merge', updatedAt, `"${title}" can be merged.`), lasts: true });
  }
  return [...found, ...voices({ task, pullRequest, feedback })];
}

/** What reviewers said, which is known no earlier than it was read. */
function voices({ task, pullRequest, feedback }: Facts): News[] {
  const { id, title, updatedAt } = task;
  const seenAt = pullRequest?.readAt ?? updatedAt;
  const found: News[] = [];
  const newest = feedback
    .filter(isUndecided)
    .flatMap((each) => newestStatement(each) ?? [])
    .toSorted((a, b) => (a.at < b.at ? -1 : 1))
    .at(-1);
  if (newest !== undefined) {
    const text = `${newest.author ?? 'Somebody'} commented on "${title}".`;
    found.push({ kind: 'comments', task: id, since: newest.at, text, seenAt });
  } else if (pullRequest !== null && requestsWithoutWords(pullRequest, feedback)) {
    const by = pullRequest.changesRequestedBy.join(', ');
    const text = `Changes of "${title}" were requested${by === '' ? '' : ` by ${by}`}.`;
    found.push({ kind: 'comments', task: id, since: pullRequest.createdAt, text, seenAt });
  }
  // Words that were not read yet may tell more than an approval.
  const isUnread = pullRequest !== null && pullRequest.feedbackMark !== pullRequest.feedbackRead;
  const names = pullRequest?.approvedBy ?? [];
  if (names.length > 0 || pullRequest?.review === 'approved') {
    const by = names.length === 0 ? '' : ` by ${names.join(', ')}`;
    const text = `"${title}" was approved${by}.`;
    const approved: News = { kind: 'approved', task: id, since: seenAt, text };
    found.push(isUnread ? { ...approved, lasts: true } : approved);
  }
  return found;
}

/** Once everything was read: before that the words may still come. */
function requestsWithoutWords(
  { review, feedbackMark, feedbackRead }: PullRequest,
  feedback: readonly Feedback[],
): boolean {
  if (review !== 'changes_requested' || feedbackRead === null) return false;
  return feedbackRead === feedbackMark && feedback.every(({ decidedFor }) => decidedFor === null);
}

/** What waits for a person and what happened, each kind once for a task; what waits comes with the better words. */
export function withNews(entries: readonly News[], news: readonly News[]): News[] {
  const key = ({ task, kind }: Pick<News, 'task' | 'kind'>): string => `${task} ${kind}`;
  const happened = new Map(news.map((each) => [key(each), each]));
  const waits = new Set(entries.map(key));
  // That somebody said something is told with the words, as soon as they were read.
  const told = entries.filter((each) => each.kind !== 'comments' || happened.has(key(each)));
  return [
    ...told.map((entry) => {
      const seenAt = happened.get(key(entry))?.seenAt;
      return seenAt === undefined ? entry : { ...entry, seenAt };
    }),
    ...news.filter((each) => !waits.has(key(each))),
  ];
}

/** How telling a kind is: of several that begin together for one task a person is told the first. */
const ORDER: readonly NoticeKind[] = [
  ...[
    'permission',
    'question',
    'plan',
    'merged',
    'closed',
    'error',
    'alarm',
    'budget',
    'setup_failed',
  ],
  ...[
    'conflict',
    'ci_failed',
    'comments',
    'unsure',
    'limited',
    'attention',
    'ready_to_merge',
    'approved',
  ],
  ...['draft', 'in_review'],
] as NoticeKind[];

/** One for each task: the most telling. */
export function mostTelling<Told extends Pick<News, 'kind' | 'task'>>(
  told: readonly Told[],
): Told[] {
  const best = new Map<number, Told>();
  const rank = ({ kind }: Pick<News, 'kind'>): number => ORDER.indexOf(kind);
  for (const each of told) {
    const known = best.get(each.task);
    if (known === undefined || rank(each) < rank(known)) best.set(each.task, each);
  }
  return [...best.values()];
}
