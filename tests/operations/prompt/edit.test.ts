import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { refuse } from '#domain/error.ts';
import { editPrompt } from '#operations/prompt/edit.ts';
import { fakeApp } from '../../support/fake-app.ts';

test('the text is that of the editor, or its refusal', async () => {
  const app = fakeApp({ desktop: { editText: async (text) => `${text}!` } });
  expect(await editPrompt.run(app, { text: 'one' })).toEqual({ text: 'one!' });
  const without = fakeApp({ desktop: { editText: async () => refuse('No editor.') } });
  expect(await editPrompt.run(without, { text: 'one' })).toMatchObject({ reason: 'No editor.' });
});

test.each([
  [{}, '', ['vi', '/t/p.md']],
  [{ EDITOR: 'nano' }, '', ['nano', '/t/p.md']],
  [{ EDITOR: 'nano', VISUAL: '"my vim" -f' }, '', ['my vim', '-f', '/t/p.md']],
  [{ VISUAL: 'nano' }, 'nvim -c "cd {worktree}" {file}', ['nvim', '-c', 'cd /t', '/t/p.md']],
  [{ EDITOR: 'nano' }, 'code', ['nano', '/t/p.md']],
  [{ EDITOR: 'nano' }, 'code --wait {file}', ['code', '--wait', '/t/p.md']],
  [{ VISUAL: 'code' }, '', ['vi', '/t/p.md']],
])('with %j and the setting %j it is %j', async (environment, setting, expected) => {
  let argv: readonly string[] = [];
  const app = fakeApp({
    environment: { ...environment },
    desktop: {
      editText: async (text, command) => {
        argv = command('/t/p.md');
        return text;
      },
    },
  });
  if (setting !== '') writeFileSync(app.paths.config, `[tools]\neditor = '${setting}'\n`);
  await editPrompt.run(app, { text: 'one' });
  expect(argv).toEqual(expected);
});
