import { expect, test } from 'vitest';
import { journey, script } from '../support/journey.ts';

test('a Claude that calls the same tool again and again is stopped, and goes on by a person’s word', async () => {
  const config = '[alarm]\nsame_calls = 4\naction = "stop"\n';
  const world = await journey({ remote: false, config });
  const { json, claustre, until } = world;
  const circles = script('Do it.', ...Array.from({ length: 4 }, () => 'echo again'));
  const prompt = `${circles}\n\n\`\`\`sleep 60\n\`\`\``;
  await json('add-task', 'app', 'Circles', '-d', prompt, '-m', 'autonomous', '--launch');
  await until('it is stopped', 1, ({ status }) => status === 'interrupted');
  expect(await json('inbox')).toMatchObject([
    { kind: 'alarm', text: expect.stringContaining('Bash: echo again') },
  ]);
  await until('its Claude has ended', 1, ({ session }) =>
    ['ended', 'lost'].includes(session?.activity ?? ''),
  );
  expect(await claustre('launch', '1')).toMatchObject({ exitCode: 0 });
  await until('it goes on', 1, ({ status }) => status === 'working');
  expect(await json('inbox')).not.toContainEqual(expect.objectContaining({ kind: 'alarm' }));
});
