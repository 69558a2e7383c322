import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { createInput } from '#tui/picture/input.ts';
import { ownTmux } from '../../support/own-tmux.ts';
import { waitFor } from '../../support/wait-for.ts';

function fakeTerminal() {
  const calls: string[] = [];
  const keyboard = new PassThrough();
  const terminal = Object.assign(keyboard, {
    isTTY: true,
    setRawMode: (raw: boolean) => calls.push(`raw ${raw}`),
    ref: () => calls.push('ref'),
    unref: () => calls.push('unref'),
  });
  return { calls, keyboard, terminal: terminal as unknown as NodeJS.ReadStream };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('the input of the dashboard', () => {
  test('is read while the dashboard has the terminal and left alone while it has not', async () => {
    const { calls, keyboard, terminal } = fakeTerminal();
    const { stdin } = createInput(terminal);
    stdin.setEncoding('utf8');
    let got = '';
    stdin.on('data', (text: string) => {
      got += text;
    });
    stdin.ref();
    stdin.setRawMode(true);
    keyboard.write('ab');
    await settle();
    stdin.unref();
    stdin.unref();
    keyboard.write('c');
    await settle();
    expect(got).toBe('ab');
    expect(keyboard.read()?.toString()).toBe('c');
    stdin.ref();
    stdin.ref();
    keyboard.write('d');
    await settle();
    expect(got).toBe('abd');
    expect(calls).toEqual(['ref', 'raw true', 'unref', 'ref']);
    expect(stdin.isTTY).toBe(true);
  });

  test('goes to a sink as it comes, and back', async () => {
    const { keyboard, terminal } = fakeTerminal();
    const { stdin, route } = createInput(terminal);
    let dashboard = '';
    let pane = '';
    stdin.on('data', (data: Buffer) => {
      dashboard += data;
    });
    stdin.ref();
    route((typed) => {
      pane += Buffer.from(typed, 'latin1').toString();
      return '';
    });
    keyboard.write('\u001B[A€');
    await settle();
    route(null);
    keyboard.write('z');
    await settle();
    expect([dashboard, pane]).toEqual(['z', '\u001B[A€']);
  });
});

/**
 * Hands the terminal to a child at each `E`; the child takes one key. Writes what came where: the
 * child's in brackets.
 */
const HANDOVER = `
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
const [, , module, log] = process.argv;
const { createInput } = await import(module);
const { stdin } = createInput(process.stdin);
let said = '';
let round = 0;
const say = (text) => writeFileSync(log, (said += text));
const take = () => { stdin.ref(); stdin.setRawMode(true); };
const handOver = () => {
  stdin.setRawMode(false);
  stdin.unref();
  const child = spawn('sh', ['-c', 'stty raw -echo; printf "child %s|" $0 >&2; exec head -c 1', round++], { stdio: ['inherit', 'pipe', 'inherit'] });
  let got = '';
  child.stdout.on('data', (data) => { got += data; });
  child.on('close', () => { take(); say('(' + got + ')'); });
};
stdin.setEncoding('utf8').on('data', (keys) => {
  say(keys);
  if (keys.includes('E')) handOver();
});
take();
say('');
`;

test('in a real terminal every key goes to whoever has it, in fifteen handovers', async () => {
  const own = ownTmux();
  const script = join(own.dir, 'handover.mjs');
  const log = join(own.dir, 'log');
  writeFileSync(script, HANDOVER);
  const module = fileURLToPath(new URL('../../../src/tui/picture/input.ts', import.meta.url));
  const { pane } = await own.start('s1', [process.execPath, script, module, log]);
  const said = () => readFileSync(log, 'utf8');
  await waitFor('the program', () => said() === '');
  let wanted = '';
  for (let round = 0; round < 15; round += 1) {
    await own.tmux.sendKeys(pane, ['E']);
    wanted += 'E';
    await waitFor('the child', async () =>
      String(await own.tmux.readText(pane, 24)).includes(`child ${round}|`),
    );
    await own.tmux.sendKeys(pane, ['q']);
    wanted += '(q)';
    await waitFor('the return', () => said() === wanted, 3_000);
    await own.tmux.sendKeys(pane, ['z']);
    wanted += 'z';
    await waitFor('the key', () => said() === wanted, 3_000);
  }
});
