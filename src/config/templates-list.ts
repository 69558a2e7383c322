import { z } from 'zod';
import { PUSH_MODES, type PushMode, TASK_MODES, type TaskMode } from '#domain/task.ts';
import { setting, text, textOrUnset, texts } from './setting.ts';

/** One entry of the list [[templates]]. */
export const TEMPLATES = {
  sentence:
    'A task that is written often: Ctrl+T in the form of a new task, or `claustre add-task PROJECT --template NAME`. What it does not say stays as it is.',
  keys: {
    name: setting<string>({
      check: text,
      default: '',
      expected: 'a text',
      sentence: 'What it is called.',
      example: '"bug"',
      needed: true,
    }),
    prompt: setting({
      check: textOrUnset,
      default: null,
      expected: 'a text',
      sentence: 'The prompt; {cursor} is where your own words go, else they go after it.',
      example: '"Find the cause of this and fix it, with a test: {cursor}"',
    }),
    mode: setting<TaskMode | null>({
      check: z.enum(TASK_MODES),
      default: null,
      expected: `one of ${TASK_MODES.join(', ')}`,
      sentence: 'How it is worked on.',
      example: '"autonomous"',
    }),
    base: setting({
      check: textOrUnset,
      default: null,
      expected: 'a text',
      sentence: 'The branch that the work starts from and goes to.',
      example: '"main"',
    }),
    branch: setting({
      check: textOrUnset,
      default: null,
      expected: 'a text',
      sentence: 'The branch of the work.',
      example: '"fix/next"',
    }),
    push: setting<PushMode | null>({
      check: z.enum(PUSH_MODES),
      default: null,
      expected: `one of ${PUSH_MODES.join(', ')}`,
      sentence: 'Where the work goes.',
      example: '"pr"',
    }),
    loop: setting<boolean | null>({
      check: z.boolean(),
      default: null,
      expected: 'true or false',
      sentence: 'Whether review comments are worked on.',
      example: 'true',
    }),
    subtasks: setting({
      check: texts,
      default: [],
      expected: 'a list of texts',
      sentence: 'Its steps, in their order.',
      example: '["Write a test that fails", "Fix it"]',
    }),
  },
};
