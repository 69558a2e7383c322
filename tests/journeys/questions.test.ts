import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isAlive, journey } from '../support/journey.ts';
import { waitFor } from '../support/wait-for.ts';

const ASKS = 'Do it.\n\n```sh ask\necho done > done.txt\n```';
const HANGS = 'Do it.\n\n```hang\n```';

async function launched(prompt: string, options = {}) {
  const world = await journey({ remote: false, ...options });
  await world.json('add-task', 'app', 'Ask me', '-d', prompt, '--launch');
  return world;
}

test('a permission that Claude asks for is shown with its command, and no text is sent into it', async () => {
  const { until, json, claustre, keys } = await launched(ASKS);
  // Claude's own file may be faster than the hook, but does not know for what.
  const asking = await until(
    'it asks',
    1,
    ({ session }) => session?.detail?.startsWith('Bash') === true,
  );
  expect(asking.session).toMatchObject({
    activity: 'permission',
    source: 'hook',
    detail: 'Bash: echo done > done.txt',
  });
  expect(await json<unknown[]>('inbox')).toMatchObject([{ kind: 'permission', task: 1 }]);

  const refused = await claustre('send', '1', 'Never mind.');
  expect(refused).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining('waits for an answer'),
  });
  expect((await json('show', '1')).session).toMatchObject({ activity: 'permission' });

  await keys(1, 'Enter');
  await until('it went on', 1, ({ session }) => session?.activity === 'idle');
  expect(await json('inbox')).toEqual([]);
});

test('a question and a plan are shown as such, with their words', async () => {
  const prompt = [
    ...['Do it.', '```question\nWhich db?\n- SQLite\n- Postgres\n```'],
    ...['```sh\necho "$ANSWER" > answer.txt\n```', '```plan\n1. do\n2. done\n```'],
  ].join('\n\n');
  const { until, json, keys } = await launched(prompt);
  const question = await until('it asks', 1, ({ session }) => session?.detail === 'Which db?');
  expect(question.session?.activity).toBe('question');
  expect(await json<unknown[]>('inbox')).toMatchObject([{ kind: 'question', text: 'Which db?' }]);
  await keys(1, '2');
  const plan = await until('it has a plan', 1, ({ session }) => session?.activity === 'plan');
  expect(readFileSync(join(plan.session?.worktree ?? '', 'answer.txt'), 'utf8')).toBe('Postgres\n');
  expect(plan.session?.detail).toMatch(/1\. do 2\. done/);
  expect(await json<unknown[]>('inbox')).toMatchObject([{ kind: 'plan', task: 1 }]);
  await keys(1, 'Enter');
  await until('it is done', 1, ({ session }) => session?.activity === 'idle');
});

test('an Esc in the pane, of which no hook tells, shows as idle within three seconds', async () => {
  const { until, keys, json } = await launched(HANGS);
  await until('it works', 1, ({ session }) => session?.activity === 'working');
  const pressed = Date.now();
  await keys(1, 'Escape');
  const idle = await until('it is idle', 1, ({ session }) => session?.activity === 'idle');
  expect(Date.now() - pressed).toBeLessThan(3_000);
  expect(idle).toMatchObject({ status: 'working', session: { source: 'sessions_file' } });
  expect(await json('send', '1', 'Go on.')).toMatchObject({ taken: true });
});

test('a refused permission shows as idle', async () => {
  const { until, keys } = await launched(ASKS);
  await until('it asks', 1, ({ session }) => session?.activity === 'permission');
  await keys(1, '2');
  const idle = await until('it is idle', 1, ({ session }) => session?.activity === 'idle');
  expect(idle.session?.source).toBe('sessions_file');
});

test('a killed Claude is found, and launch resumes its conversation', async () => {
  const { until, tmux, claustre, transcript, json } = await launched(HANGS);
  const working = await until('it works', 1, (task) =>
    /hangs/.test(JSON.stringify(transcript(task))),
  );
  const pid = Number(tmux('list-panes', '-t', `=${working.session?.id}:`, '-F', '#{pane_pid}'));
  process.kill(pid, 'SIGKILL');
  await waitFor('its end', () => !isAlive(pid));
  const lost = await until('it is interrupted', 1, ({ status }) => status === 'interrupted');
  expect(lost.session).toMatchObject({ activity: 'ended', source: 'pane' });
  expect(await json<unknown[]>('inbox')).toMatchObject([{ kind: 'unsure', task: 1 }]);

  const again = await claustre('launch', '1');
  expect(again).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('Resumed') });
  const back = await until('it is back', 1, ({ session }) => session?.activity === 'idle');
  expect(back).toMatchObject({
    status: 'working',
    session: { id: working.session?.id, claudeSessionId: working.session?.claudeSessionId },
  });
  expect(transcript(back).filter(({ type }) => type === 'user')).toHaveLength(1);
});

test('a conversation of which nothing was kept cannot be resumed: launch starts it anew with its first prompt', async () => {
  const { until, turnEnds, keys, claustre, transcript, home } = await launched('Hello.');
  const before = await turnEnds(1);
  await keys(1, '/exit', 'Enter');
  await until('it has ended', 1, ({ session }) => session?.activity === 'ended');
  rmSync(join(home, '.claude', 'projects'), { recursive: true });
  const again = await claustre('launch', '1');
  expect(again).toMatchObject({
    exitCode: 0,
    stdout: expect.stringContaining('Launched #1 again'),
  });
  const anew = await turnEnds(1);
  expect(anew.session?.id).toBe(before.session?.id);
  expect(anew.session?.claudeSessionId).not.toBe(before.session?.claudeSessionId);
  expect(transcript(anew).some(({ message }) => /^Hello/.test(String(message?.content)))).toBe(
    true,
  );
});

test('a Claude that was left with /exit has ended and is interrupted', async () => {
  const { until, turnEnds, keys } = await launched('Hello.');
  await turnEnds(1);
  await keys(1, '/exit', 'Enter');
  const ended = await until('it has ended', 1, ({ session }) => session?.activity === 'ended');
  expect(
    (await until('it is noticed', 1, ({ status }) => status === 'interrupted')).session?.id,
  ).toBe(ended.session?.id);
});

test('a usage limit shows as limited, and nothing is sent into its menu', async () => {
  const { until, claustre } = await launched('Do it.\n\n```fail rate_limit\n```');
  const limited = await until('it is limited', 1, ({ session }) => session?.activity === 'limited');
  expect(limited.session?.detail).toMatch(/hit your limit/);
  expect(await claustre('send', '1', 'Go on.')).toMatchObject({ exitCode: 1 });
});

test('another failure of the service leaves the task to its person', async () => {
  const { turnEnds } = await launched('Do it.\n\n```fail server_error\n```');
  const idle = await turnEnds(1);
  expect(idle).toMatchObject({ status: 'working' });
  expect(idle.session?.detail).toMatch(/Overloaded/);
});

test('a dialog before Claude starts, which reports nothing, is shown as a question', async () => {
  const { until, turnEnds, keys, json } = await launched('Hello.', { untrusted: true });
  const asks = await until('it asks', 1, ({ session }) => session?.activity === 'question');
  expect(asks.session).toMatchObject({ source: 'pane' });
  expect(await json<unknown[]>('inbox')).toMatchObject([{ kind: 'question', task: 1 }]);
  await keys(1, 'Enter');
  await turnEnds(1);
});
