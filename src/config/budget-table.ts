import { z } from 'zod';
import { setting } from './setting.ts';

function dollars(sentence: string, example: string, home?: true) {
  return setting<number | null>({
    check: z.number().positive(),
    default: null,
    expected: 'a number above 0',
    sentence,
    example,
    ...(home === undefined ? {} : { home }),
  });
}

/** The table [budget]. */
export const BUDGET = {
  sentence:
    'Dollars after which nothing of autonomous tasks starts by itself, and what runs is stopped. Without a number there is no cap.',
  keys: {
    attempt_usd: dollars('For one attempt.', '2'),
    task_usd: dollars('For all attempts of one task.', '5'),
    project_usd: dollars('For all tasks of one project.', '200'),
    project_day_usd: dollars('For all tasks of one project in a day.', '20'),
    day_usd: dollars('For everything in a day.', '50', true),
    total_usd: dollars('For everything.', '1000', true),
    on_unknown_cost: setting<'go_on' | 'stop'>({
      check: z.enum(['go_on', 'stop']),
      default: 'go_on',
      expected: 'one of go_on, stop',
      sentence: 'What is done where a cap is set and the cost of an attempt is not known.',
    }),
  },
};
