import { expect, test } from 'vitest';
import { workMark } from '#adapters/git/progress/mark.ts';
import { tempRepo, writeFiles } from '../../../support/temp-repo.ts';

test('the mark changes when something is staged, committed or fetched, and not by looking', () => {
  const repo = tempRepo();
  const worktree = repo.worktree('x');
  repo.git('worktree', 'add', '--quiet', '-b', 'x', worktree);
  const mark = () => workMark({ worktree, base: 'main', remote: 'origin' });
  const seen = [mark()];
  const changes = (change: () => void) => {
    change();
    const now = mark();
    expect(seen).not.toContain(now);
    seen.push(now);
  };
  expect(mark()).toBe(seen[0]);
  const at = repo.in(worktree);
  writeFiles(worktree, { 'a.txt': 'x\n' });
  changes(() => at('add', 'a.txt'));
  changes(() => at('commit', '--quiet', '-m', 'x'));
  repo.pushElsewhere('main', { 'b.txt': 'x\n' });
  changes(() => repo.git('fetch', '--quiet'));
  changes(() => repo.commit({ 'c.txt': 'x\n' }));
});

test('a folder without a worktree has none', () => {
  expect(workMark({ worktree: '/nowhere', base: 'main', remote: null })).toBe('');
});
