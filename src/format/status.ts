import type { ActivityName } from '#domain/activity.ts';
import type { CheckVerdict } from '#domain/pull-request/pull-request.ts';
import type { TurnHolder } from '#domain/pull-request/turn.ts';
import type { TaskStatus } from '#domain/task.ts';

export interface Sign {
  /** One column wide in every terminal. */
  symbol: string;
  label: string;
}

const STATUS_SIGNS: Record<TaskStatus, Sign> = {
  draft: { symbol: '✎', label: 'draft' },
  pending: { symbol: '☐', label: 'pending' },
  working: { symbol: '●', label: 'working' },
  interrupted: { symbol: '◌', label: 'interrupted' },
  in_review: { symbol: '◐', label: 'in review' },
  conflict: { symbol: '⚠', label: 'conflict' },
  ci_failed: { symbol: '⊘', label: 'CI failed' },
  done: { symbol: '✓', label: 'done' },
  error: { symbol: '✗', label: 'error' },
};

// Pause and hourglass signs are drawn two columns wide by some terminals and one by others, so that these stay with geometric ones.
const ACTIVITY_SIGNS: Record<ActivityName, Sign> = {
  starting: { symbol: '◔', label: 'starting' },
  working: { symbol: '●', label: 'working' },
  permission: { symbol: '!', label: 'asks permission' },
  question: { symbol: '?', label: 'asks a question' },
  plan: { symbol: '¶', label: 'shows a plan' },
  idle: { symbol: '○', label: 'idle' },
  limited: { symbol: '‖', label: 'usage limit' },
  ended: { symbol: '□', label: 'ended' },
  lost: { symbol: '✗', label: 'lost' },
};

const CHECK_SIGNS: Record<CheckVerdict, Sign> = {
  none: { symbol: '-', label: 'no checks' },
  skipped: { symbol: '-', label: 'checks skipped' },
  pending: { symbol: '⟳', label: 'checks running' },
  attention: { symbol: '!', label: 'checks need a person' },
  failed_optional: { symbol: '✗', label: 'optional checks failed' },
  passed: { symbol: '✓', label: 'checks passed' },
  failed: { symbol: '✗', label: 'checks failed' },
};

const TURN_SIGNS: Record<TurnHolder, Sign> = {
  you: { symbol: '◆', label: 'you' },
  claude: { symbol: '●', label: 'Claude' },
  claustre: { symbol: '◈', label: 'claustre' },
  checks: { symbol: '⟳', label: 'checks' },
  reviewers: { symbol: '◇', label: 'reviewers' },
  parent: { symbol: '⇡', label: 'parent' },
  github: { symbol: '⇒', label: 'GitHub' },
};

/** Symbol and words for whose turn a review is; null is not known. */
export function turnSign(of: TurnHolder | null): Sign {
  return of === null ? { symbol: '?', label: 'unknown' } : TURN_SIGNS[of];
}

/** Symbol and words for a task's status. */
export function statusSign(status: TaskStatus): Sign {
  return STATUS_SIGNS[status];
}

const PARKED: Sign = { symbol: '▱', label: 'parked' };

/** Symbol and words for what a session's Claude does; one that was ended to be parked has ended only for now. */
export function activitySign(activity: ActivityName, parked = false): Sign {
  return parked && activity === 'ended' ? PARKED : ACTIVITY_SIGNS[activity];
}

/** Symbol and words for the checks of a pull request; null is unknown. */
export function checkSign(checks: CheckVerdict | null): Sign {
  return checks === null ? { symbol: '?', label: 'checks unknown' } : CHECK_SIGNS[checks];
}
