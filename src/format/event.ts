import { ACTIVITIES, type ActivityName } from '#domain/activity.ts';
import type { EventRow } from '#domain/event.ts';
import { describeSaved } from '#domain/trash.ts';
import { formatMoney } from '#domain/words/money.ts';
import { activitySign } from './status.ts';

type Data = EventRow['data'];

/** What happened, in a few words of one line; an event of a kind that is not known here is its kind and its plain values. */
export function eventWords({ kind, data }: Pick<EventRow, 'kind' | 'data'>): string {
  const words = Object.hasOwn(WORDS, kind) ? WORDS[kind] : undefined;
  if (words === undefined) return [kind, plainValues(data)].filter(Boolean).join(': ');
  return typeof words === 'string' ? withReason(words, data) : words(data);
}

function gateWords({ outcome, seconds }: Data): string {
  const how =
    outcome === 'unknown' ? 'could not be run to its end' : text(outcome).replace('_', ' ');
  return typeof seconds === 'number' ? `${how} in ${seconds} s` : how;
}

/** By kind: the words, with the event's reason after them, or what makes them of its data. */
const WORDS: Readonly<Record<string, string | ((data: Data) => string)>> = {
  'task.add': 'added',
  'task.edit': (data) => phrase('edited', list(data.fields)),
  'task.move': (data) => `moved ${text(data.direction) || 'in the queue'}`,
  'task.hold': (data) => phrase('held', text(data.held), ': '),
  'task.repeat': (data) => phrase('comes again', text(data.next), ' as #'),
  'task.schedule': (data) => phrase('starts at another time', text(data.notBefore), ': '),
  'task.submit': 'submitted',
  'task.redraft': 'made a draft again',
  'task.launch': 'launched',
  'task.launch_fail': 'launch failed',
  'task.setup_fail': 'setup failed',
  'task.prompt': 'working again',
  'task.deliver': (data) => {
    const number = text(data.pullRequest);
    return number === '' ? 'delivered' : `delivered as pull request #${number}`;
  },
  'task.conflict': (data) => phrase('conflicts with its base', list(data.files), ': '),
  'task.ci_fail': (data) => phrase('checks failed', list(data.failedChecks), ': '),
  'task.resolve': 'in review again',
  'task.lose': 'session lost',
  'task.resume': 'resumed',
  'task.kill': 'killed',
  'task.give_up': (data) => phrase('given up', text(data.text), ': '),
  'task.retry': 'to be tried again',
  'task.merge': 'merged',
  'task.finish': 'done',
  'task.restore': 'restored',
  'task.reopen': 'opened again',
  'task.restore_row': 'brought back',
  'task.notify': (data) => phrase('told you', text(data.about).replaceAll('_', ' '), ': '),
  'task.undo': 'put back as it was',
  'action.undo': (data) => phrase('undone', text(data.action), ': '),
  'trash.add': savedWords,
  'trash.restore': 'took back what was saved',
  'comment.add': (data) => phrase('comment kept', text(data.file), ' on '),
  'comment.edit': 'comment changed',
  'comment.remove': 'comment deleted',
  'comment.restore': 'comment brought back',
  'comment.send': (data) =>
    `comments sent: ${Array.isArray(data.comments) ? data.comments.length : '–'}`,
  'file.view': (data) => phrase('looked at', text(data.file)),
  'file.unview': (data) => phrase('to be looked at again:', text(data.file)),
  'review.begin': (data) => `review round on ${countOf(data.comments, 'comment')}`,
  'review.end': (data) => phrase(reviewWords(data), text(data.note), ': '),
  'session.open': (data) => phrase('session opened', text(data.branch), ' on '),
  'session.reopen': 'session opened again',
  'session.adopt': 'session found running',
  'session.branch': (data) => phrase('branch renamed', text(data.to), ' to '),
  'session.worktree': 'worktree made',
  'session.start': 'Claude started',
  'session.resume': 'Claude started with its conversation',
  'session.restore': 'session restored',
  'session.restore_row': 'session brought back',
  'session.rebase': rebaseWords,
  'session.rebase_held': 'branch stays where it is',
  'session.left_out': (data) => phrase('session stays open', text(data.leftOut), ': '),
  'session.parking': 'Claude is being parked',
  'session.park': (data) => phrase('Claude parked', text(data.reason), ': '),
  'session.closing': 'session is ending',
  'session.close': 'session closed',
  'session.unknown': (data) =>
    phrase('whether the work was delivered cannot be told', text(data.reason), ': '),
  'session.end_refused': 'session could not be ended',
  'session.activity': (data) => activityWords(data.to, null),
  'session.alarm': (data) =>
    text(data.alarm) === '' ? 'no alarm any more' : `alarm: ${text(data.alarm)}`,
  'attempt.stop': 'attempt stopped',
  'limit.close_menu': "Claude's menu about the usage limit closed",
  'limit.over': 'the usage limit is over',
  'budget.raise': (data) =>
    phrase(`budget raised by ${formatMoney(amount(data.usd))}`, text(data.reason), ': '),
  'budget.reach': (data) =>
    `${text(data.percent)} % of a budget of ${formatMoney(amount(data.capUsd))} used`,
  'session.update': updateWords,
  'session.answer': answerWords,
  'session.status': statusWords,
  'attempt.fail': (data) =>
    phrase('attempt failed', text(data.text), ': ') + phrase('', text(data.retryAt), '; again at '),
  'attempt.left': (data) => phrase('left to you', text(data.text), ': '),
  'attempt.go_on': 'tried again',
  'attempt.not_resumed': (data) => phrase('could not be resumed', text(data.reason), ': '),
  'queue.pause': (data) => phrase('queue paused', text(data.reason), ': '),
  'finish.begin': (data) => phrase('Claude was told what is missing', list(data.evidence), ': '),
  'finish.end': (data) =>
    phrase(`finish round ended: ${text(data.outcome)}`, text(data.note), ': '),
  'gate.run': (data) => phrase(`gate ${text(data.gate)} ${gateWords(data)}`, text(data.note), ': '),
  'criteria.begin': 'criteria are being judged',
  'criteria.check': (data) =>
    `criteria judged: ${text(data.met)} met, ${text(data.unmet)} unmet, ${text(data.unknown)} unknown`,
  'fix.begin': (data) => phrase('Claude was told', list(data.evidence), ' of '),
  'fix.end': (data) => phrase(`fix round ended: ${text(data.outcome)}`, text(data.note), ': '),
  'fix.hold': (data) => phrase('fixing is held', text(data.reason), ': '),
  'pull_request.add': (data) => pullRequestWords(data, 'is there'),
  'pull_request.restore': 'pull request brought back',
  'pull_request.merge': (data) => pullRequestWords(data, askedWords(data)),
  'pull_request.merged': (data) =>
    pullRequestWords(
      data,
      phrase(phrase('merged', text(data.by), ' by '), methodWords(data.method)),
    ),
  'pull_request.landed': landedWords,
  'pull_request.closed': (data) => pullRequestWords(data, 'closed'),
  'pull_request.reopened': (data) => pullRequestWords(data, 'opened again'),
  'pull_request.retarget': (data) =>
    pullRequestWords(data, phrase('was given the base', text(data.to))),
  'pull_request.feedback': (data) => pullRequestWords(data, 'has new comments'),
  'pull_request.update': (data) => pullRequestWords(data, changesOf(data.to)),
};

