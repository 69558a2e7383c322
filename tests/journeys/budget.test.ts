import { expect, test } from 'vitest';
import type { BudgetView } from '#operations/budget/show.ts';
import { journey } from '../support/journey.ts';

test('a budget that is used up stops what runs, says what it holds, and lets it go on once there is more', async () => {
  const world = await journey({ remote: false, config: '[budget]\nday_usd = 1\n' });
  const { json, claustre, until, screen } = world;
  const prompt = 'Do it.\n\n```cost 1.2\n```\n\n```sh\necho begun\n```\n\n```sleep 60\n```';
  await json('add-task', 'app', 'Dear', '-d', prompt, '-m', 'autonomous', '--launch');
  const stopped = await until('it is stopped', 1, ({ status }) => status === 'interrupted');
  expect(stopped.usage.costUsd).toBeGreaterThan(1);
  await json('add-task', 'app', 'Next', '-d', 'Hello.', '-m', 'autonomous');
  await until('its Claude has ended', 1, ({ session }) =>
    ['ended', 'lost'].includes(session?.activity ?? ''),
  );
  expect(await json('inbox')).toMatchObject([{ kind: 'budget', task: 1 }]);
  const budgets = await json<BudgetView[]>('budget');
  expect(budgets.find(({ scope }) => scope === 'day')).toMatchObject({
    ...{ capUsd: 1, leftUsd: 0, holds: [1, 2] },
  });
  const why = await claustre('why', '1');
  expect(why.stdout).toContain('of $1 for today are used');

  const bare = await claustre('budget', 'raise', 'day', '5');
  expect(bare).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('--reason') });
  const raised = await claustre('budget', 'raise', 'day', '5', '--reason', 'It is worth it.');
  expect(raised.stdout).toContain('$6.00');
  await until('it goes on', 1, ({ session }) => session?.activity === 'idle');
  expect(await screen(1)).toContain('This session was interrupted.');
});
