import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { commits, journey, script } from '../support/journey.ts';

const CONFIG = '[claude]\nrunner = "headless"\n';

test('an autonomous Claude that prints works, is told more, and is done when its branch is pushed', async () => {
  const world = await journey({ config: CONFIG });
  const { json, claustre, until, reaches, transcript } = world;
  const work = script('Begin.', commits('a.txt', 'a'));
  const options = ['-m', 'autonomous', '--push', 'push'];
  await json('add-task', 'app', 'Print', '-d', work, ...options, '--launch');
  const ended = await until('its turn has ended', 1, ({ session, usage }) => {
    return session?.activity === 'idle' && usage.costUsd !== null;
  });
  expect(ended).toMatchObject({ status: 'working', usage: { costUsd: 0.02 } });
  const screen = await world.screen(1);
  expect(screen).toContain('▸ Bash: ');
  expect(screen).toContain('● Done, as far as a stand-in can be.');
  expect(screen).toContain('The turn has ended');
  expect(screen).toContain('claustre send 1');
  const arguments_ = transcript(ended).find(({ type }) => type === 'stand-in')?.arguments;
  expect(arguments_).toEqual(expect.arrayContaining(['--print', 'stream-json', '--verbose']));

  // Between two turns nothing runs, and that is no end.
  expect((await claustre('launch', '1')).stdout).toContain('between two turns');
  expect(
    await claustre('send', '1', script('Wait.', 'until test -e go; do sleep 0.05; done')),
  ).toMatchObject({ exitCode: 0 });
  const busy = await claustre('send', '1', 'And more.');
  expect(busy).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining('Claude works in #1'),
  });
  expect((await world.show(1)).session?.activity).toBe('working');
  writeFileSync(join(ended.session?.worktree ?? '', 'go'), '');
  await until('the second turn has ended', 1, ({ session, usage }) => {
    return session?.activity === 'idle' && usage.costUsd === 0.04;
  });
  const rest = transcript(await world.show(1)).filter(({ type }) => type === 'user');
  expect(rest.some(({ message }) => String(message?.content).startsWith('Wait.'))).toBe(true);

  const pushed = await claustre('send', '1', script('Push.', 'git push -q -u origin HEAD'));
  expect(pushed).toMatchObject({ exitCode: 0 });
  await reaches(1, 'done');
}, 90_000);

test('what was printed goes on in the screen of Claude, and one that is killed is interrupted', async () => {
  const world = await journey({ remote: false, config: CONFIG });
  const { json, claustre, until } = world;
  const prompt = script('Wait.', 'until test -e go; do sleep 0.05; done');
  await json('add-task', 'app', 'Print', '-d', prompt, '-m', 'autonomous', '--launch');
  const works = await until('it works', 1, ({ session }) => session?.activity === 'working');
  expect(await claustre('launch', '1', '--interactive')).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining('Claude works in #1'),
  });
  const pid = world.tmux('list-panes', '-s', '-t', `=${works.session?.id}`, '-F', '#{pane_pid}');
  process.kill(Number(pid), 'SIGKILL');
  const killed = await world.reaches(1, 'interrupted');
  expect(killed.session).toMatchObject({ activity: 'ended', source: 'pane' });

  const again = await claustre('launch', '1', '--interactive');
  expect(again.stdout).toContain('Resumed #1');
  const awake = await until(
    'it is at its prompt',
    1,
    ({ session }) => session?.activity === 'idle',
  );
  expect(awake.session?.claudeSessionId).toBe(works.session?.claudeSessionId);
  expect(await world.screen(1)).toContain('❯');
}, 60_000);
