import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openStore } from '#store/store.ts';
import { commits, journey, script } from '../support/journey.ts';
import { waitFor } from '../support/wait-for.ts';

const works = (name: string): string => script(`Add ${name}.`, commits(`${name}.txt`, name));

test('a task starts by itself at its time, and another one so long after it, with nobody there', async () => {
  const { claustre, json, show, reaches } = await journey({ remote: false });
  await claustre('resume', 'app');
  const autonomous = ['-m', 'autonomous'];
  const timed = await json(
    'add-task',
    'app',
    'One',
    '-d',
    works('a'),
    ...autonomous,
    '--at',
    '+3s',
  );
  const begins = Date.parse(timed.notBefore ?? '');
  expect(timed.waits).toMatch(/^at \d\d:\d\d$/);
  const after = ['--after', '1', '--delay', '2s'];
  await json('add-task', 'app', 'Two', '-d', works('b'), ...autonomous, ...after);
  const first = await reaches(1, 'in_review');
  expect(Date.parse(first.startedAt ?? '')).toBeGreaterThanOrEqual(begins);
  expect(Date.parse(first.startedAt ?? '') - begins).toBeLessThan(5_000);

  expect((await show(2)).waits).toBe('after #1');
  await claustre('done', '1', '--yes');
  expect((await show(2)).waits).toMatch(/^2 sec after #1 \(starts \d\d:\d\d\)$/);
  const done = Date.parse((await show(1)).completedAt ?? '');
  const second = await reaches(2, 'in_review');
  expect(Date.parse(second.startedAt ?? '') - done).toBeGreaterThanOrEqual(2_000);
});

test('a parent in an error holds what waits for it, or skips it, and a retry revives it', async () => {
  const config = '[queue]\non_bad_parent = "skip"\n';
  const { claustre, claustreHome, json, show, reaches } = await journey({ remote: false, config });
  const autonomous = ['-m', 'autonomous'];
  await json('add-task', 'app', 'One', '-d', works('a'), ...autonomous);
  await json('add-task', 'app', 'Two', '-d', works('b'), ...autonomous, '--after', '1');
  await json('add-task', 'app', 'Three', '-d', works('c'), ...autonomous, '--after', '2');
  const store = openStore(join(claustreHome, 'claustre.db'));
  onTestFinished(() => store.close());
  const event = { kind: 'test', source: 'claustre', at: new Date().toISOString() } as const;
  store.write(() => store.tasks.setStatus(1, 'pending', 'error', {}, event));

  expect((await show(2)).waits).toBe('skipped: #1 is in error');
  expect((await show(3)).waits).toBe('skipped: #1 is in error');
  expect((await claustre('why', '3')).stdout).toContain('claustre retry 1');
  await claustre('resume', 'app');
  expect((await claustre('retry', '1')).exitCode).toBe(0);
  await waitFor('the others to wait again', async () => (await show(3)).waits === 'after #2');
  await reaches(1, 'in_review');
  await claustre('done', '1', '--yes');
  await reaches(2, 'in_review');
});

test('a task that repeats comes again with nobody there, and waits for its moment', async () => {
  const { claustre, json, show, supervisor } = await journey({ remote: false });
  await json('add-task', 'app', 'Sweep', '-m', 'autonomous', '--every', 'day 09:00');
  expect((await show(1)).waits).toMatch(/^every day 09:00, next /);
  await claustre('done', '1', '--yes');
  expect(await show(1)).toMatchObject({ status: 'done', nextId: 2 });
  expect(supervisor()).toBeNull();
  await claustre('resume', 'app');
  expect((await show(2)).waits).toMatch(/^every day 09:00, next /);
});
