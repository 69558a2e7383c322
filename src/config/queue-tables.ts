import { z } from 'zod';
import { readQuietHours } from '#domain/queue/quiet-hours.ts';
import type { BadParent } from '#domain/queue/settings.ts';
import { setting } from './setting.ts';

/** The table [queue]. */
export const QUEUE = {
  sentence: 'How autonomous tasks start by themselves. What a person launches starts at once.',
  keys: {
    max_sessions: setting({
      check: z.int().min(1).max(1000),
      default: 3,
      expected: 'a whole number from 1 to 1000',
      sentence: 'Autonomous tasks that work at the same time, in all projects together.',
      home: true,
    }),
    project_sessions: setting<number | null>({
      check: z.int().min(1).max(1000),
      default: null,
      expected: 'a whole number from 1 to 1000',
      sentence: 'Autonomous tasks that work at the same time in one project.',
      example: '2',
    }),
    on_bad_parent: setting<BadParent>({
      check: z.enum(['hold', 'skip']),
      default: 'hold',
      expected: 'one of hold, skip',
      sentence:
        'What becomes of a task whose parent ended in an error: it waits for it, or it counts as skipped. Both go on when the parent is retried.',
    }),
    reserve_percent: setting({
      check: z.int().min(0).max(100),
      default: 10,
      expected: 'a whole number from 0 to 100',
      sentence: 'Percent of each usage limit of your account that the queue leaves to you.',
      home: true,
    }),
    quiet_hours: setting<string | null>({
      check: z.string().refine((text) => readQuietHours(text) !== null),
      default: null,
      expected: 'a span of the day like "09:00-18:00"',
      sentence: 'Hours of the day, in local time, in which nothing starts by itself.',
      example: '"09:00-18:00"',
      home: true,
    }),
  },
};

/** The table [attempts]. */
export const ATTEMPTS = {
  sentence: 'When an autonomous task is tried again, and when it is given up.',
  keys: {
    max: setting({
      check: z.int().min(1).max(100),
      default: 3,
      expected: 'a whole number from 1 to 100',
      sentence: 'Attempts that fail before the task is in error. Usage limits count as none.',
    }),
    finish_rounds: setting({
      check: z.int().min(0).max(100),
      default: 3,
      expected: 'a whole number from 0 to 100',
      sentence:
        'How often Claude is told what is missing when it stops before its work is delivered and every gate passes.',
    }),
    minutes: setting<number | null>({
      check: z.int().min(1).max(100_000),
      default: null,
      expected: 'a whole number from 1 to 100000',
      sentence: 'Minutes that Claude may work in one attempt before it is stopped.',
      example: '120',
    }),
  },
};

/** The table [alarm]. */
export const ALARM = {
  sentence: 'When a Claude that works looks as if it runs in circles.',
  keys: {
    same_calls: setting({
      check: z.int().min(0).max(10_000),
      default: 8,
      expected: 'a whole number from 0 to 10000',
      sentence: 'The same tool call so often in a row; 0 for never.',
    }),
    tokens: setting({
      check: z.int().min(0),
      default: 500_000,
      expected: 'a whole number from 0',
      sentence: 'So many tokens of output and new input without a changed file; 0 for never.',
    }),
    minutes: setting({
      check: z.int().min(0).max(100_000),
      default: 60,
      expected: 'a whole number from 0 to 100000',
      sentence: 'So many minutes of work without a commit; 0 for never.',
    }),
    action: setting<'tell' | 'stop'>({
      check: z.enum(['tell', 'stop']),
      default: 'tell',
      expected: 'one of tell, stop',
      sentence: 'What is done then: you are told, or the attempt is stopped as well.',
    }),
  },
};

/** The table [sessions]. */
export const SESSIONS = {
  sentence:
    'How many Claudes live at the same time. One that is parked keeps everything but its process.',
  keys: {
    max_live: setting({
      check: z.int().min(1).max(1000),
      default: 12,
      expected: 'a whole number from 1 to 1000',
      sentence:
        'Claudes that live at the same time; beyond it the one that is idle longest is parked.',
      home: true,
    }),
    min_free_mb: setting({
      check: z.int().min(0),
      default: 700,
      expected: 'a whole number from 0',
      sentence:
        'Megabytes of memory that stay free: below it an idle Claude is parked, and nothing starts by itself.',
      home: true,
    }),
    park_after_minutes: setting({
      check: z.int().min(0).max(100_000),
      default: 0,
      expected: 'a whole number from 0 to 100000',
      sentence: 'Minutes after which an idle Claude is parked in any case; 0 for never.',
    }),
  },
};
