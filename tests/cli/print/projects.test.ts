import { expect, test } from 'vitest';
import { printProjects } from '#cli/print/projects.ts';
import { createPaint } from '#cli/style.ts';
import { columnsOf } from '#format/text.ts';
import type { ProjectView } from '#operations/project/list.ts';

const SHEET = { width: 80, paint: createPaint(false), now: 0 };

function project(more: Partial<ProjectView>): ProjectView {
  return {
    id: 1,
    name: 'demo',
    path: '/home/u/demo',
    defaultBranch: 'main',
    remote: 'origin',
    forge: null,
    tasks: {},
    openSessions: 0,
    ...more,
  };
}

test('projects stand with their counts, review counting all that is delivered', () => {
  const tasks = { pending: 2, in_review: 1, conflict: 1, ci_failed: 1, done: 9 };
  expect(
    printProjects([project({ tasks, openSessions: 3 }), project({ name: '日本' })], SHEET),
  ).toBe(
    [
      'PROJECT  SESSIONS  PENDING  REVIEW  BASE  PATH',
      'demo            3        2       3  main  /home/u/demo',
      '日本            0        0       0  main  /home/u/demo',
    ].join('\n'),
  );
});

test('long names and paths fit 80 columns', () => {
  const long = project({
    name: 'n'.repeat(100),
    path: `/${'p'.repeat(200)}`,
    defaultBranch: 'b'.repeat(90),
  });
  for (const line of printProjects([long], SHEET).split('\n')) {
    expect(columnsOf(line)).toBeLessThanOrEqual(80);
  }
});

test('without projects it says how to get one', () => {
  expect(printProjects([], SHEET)).toContain('claustre add-project');
});
