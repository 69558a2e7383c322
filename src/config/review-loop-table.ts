import { z } from 'zod';
import { setting, textOrUnset } from './setting.ts';

/** The table [review_loop]. */
export const REVIEW_LOOP = {
  sentence: 'The review loop of tasks with `--loop`: it works on what reviewers say.',
  keys: {
    poll_interval_secs: setting({
      check: z.int().min(10).max(86_400),
      default: 120,
      expected: 'a whole number from 10 to 86400',
      sentence: 'Seconds between two looks for comments that nobody has decided about.',
    }),
    prompt: setting({
      check: textOrUnset,
      default: null,
      expected: 'a text',
      sentence:
        'How comments are to be judged, in your own words instead of the built-in ones. The comments, and how to deliver, are added to it.',
      example: '"Accept what makes the code more correct. Decline the rest with a reason."',
    }),
    max_rounds: setting({
      check: z.int().min(1).max(100),
      default: 5,
      expected: 'a whole number from 1 to 100',
      sentence:
        'Rounds for one pull request, after which a person is needed. `claustre edit TASK --loop` begins anew.',
    }),
  },
};
