import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { editText } from '#adapters/desktop/editor.ts';
import { ownTmux } from '../../support/own-tmux.ts';
import { tempDir } from '../../support/temp-dir.ts';
import { waitFor } from '../../support/wait-for.ts';

/** Edits a text in the terminal that it runs in and writes what came of it. */
const EDIT = `
import { writeFileSync } from 'node:fs';
const [, , module, text, argv, said] = process.argv;
const { editText } = await import(module);
const command = (path) => [...JSON.parse(argv), path];
writeFileSync(said, JSON.stringify(await editText(text, command, process.env)));
`;

/** What comes back when this script of a shell is the editor; without one there is no such program. */
async function edited(text: string, script: string | null): Promise<unknown> {
  const { start, dir } = ownTmux();
  const editor = join(dir, 'my editor');
  if (script !== null) writeFileSync(editor, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  const said = join(dir, 'said');
  const edit = join(dir, 'edit.mjs');
  writeFileSync(edit, EDIT);
  const module = fileURLToPath(new URL('../../../src/adapters/desktop/editor.ts', import.meta.url));
  const argv = JSON.stringify([editor, '--wait']);
  const request = { env: { DIR: dir } };
  await start('edit', [process.execPath, edit, module, text, argv, said], request);
  const answer = await waitFor('the editor to end', () => {
    const json = existsSync(said) ? readFileSync(said, 'utf8') : '';
    return json.endsWith('"') || json.endsWith('}') ? json : null;
  });
  const noted = join(dir, 'noted');
  const facts = existsSync(noted) ? readFileSync(noted, 'utf8').trim().split('\n') : [];
  return { answer: JSON.parse(answer), facts };
}

test('the text goes to the editor with its options, in a file of the user alone, and comes back', async () => {
  const script =
    'stat -c %a "$2" >"$DIR/noted"; echo "$1 $2" >>"$DIR/noted"; cat "$2" - <<. >"$DIR/new"\n two\n.\ncp "$DIR/new" "$2"; test -t 0 && test -t 1';
  const { answer, facts } = (await edited('one', script)) as {
    answer: string;
    facts: string[];
  };
  expect(answer).toBe('one two');
  expect(facts[0]).toBe('600');
  expect(facts[1]).toMatch(/^--wait .*prompt\.md$/);
  expect(existsSync(facts[1]?.split(' ')[1] ?? '/')).toBe(false);
});

test('an editor that fails changes nothing', async () => {
  expect(await edited('one', 'echo gone >"$2"; exit 3')).toMatchObject({
    answer: { refused: true, reason: expect.stringContaining('the text stays as it was') },
  });
});

test('an editor that is not there is named, with what to do', async () => {
  expect(await edited('one', null)).toMatchObject({
    answer: { refused: true, hint: expect.stringContaining('[tools] editor') },
  });
});

test('without a terminal nothing is started', async () => {
  const editor = join(tempDir(), 'never');
  expect(
    await editText('one', () => ['touch', editor], process.env as Record<string, string>),
  ).toMatchObject({ refused: true });
  expect(existsSync(editor)).toBe(false);
});
