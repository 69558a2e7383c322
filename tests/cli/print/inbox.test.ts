import { expect, test } from 'vitest';
import { printInbox } from '#cli/print/inbox.ts';
import { createPaint } from '#cli/style.ts';

const SHEET = { width: 80, paint: createPaint(false), now: Date.parse('2030-01-01T12:00:00Z') };

test('what waits stands in its order, with kind, age and words', () => {
  const entries = [
    {
      kind: 'ci_failed',
      task: 3,
      since: '2030-01-01T10:00:00Z',
      text: 'Checks of #42 failed: test.',
    },
    { kind: 'permission', task: 12, since: '2030-01-01T11:59:30Z', text: 'Bash: rm -rf build' },
  ] as const;
  expect(printInbox(entries, SHEET)).toBe(
    [
      'TASK  KIND        SINCE    WHAT',
      '  #3  ci failed   2h ago   Checks of #42 failed: test.',
      ' #12  permission  30s ago  Bash: rm -rf build',
    ].join('\n'),
  );
});

test('an empty inbox is a calm sentence', () => {
  expect(printInbox([], SHEET)).toBe('Nothing waits for you.');
});
