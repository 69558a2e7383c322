import { z } from 'zod';
import { FIX_POLICIES, type FixPolicy } from '#domain/pull-request/round.ts';
import { setting } from './setting.ts';

/** The table [fix]. */
export const FIX = {
  sentence:
    'What is done about failing checks, conflicts and review comments: Claude is told of them in its own conversation, one round at a time.',
  keys: {
    policy: setting<FixPolicy>({
      check: z.enum(FIX_POLICIES),
      default: 'ask',
      expected: `one of ${FIX_POLICIES.join(', ')}`,
      sentence:
        'Nothing; you are asked each time; or Claude is told by itself. A task may say it otherwise (`claustre edit --fix`).',
    }),
    max_rounds: setting({
      check: z.int().min(1).max(100),
      default: 5,
      expected: 'a whole number from 1 to 100',
      sentence: 'Rounds for one pull request, after which you are asked.',
    }),
    max_minutes: setting({
      check: z.int().min(1).max(10_000),
      default: 60,
      expected: 'a whole number from 1 to 10000',
      sentence: 'Minutes that all rounds for one pull request may take together.',
    }),
    max_cost_usd: setting<number | null>({
      check: z.number().positive(),
      default: null,
      expected: 'a number above 0',
      sentence: 'Dollars that all rounds for one pull request may cost together.',
      example: '10',
    }),
  },
};
