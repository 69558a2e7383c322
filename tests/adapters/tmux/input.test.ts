import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type OwnTmux, ownTmux } from '../../support/own-tmux.ts';
import { waitFor } from '../../support/wait-for.ts';

/**
 * Starts a program that reads as Claude does: raw mode, bracketed paste, carriage returns are line
 * breaks. It writes all that arrived to a file each time something did.
 */
async function reader(own: OwnTmux): Promise<{ pane: string; arrived: () => string }> {
  const script = join(own.dir, 'read.mjs');
  const out = join(own.dir, 'arrived');
  writeFileSync(
    script,
    `import { renameSync, writeFileSync } from 'node:fs';
     let text = '';
     process.stdin.setRawMode(true).setEncoding('utf8').on('data', (data) => { text += data; save(); });
     const save = () => { writeFileSync('${out}.new', text); renameSync('${out}.new', '${out}'); };
     process.stdout.write('\\u001B[?2004hready');
     save();`,
  );
  const { pane } = await own.start('s1', [process.execPath, script]);
  await waitFor('the reader', async () => (await own.tmux.readText(pane, 5)) === 'ready');
  return { pane, arrived: () => readFileSync(out, 'utf8') };
}

describe('pasting', () => {
  test.each([
    ['quotes and expressions', `it's "quoted" $(touch x) \`touch x\` \${HOME} ~ #{pid} %H \\`],
    ['a semicolon at the end', 'git status;'],
    ['several lines', 'one\n\n  two\nthree\n'],
    ['a dash at the start', '-- -n'],
    ['letters of all kinds', 'Grüße 你好 👩‍👩‍👧 é\ttab'],
    ['100 kB', `${'0123456789 äöü €\n'.repeat(5_000)}end`],
  ])('%s arrive as one bracketed paste, exactly', async (_, text) => {
    const own = ownTmux();
    const { pane, arrived } = await reader(own);
    await own.tmux.paste(pane, text);
    await waitFor('the end of the paste', () => arrived().endsWith('\u001B[201~'));
    expect(arrived()).toBe(`\u001B[200~${text.replaceAll('\n', '\r')}\u001B[201~`);
    expect(own.ask('list-buffers')).toBe('');
  });

  test('nothing is pasted for an empty text, not even an older buffer', async () => {
    const own = ownTmux();
    const { pane, arrived } = await reader(own);
    own.ask('set-buffer', 'something older');
    await own.tmux.paste(pane, '');
    await own.tmux.sendKeys(pane, ['x']);
    await waitFor('the key', () => arrived() !== '');
    expect(arrived()).toBe('x');
  });

  test('a pane that is gone is an error and leaves no text in the server', async () => {
    const own = ownTmux();
    await own.start('s1', ['sleep', '60']);
    await expect(own.tmux.paste('%99', 'private')).rejects.toMatchObject({ code: 'not_found' });
    expect(own.ask('list-buffers')).toBe('');
    await expect(own.tmux.paste('=s1:', 'x')).rejects.toMatchObject({ code: 'invalid' });
  });
});

describe('keys', () => {
  test('named keys arrive in order', async () => {
    const own = ownTmux();
    const { pane, arrived } = await reader(own);
    await own.tmux.sendKeys(pane, ['C-u', 'a', ';', 'Escape', 'Enter']);
    await waitFor('the keys', () => arrived().endsWith('\r'));
    expect(arrived()).toBe('\u0015a;\u001B\r');
  });

  test('a pane that is gone is an error', async () => {
    const own = ownTmux();
    await own.start('s1', ['sleep', '60']);
    await expect(own.tmux.sendKeys('%99', ['x'])).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('reading text', () => {
  test('wrapped lines are whole and history is included', async () => {
    const own = ownTmux();
    const long = 'w'.repeat(200);
    const command = `seq 1 100; printf '${long}\\nGrüße 你好\\n'; sleep 60`;
    const { pane } = await own.start('s1', ['sh', '-c', command]);
    const text = await waitFor('the output', async () => {
      const read = await own.tmux.readText(pane, 100);
      return typeof read === 'string' && read.endsWith('好') ? read : null;
    });
    expect(text.split('\n').slice(-3)).toEqual(['100', long, 'Grüße 你好']);
    expect(text.split('\n')).toHaveLength(100);
  });

  test('a pane that is gone is refused', async () => {
    const own = ownTmux();
    expect(await own.tmux.readText('%0', 10)).toMatchObject({ code: 'not_found' });
    await own.start('s1', ['sleep', '60']);
    expect(await own.tmux.readText('%99', 10)).toMatchObject({ code: 'not_found' });
  });
});
