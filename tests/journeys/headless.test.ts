import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { answering } from '../support/answering.ts';
import { commits, journey, script } from '../support/journey.ts';
import { waitFor } from '../support/wait-for.ts';

const CONFIG = '[claude]\nrunner = "headless"\n';

/** A command that ends when this file is beside the worktree. */
const awaits = (file: string): string => `until test -e ../${file}; do sleep 0.05; done`;

test('an autonomous Claude that prints works, is told what is missing, and is done when its branch is pushed', async () => {
  const world = await journey({ config: CONFIG });
  const { json, claustre, until, reaches, transcript } = world;
  answering(world, 'finish round', script('', awaits('push'), 'git push -q -u origin HEAD'));
  const work = script('Begin.', awaits('begin'), commits('a.txt', 'a'));
  const options = ['-m', 'autonomous', '--push', 'push'];
  await json('add-task', 'app', 'Print', '-d', work, ...options, '--launch');
  const works = await until('it works', 1, ({ session }) => session?.activity === 'working');
  await waitFor('its call to be printed', async () => (await world.screen(1)).includes('▸ Bash: '));
  expect(await claustre('send', '1', 'And more.')).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining('Claude works in #1'),
  });
  expect(await claustre('launch', '1', '--interactive')).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining('Claude works in #1'),
  });
  const arguments_ = transcript(works).find(({ type }) => type === 'stand-in')?.arguments;
  expect(arguments_).toEqual(expect.arrayContaining(['--print', 'stream-json', '--verbose']));

  const beside = join(works.session?.worktree ?? '', '..');
  writeFileSync(join(beside, 'begin'), '');
  writeFileSync(join(beside, 'push'), '');
  await waitFor('it to be told', () =>
    transcript(works).some(({ message }) => String(message?.content).includes('finish round')),
  );
  await reaches(1, 'done');
  expect((await world.show(1)).usage).toMatchObject({ costUsd: 0.04 });
}, 60_000);

test('between two turns of a Claude that prints nothing runs, and a person tells it more or opens its own screen', async () => {
  const world = await journey({ remote: false, config: CONFIG });
  const { json, claustre, until, transcript } = world;
  const work = script('Begin.', commits('a.txt', 'a'));
  await json('add-task', 'app', 'Print', '-d', work, '-m', 'autonomous', '--launch');
  const ended = await world.reaches(1, 'in_review');
  await waitFor('the end to be printed', async () =>
    (await world.screen(1)).includes('The turn has ended'),
  );
  const screen = await world.screen(1);
  expect(screen).toContain('● Done, as far as a stand-in can be.');
  expect(screen).toContain('claustre send 1');
  expect((await claustre('launch', '1')).stdout).toContain('between two turns');

  expect(await claustre('send', '1', script('More.', commits('b.txt', 'b')))).toMatchObject({
    exitCode: 0,
  });
  await until('the second turn has ended', 1, ({ status, usage }) => {
    return status === 'in_review' && usage.costUsd === 0.04;
  });
  const told = transcript(ended).filter(({ type }) => type === 'user');
  expect(told.some(({ message }) => String(message?.content).startsWith('More.'))).toBe(true);

  const again = await claustre('launch', '1', '--interactive');
  expect(again.stdout).toContain('Resumed #1');
  const awake = await until('it to wait at its prompt', 1, ({ session }) => {
    return session?.activity === 'idle';
  });
  expect(awake.session?.claudeSessionId).toBe(ended.session?.claudeSessionId);
  await waitFor('its prompt', async () => (await world.screen(1)).includes('❯'));
}, 60_000);

test('a Claude that prints and is killed goes on with its conversation', async () => {
  const world = await journey({ remote: false, config: CONFIG });
  const { json, until } = world;
  const prompt = script('Wait.', awaits('go'));
  await json('add-task', 'app', 'Print', '-d', prompt, '-m', 'autonomous', '--launch');
  const works = await until('it works', 1, ({ session }) => session?.activity === 'working');
  const pid = world.tmux('list-panes', '-s', '-t', `=${works.session?.id}`, '-F', '#{pane_pid}');
  process.kill(Number(pid), 'SIGKILL');
  await waitFor('it to be noticed', async () => {
    const events = await json<{ kind: string; data: { code?: string } }[]>('events', '1');
    return events.some(({ kind, data }) => kind === 'attempt.fail' && data.code === 'killed');
  });
  const goesOn = await until('it goes on', 1, ({ status, session }) => {
    return status === 'working' && session?.activity !== 'ended';
  });
  expect(goesOn.session?.claudeSessionId).toBe(works.session?.claudeSessionId);
}, 60_000);
