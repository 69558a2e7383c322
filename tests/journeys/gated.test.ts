import { expect, test } from 'vitest';
import { answering } from '../support/answering.ts';
import { commits, journey, script } from '../support/journey.ts';

test('a red gate is told with its output and passes at the second try; only then the work is delivered', async () => {
  const gate = 'grep -q hello page.txt || { echo "no hello in the page"; exit 1; }';
  const config = `[[gates]]\nname = "page"\ncommand = '''${gate}'''\n`;
  const world = await journey({ config });
  const answer = script('', "echo hello > page.txt && git commit -qam 'Say hello'");
  answering(world, 'no hello in the page', answer);
  const prompt = script('Add a page.', commits('page.txt', 'nothing'));
  const words = ['app', 'Add a page', '-d', prompt, '-m', 'autonomous', '--push', 'local'];
  await world.json('add-task', ...words, '--launch');
  await world.reaches(1, 'in_review');
  const rounds = await world.json<{ kind: string; evidence: { title: string }[] }[]>('rounds', '1');
  expect(rounds).toMatchObject([{ kind: 'finish', outcome: 'delivered' }]);
  expect(rounds[0]?.evidence[0]?.title).toBe('gate page fails');
});