const phrase = (words: string, more: string, between = ' '): string =>
  more === '' ? words : `${words}${between}${more}`;

const withReason = (words: string, { reason }: Data): string => phrase(words, text(reason), ': ');

function text(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function list(value: unknown): string {
  return Array.isArray(value) ? value.map(text).filter(Boolean).join(', ') : '';
}

function plainValues(data: Data): string {
  return Object.entries(data)
    .filter(([, value]) => text(value) !== '')
    .map(([key, value]) => `${key} ${text(value)}`)
    .join(', ');
}

function countOf(value: unknown, noun: string): string {
  return `${text(value) || 'some'} ${noun}${value === 1 ? '' : 's'}`;
}

/** `review round ended: 2 fixed, 1 declined`, or how else it ended. */
function reviewWords(data: Data): string {
  const counts = ['fixed', 'answered', 'declined'].flatMap((verdict) =>
    amount(data[verdict]) > 0 ? [`${amount(data[verdict])} ${verdict}`] : [],
  );
  const how =
    data.outcome === 'failed' || data.outcome === 'stopped' ? text(data.outcome) : 'ended';
  return phrase(`review round ${how}`, counts.join(', '), ': ');
}

const amount = (value: unknown): number => (typeof value === 'number' ? value : 0);

function savedWords({ commits, changed, untracked }: Data): string {
  const saved = describeSaved({
    commits: amount(commits),
    changed: amount(changed),
    untracked: amount(untracked),
  });
  return saved === null ? 'put into the trash' : `saved ${saved}`;
}

function activityWords(name: unknown, detail: unknown): string {
  const known = ACTIVITIES.find((each): each is ActivityName => each === name);
  return phrase(known === undefined ? text(name) : activitySign(known).label, text(detail), ': ');
}

function updateWords(data: Data): string {
  if (typeof data.prompt === 'string') return `prompt: ${firstLine(data.prompt)}`;
  if (data.activity !== undefined) return activityWords(data.activity, data.detail);
  return phrase('Claude', text(data.event), ': ');
}

function answerWords({ behavior, answers, message, asked, always }: Data): string {
  if (behavior === 'deny') return phrase(phrase('denied', text(asked), ': '), text(message), ': ');
  const chosen =
    typeof answers === 'object' && answers !== null ? list(Object.values(answers)) : '';
  return chosen === ''
    ? phrase(always === true ? 'allowed for the session' : 'allowed', text(asked), ': ')
    : phrase(phrase('answered', text(asked), ': '), chosen, ' ');
}

function firstLine(prompt: string): string {
  const text = prompt.trim();
  const end = text.search(/\r|\n/);
  return end === -1 ? text : `${text.slice(0, end).trimEnd()} …`;
}

function statusWords({ costUsd, contextPercent, model }: Data): string {
  const parts = [
    typeof costUsd === 'number' ? `cost ${formatMoney(costUsd)}` : '',
    typeof contextPercent === 'number' ? `context ${Math.round(contextPercent)}%` : '',
    phrase(text(model) === '' ? '' : 'model', text(model)),
  ].filter(Boolean);
  return parts.length === 0 ? 'usage read' : parts.join(', ');
}

function pullRequestWords(data: Data, words: string): string {
  const number = text(data.number);
  return phrase(number === '' ? 'pull request' : `pull request #${number}`, words);
}

function rebaseWords({ base, moved, pushed }: Data): string {
  if (moved !== true) return phrase('stands on', text(base));
  return `moved onto ${text(base)}${text(pushed) === '' ? '' : ' and pushed'}`;
}

const autoMergeWords = (method: unknown): string =>
  text(method) === '' ? 'is not merged by itself any more' : 'is merged as soon as GitHub may';

const methodWords = (method: unknown): string => {
  if (method === 'squash') return 'as one commit';
  return method === 'rebase' ? 'by rebase' : '';
};

function askedWords({ way, method }: Data): string {
  if (way === 'queue') return 'to be put into the merge queue';
  const merged = phrase('to be merged', methodWords(method));
  return way === 'auto' ? `${merged} as soon as GitHub may` : merged;
}

function landedWords({ retargeted, branch, why }: Data): string {
  const children = Array.isArray(retargeted) ? retargeted.map((each) => `#${text(each)}`) : [];
  const parts = [
    children.length === 0 ? '' : `${children.join(', ')} got its base`,
    branch === 'deleted' ? 'its branch is deleted on the remote' : '',
    branch === 'kept' ? phrase('its branch stays on the remote', text(why), ': ') : '',
  ].filter(Boolean);
  return parts.join('; ');
}

/** The verdicts that are more than one word. */
const CHECKS_SAID: Readonly<Record<string, string>> = {
  none: 'no checks',
  failed_optional: 'optional checks failed',
  attention: 'checks need a person',
};

function checksSaid(verdict: string): string {
  return CHECKS_SAID[verdict] ?? `checks ${verdict || 'unknown'}`;
}

/** What of a pull request changed, in words: `checks passed, approved`. */
function changesOf(to: unknown): string {
  if (typeof to !== 'object' || to === null) return 'read';
  const { headCommit, checks, failedChecks, review, mergeable, draft, base, autoMerge, queued } =
    to as Data;
  const parts = [
    headCommit === undefined ? '' : 'has new commits',
    checks === undefined ? '' : checksSaid(text(checks)),
    phrase(list(failedChecks) === '' ? '' : 'failed:', list(failedChecks)),
    review === 'required' ? 'needs an approval' : text(review).replaceAll('_', ' '),
    text(mergeable),
    draft === undefined ? '' : draft === true ? 'is a draft' : 'is no draft any more',
    phrase(text(base) === '' ? '' : 'goes to', text(base)),
    autoMerge === undefined ? '' : autoMergeWords(autoMerge),
    queued === undefined
      ? ''
      : queued === true
        ? 'stands in the merge queue'
        : 'left the merge queue',
  ].filter(Boolean);
  return parts.length === 0 ? 'changed' : parts.join(', ');
}
