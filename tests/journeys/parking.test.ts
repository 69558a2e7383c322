import { expect, test } from 'vitest';
import type { TaskView } from '#domain/task-view.ts';
import { journey } from '../support/journey.ts';
import { person } from '../support/person.ts';

const isParked = ({ session }: TaskView): boolean => session?.parked === true;

test('beyond max_live the Claude idle longest is parked, but no draft; Enter and a sent text wake one', async () => {
  const world = await journey({
    remote: false,
    config: '[sessions]\nmax_live = 2\nmin_free_mb = 0\n',
  });
  const { json, until, turnEnds, transcript } = world;
  for (const id of [1, 2, 3]) {
    await json('add-task', 'app', `Talk ${id}`, '-d', `Question ${id}?`, '-m', 'exploration');
  }
  await json('launch', '1');
  await turnEnds(1);
  await world.keys(1, 'a draft of mine');
  await json('launch', '2');
  const second = await turnEnds(2);
  await json('launch', '3');
  await turnEnds(3);

  const parked = await until('#2 is parked', 2, isParked);
  expect(parked).toMatchObject({
    status: 'working',
    session: {
      ...{ activity: 'ended', source: 'claustre', detail: '3 Claudes lived' },
      ...{ id: second.session?.id, worktree: second.session?.worktree },
      claudeSessionId: second.session?.claudeSessionId,
    },
  });
  expect((await world.claustre('why', '2')).stdout).toContain('parked');
  expect((await world.claustre('list-tasks', 'app')).stdout).toMatch(/Talk 2.*parked/);
  expect((await world.show(1)).session?.activity).toBe('idle');
  expect(await world.screen(1)).toContain('❯ a draft of mine');

  const user = await person(world);
  await user.sees('Talk 2');
  user.press('j');
  await user.sees('▱ parked: 3 Claudes lived');
  user.press('Enter');
  await user.sees('C-q dashboard');
  const woken = await until('#2 is awake', 2, ({ session }) => session?.activity === 'idle');
  expect(woken).toMatchObject({ status: 'working', session: { parked: false } });
  expect(transcript(woken).filter(({ type }) => type === 'user')).toHaveLength(1);
  user.press('C-q');
  await user.sees('Task Queue');

  // Now that one is too many again, and it is neither the one with the draft nor the one that was just woken.
  await until('#3 is parked', 3, isParked);
  const sent = await world.claustre('send', '3', 'And another one?');
  expect(sent).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('Claude took it') });
  const answered = await world.show(3);
  expect(answered.session).toMatchObject({ parked: false });
  const prompts = transcript(answered).filter(({ type }) => type === 'user');
  expect(prompts.map(({ message }) => message?.content)).toEqual([
    expect.stringContaining('Question 3?'),
    expect.stringContaining('And another one?'),
  ]);
}, 90_000);
