import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { commits, journey, script } from '../support/journey.ts';

test('a supervised task takes prompts, is in review after a commit, and works again after the next prompt', async () => {
  const { json, claustre, until, turnEnds, transcript } = await journey({ remote: false });
  await json('add-task', 'app', 'Talk', '-d', 'What is in this repository?', '--launch');
  const idle = await turnEnds(1);
  expect(idle).toMatchObject({
    status: 'working',
    mode: 'supervised',
    session: { source: 'hook' },
  });

  const sent = await claustre('send', '1', script('Add a page.', commits('a.txt', 'a')));
  expect(sent).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('#1') });
  await until('it is in review', 1, ({ status }) => status === 'in_review');
  const measured = await until('its work is measured', 1, ({ session, usage }) => {
    return session?.work?.ahead === 1 && session.doing !== null && usage.inputTokens !== null;
  });
  expect(measured.session).toMatchObject({
    work: { behind: 0, files: 1, added: 1, deleted: 0, cut: false },
    doing: { text: expect.stringMatching(/^Bash: /) },
  });
  // Two turns of the stand-in with the tool call between its two answers.
  expect(measured.usage.workedMs).toBeGreaterThan(0);
  expect(measured.usage.outputTokens).toBeGreaterThan(0);
  expect((await claustre('events', '1')).stdout).toMatch(/launched on task\/talk-[\s\S]* worked /);

  expect(await claustre('send', '1', 'More.\n\n```sleep 3\n```')).toMatchObject({ exitCode: 0 });
  const again = await json('show', '1');
  expect(again).toMatchObject({ status: 'working', session: { activity: 'working' } });
  const busy = await claustre('send', '1', 'And more.');
  expect(busy).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining('Claude works in #1'),
  });
  const last = await until('it is in review again', 1, ({ status }) => status === 'in_review');

  const prompts = transcript(last).flatMap(({ type, message }) =>
    type === 'user' && typeof message?.content === 'string' ? [message.content.split('\n')[0]] : [],
  );
  expect(prompts).toEqual(['What is in this repository?', 'Add a page.', 'More.']);
});

test('a pushed task whose agent left something running in the background keeps its session until that ended', async () => {
  const { json, until, reaches, turnEnds, claustre } = await journey();
  const work = script('Serve it.', commits('a.txt', 'a'), 'git push -q -u origin HEAD');
  const prompt = `${work}\n\n\`\`\`background\nuntil test -e go; do sleep 0.05; done\n\`\`\``;
  await json('add-task', 'app', 'Serve', '-d', prompt, '--push', 'push', '--launch');
  const behind = await turnEnds(1);
  expect(behind.session?.detail).toMatch(/background/);
  expect(await claustre('wait', '1', '--for', 'done', '--timeout', '1')).toMatchObject({
    exitCode: 124,
  });
  await until('it still works', 1, ({ status }) => status === 'working');
  writeFileSync(join(behind.session?.worktree ?? '', 'go'), '');
  await reaches(1, 'done');
});

test('/clear goes on under a new conversation, which is the one that is resumed', async () => {
  const { json, until, turnEnds, keys, claustre, transcript } = await journey({ remote: false });
  await json('add-task', 'app', 'Talk', '-d', 'Hello.', '--launch');
  const before = await turnEnds(1);
  await keys(1, '/clear', 'Enter');
  const after = await until(
    'it has a new conversation',
    1,
    ({ session }) => session?.claudeSessionId !== before.session?.claudeSessionId,
  );
  expect(after.session).toMatchObject({ id: before.session?.id, activity: 'idle' });
  expect(await claustre('send', '1', 'Hello again.')).toMatchObject({ exitCode: 0 });
  await turnEnds(1);
  await keys(1, '/exit', 'Enter');
  await until('it has ended', 1, ({ session }) => session?.activity === 'ended');
  await claustre('launch', '1');
  const resumed = await until('it is back', 1, ({ session }) => session?.activity === 'idle');
  expect(resumed.session?.claudeSessionId).toBe(after.session?.claudeSessionId);
  expect(transcript(resumed).some(({ message }) => message?.content === 'Hello again.')).toBe(true);
});
