/** Why an attempt ended badly. */
export const ERROR_CODES = [
  'rate_limit',
  'server_error',
  'connection',
  'authentication_failed',
  'billing_error',
  'model_not_found',
  'invalid_request',
  'prompt_too_long',
  'unknown',
  'exited',
  'killed',
  'cut_off',
  'setup_failed',
  'launch_failed',
  'timed_out',
  'looped',
  'budget',
  'not_delivered',
  'gate_failed',
  'criteria_unmet',
  'permission_denied',
  'interrupted',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/** What is done about an attempt that ended so. */
export interface ErrorRule {
  /**
   * `never`: the task is given up at once. `person`: it is left to a person, who did it or has to decide. Else it is tried again, first after
   * `firstMs`, then after twice as long each time, up to `mostMs`.
   */
  retry: 'never' | 'person' | { firstMs: number; mostMs: number };
  /** Whether it counts as one of the task's attempts; `repeated` only when the one before it ended so, too. */
  charged: 'always' | 'repeated' | 'never';
  /** What happened, as a phrase after "Claude" or the task's name. */
  words: string;
  /** What a person does about it, as a sentence; null where trying again is all there is. */
  remedy: string | null;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const SERVICE = { firstMs: 30 * SECOND, mostMs: 10 * MINUTE };
const PROCESS = { firstMs: 5 * SECOND, mostMs: 5 * MINUTE };

/** One table for everything that an attempt can end with. */
const ERROR_RULES: Record<ErrorCode, ErrorRule> = {
  // The account's limit: the queue goes on by itself when it is reset.
  rate_limit: {
    retry: 'person',
    charged: 'never',
    words: 'came to the usage limit',
    remedy: 'It goes on after the reset.',
  },
  server_error: {
    retry: SERVICE,
    charged: 'never',
    words: 'got an error from the service',
    remedy: null,
  },
  connection: {
    retry: SERVICE,
    charged: 'never',
    words: 'could not reach the service',
    remedy: 'Look at the network.',
  },
  authentication_failed: {
    retry: 'never',
    charged: 'never',
    words: 'is not logged in',
    remedy: 'Log Claude in (`claude`, then /login).',
  },
  billing_error: {
    retry: 'never',
    charged: 'never',
    words: 'was refused for lack of credit',
    remedy: 'See to the credit of your account.',
  },
  model_not_found: {
    retry: 'never',
    charged: 'never',
    words: 'does not know the model',
    remedy: 'Correct `model` in [claude] of the settings.',
  },
  invalid_request: {
    retry: 'never',
    charged: 'always',
    words: 'was refused the request',
    remedy: 'Look at the conversation; a smaller task may help.',
  },
  prompt_too_long: {
    retry: 'never',
    charged: 'always',
    words: 'was sent more than it can read',
    remedy: 'Make the task smaller, or /compact the conversation.',
  },
  unknown: { retry: SERVICE, charged: 'always', words: 'failed', remedy: null },
  exited: { retry: PROCESS, charged: 'always', words: 'ended by itself', remedy: null },
  // A machine that was started anew is no fault of the task; one that dies each time may be.
  killed: {
    retry: { firstMs: SECOND, mostMs: MINUTE },
    charged: 'repeated',
    words: 'was ended from outside',
    remedy: null,
  },
  // Whoever launched it was ended, and not Claude.
  cut_off: {
    retry: { firstMs: SECOND, mostMs: MINUTE },
    charged: 'never',
    words: 'was not started to the end',
    remedy: null,
  },
  setup_failed: {
    retry: 'person',
    charged: 'never',
    words: 'had no working setup',
    remedy: 'Look at the output of the setup.',
  },
  launch_failed: {
    retry: { firstMs: 10 * SECOND, mostMs: 5 * MINUTE },
    charged: 'always',
    words: 'could not be started',
    remedy: null,
  },
  timed_out: { retry: PROCESS, charged: 'always', words: 'took too long', remedy: null },
  looped: {
    retry: 'person',
    charged: 'always',
    words: 'ran in circles',
    remedy: 'Look what it does, and say how to go on.',
  },
  budget: {
    retry: 'person',
    charged: 'never',
    words: 'used up the budget',
    remedy: 'Raise the budget.',
  },
  not_delivered: {
    retry: 'never',
    charged: 'always',
    words: 'stopped without delivering',
    remedy: null,
  },
  gate_failed: {
    retry: 'never',
    charged: 'always',
    words: 'stopped with a failing gate',
    remedy: null,
  },
  criteria_unmet: {
    retry: 'never',
    charged: 'always',
    words: 'stopped with an unmet criterion',
    remedy: null,
  },
  permission_denied: {
    retry: 'person',
    charged: 'never',
    words: 'was denied a permission',
    remedy: 'Say how to go on.',
  },
  interrupted: {
    retry: 'person',
    charged: 'never',
    words: 'was interrupted by a person',
    remedy: 'Say how to go on.',
  },
};

/** The rule of a code that was stored; one that this version does not know is treated as `unknown`. */
export function errorRule(code: string): ErrorRule {
  return ERROR_RULES[Object.hasOwn(ERROR_RULES, code) ? (code as ErrorCode) : 'unknown'];
}

/** How long to wait before the next try, when so many in a row have ended badly; null where it is not tried again by itself. */
export function backoffMs(code: string, inARow: number): number | null {
  const { retry } = errorRule(code);
  if (typeof retry === 'string') return null;
  return Math.min(retry.mostMs, retry.firstMs * 2 ** Math.min(30, Math.max(0, inARow - 1)));
}

/** A failure that no other task would escape either: starting more of them would only end them all in error. */
export function holdsEverything(code: string): boolean {
  return code === 'authentication_failed' || code === 'billing_error';
}
