import { z } from 'zod';
import { MERGE_METHODS, type MergeMethod } from '#domain/pull-request/pull-request.ts';
import { setting } from './setting.ts';

/** The table [merge]. */
export const MERGE = {
  sentence: 'How finished work gets into its base branch.',
  keys: {
    method: setting<MergeMethod | null>({
      check: z.enum(MERGE_METHODS),
      default: null,
      expected: `one of ${MERGE_METHODS.join(', ')}`,
      sentence:
        "How it is merged; without it, as the repository's page on GitHub offers it first, and local tasks with a merge commit.",
      example: '"squash"',
    }),
    auto: setting({
      check: z.boolean(),
      default: false,
      expected: 'one of true, false',
      sentence:
        'Whether GitHub is told to merge a pull request by itself once it may, when it cannot be merged yet.',
    }),
    delete_branch: setting({
      check: z.boolean(),
      default: true,
      expected: 'one of true, false',
      sentence:
        'Whether a branch that claustre made is deleted on the remote once its pull request is merged.',
    }),
  },
};
