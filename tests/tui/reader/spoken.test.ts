import { expect, test } from 'vitest';
import { spoken } from '#tui/reader/spoken.ts';

test.each([
  [
    '│ ▸ ● working     #1  Fix the parser      permission  (1/3) │',
    'selected: working, #1, Fix the parser, permission, (1/3)',
  ],
  [
    '│   ◐ in review   #3  Show it    ✓ CI  PR #43 │',
    'in review, #3, Show it, checks passed, PR #43',
  ],
  [
    '│   ◐ in review   #6  Show it   ◇ reviewers  ↓2  ≈ #7  ✓ CI  PR #43 ✓2 ❝3 │',
    'in review, #6, Show it, reviewers, 2 behind, touches the files of #7, checks passed, PR #43, approvals: 2, open threads: 3',
  ],
  [
    '│   ◐ in review   #9  Show it   ? not read yet  PR #43 │',
    'in review, #9, Show it, not read yet, PR #43',
  ],
  [
    '│   ◐ in review   #5  Show it   ◆ cancelled: build  ! CI  PR #43 │',
    'in review, #5, Show it, attention: cancelled: build, checks need a person, PR #43',
  ],
  [
    '│ ▸ web-shop       ◆ ●3 ◌1 ☐3 │',
    'selected: web-shop, attention: 3 working, 1 interrupted, 3 pending',
  ],
  ['│ Push    ▸ ○ pr  ● push  ○ local │', 'Push, selected: pr, chosen: push, local'],
  ['│ Loop      ● off  ○ on │', 'Loop, chosen: off, on'],
  ['╭─ Task Queue ──────── 6/13 ─╮', 'Task Queue, 6/13'],
  ['╰────────╯', ''],
  ['│          │', ''],
  ['│ 5h ███░░░  42% ↻ 14:00 │', '5h, 42% resets 14:00'],
  [' ✗ It broke! Why?', 'It broke! Why?'],
])('%s', (row, words) => {
  expect(spoken(row)).toBe(words);
});
