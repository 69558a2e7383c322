import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { createIo, type ProcessStreams } from '#cli/io.ts';
import { tempDir } from '../support/temp-dir.ts';

function streams(more: Partial<ProcessStreams> = {}): ProcessStreams & { stdout: PassThrough } {
  return {
    stdin: new PassThrough(),
    stdout: new PassThrough(),
    stderr: new PassThrough(),
    env: {},
    ...more,
  } as ProcessStreams & { stdout: PassThrough };
}

function terminal(): PassThrough & { isTTY: true; columns: number } {
  return Object.assign(new PassThrough(), { isTTY: true as const, columns: 72 });
}

describe('colours and width', () => {
  test('belong to a terminal', () => {
    const io = createIo(streams({ stdout: terminal() }));
    expect(io).toMatchObject({ isTerminal: true, columns: 72, color: true });
    expect(createIo(streams())).toMatchObject({ isTerminal: false, columns: null, color: false });
  });

  test.each([{ NO_COLOR: '1' }, { TERM: 'dumb' }])('are off with %j', (env) => {
    expect(
      createIo(streams({ stdout: terminal(), env: env as Record<string, string> })).color,
    ).toBe(false);
  });

  test('an empty NO_COLOR says nothing', () => {
    expect(createIo(streams({ stdout: terminal(), env: { NO_COLOR: '' } })).color).toBe(true);
  });
});

describe('a question', () => {
  const answer = async (text: string): Promise<[boolean, string]> => {
    const stdin = terminal();
    const stderr = terminal();
    const io = createIo(streams({ stdin, stderr }));
    expect(io.canAsk).toBe(true);
    const asked = io.ask('Really?');
    if (text === '') stdin.end();
    else stdin.write(text);
    return [await asked, String(stderr.read())];
  };

  test.each(['y\n', 'yes\n', ' Y \n'])('is agreed to with %j', async (text) => {
    expect((await answer(text))[0]).toBe(true);
  });

  test.each(['n\n', '\n', 'yep\n', ''])('is not agreed to with %j', async (text) => {
    expect((await answer(text))[0]).toBe(false);
  });

  test('stands on stderr, so that stdout holds results only', async () => {
    expect((await answer('y\n'))[1]).toContain('Really? [y/N] ');
  });

  test('can be asked only where somebody types', () => {
    expect(createIo(streams({ stdout: terminal() })).canAsk).toBe(false);
  });
});

describe('a closed pipe', () => {
  const broken = (code: string): Writable =>
    new Writable({
      write: (_chunk, _encoding, done) => done(Object.assign(new Error(code), { code })),
    });

  test('ends the output quietly', async () => {
    const io = createIo(streams({ stdout: broken('EPIPE') as unknown as PassThrough }));
    await io.stdout('one');
    await io.stdout('two');
  });

  test('is the only fault of a stream that is not told', async () => {
    const io = createIo(streams({ stdout: broken('ENOSPC') as unknown as PassThrough }));
    await expect(io.stdout('one')).rejects.toThrow('ENOSPC');
    await expect(io.stdout('two')).rejects.toThrow('ENOSPC');
  });

  test('in a real pipeline leaves no message', () => {
    const script = `
      import { createIo } from ${JSON.stringify(join(import.meta.dirname, '../../src/cli/io.ts'))};
      const io = createIo({ stdin: process.stdin, stdout: process.stdout, stderr: process.stderr, env: {} });
      for (let line = 0; line < 20000; line += 1) await io.stdout('a line that is not short\\n');
      process.exitCode = 7;`;
    const dir = tempDir();
    writeFileSync(join(dir, 'many.mjs'), script);
    const said = execFileSync(
      'sh',
      ['-c', '{ "$0" many.mjs 2>err; echo $? >code; } | head -n 1; cat err code', process.execPath],
      { cwd: dir, encoding: 'utf8' },
    );
    expect(said).toBe('a line that is not short\n7\n');
  });
});

describe('a text', () => {
  test('is read from standard input whole', async () => {
    const stdin = new PassThrough();
    const io = createIo(streams({ stdin }));
    const read = io.readInput();
    stdin.write('grü');
    stdin.end('ße\n');
    expect(await read).toBe('grüße\n');
  });

  test('is not waited for at a terminal', async () => {
    const io = createIo(streams({ stdin: terminal() }));
    await expect(io.readInput()).rejects.toMatchObject({ code: 'invalid' });
  });

  test('is read from a file', async () => {
    const path = join(tempDir(), 'prompt.md');
    writeFileSync(path, 'do it');
    expect(await createIo(streams()).readFile(path)).toBe('do it');
  });

  test('that cannot be read says why', async () => {
    const dir = tempDir();
    mkdirSync(join(dir, 'folder'));
    const { readFile } = createIo(streams());
    await expect(readFile(join(dir, 'none'))).rejects.toThrow(
      /none" cannot be read: there is no such file\.$/,
    );
    await expect(readFile(join(dir, 'folder'))).rejects.toThrow(/it is a directory\.$/);
  });

  test('that is too long is refused', async () => {
    const path = join(tempDir(), 'long');
    writeFileSync(path, Buffer.alloc(8 * 1024 * 1024 + 1));
    await expect(createIo(streams()).readFile(path)).rejects.toThrow('longer than 8 MiB');
  });
});
