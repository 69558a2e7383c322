import { z } from 'zod';
import { setting, text, textOrUnset, texts } from './setting.ts';

/** One entry of the list [[gates]]. */
export const GATES = {
  sentence:
    'A command that has to pass in the worktree before the work of a task counts as delivered. What it says when it fails is the next instruction for Claude.',
  keys: {
    name: setting<string>({
      check: text,
      default: '',
      expected: 'a text',
      sentence: 'What it is called.',
      example: '"test"',
      needed: true,
    }),
    command: setting<string>({
      check: text,
      default: '',
      expected: 'a text',
      sentence: 'The command, as a shell reads it.',
      example: '"npm test"',
      needed: true,
    }),
    timeout_secs: setting({
      check: z.int().min(1).max(86_400),
      default: 600,
      expected: 'a whole number from 1 to 86400',
      sentence: 'Seconds after which it counts as failed.',
      example: '600',
    }),
    autofix: setting({
      check: textOrUnset,
      default: null,
      expected: 'a text',
      sentence: 'A command that mends what it finds; it runs once, then the gate again.',
      example: '"npm run format"',
    }),
    protected: setting({
      check: texts,
      default: [],
      expected: 'a list of texts',
      sentence: 'Files (globs) that the gate stands on: a task that changes them is marked.',
      example: '["tests/**", ".github/workflows/**"]',
    }),
  },
};
