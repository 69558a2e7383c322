import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { launchScript, promptArgument } from '#adapters/claude/launch-script.ts';
import { shellLine } from '#adapters/claude/shell-words.ts';
import { tempDir } from '../../support/temp-dir.ts';

/** Runs the script with a stand-in for claude that prints its arguments and environment as JSON. */
function run(
  more: Partial<Parameters<typeof launchScript>[0]> = {},
  input = '',
): {
  status: number | null;
  stdout: string;
  argv: string[];
  env: Record<string, string>;
} {
  const dir = tempDir();
  const dump = join(dir, 'dump.cjs');
  writeFileSync(
    dump,
    'console.log(JSON.stringify({ argv: process.argv.slice(2), env: process.env }))',
  );
  const path = join(dir, 'launch.sh');
  const script = launchScript({
    sessionId: 'session-1',
    claude: process.execPath,
    args: [dump, '--settings', '/a b/settings.json'],
    prompt: null,
    env: {},
    setup: null,
    ...more,
  });
  writeFileSync(path, script);
  const result = spawnSync('/bin/sh', [path], {
    env: {},
    input,
    encoding: 'utf8',
    timeout: 10_000,
  });
  const json = result.stdout.split('\n').find((line) => line.startsWith('{"argv"'));
  const { argv, env } = JSON.parse(json ?? '{"argv":[],"env":{}}');
  return { status: result.status, stdout: result.stdout + result.stderr, argv, env };
}

const HOSTILE = [
  'plain words',
  `it's "quoted" and 'again'`,
  '$(touch /tmp/never) `id` $HOME',
  'several\nlines\n\n  with blanks  \n\n',
  'back\\slash at the end \\',
  '🎉 ünïcødé 日本語',
  '--help',
  '-p',
  '!ls',
  '# heading',
  'update',
  '*?[a-z]{b,c}~',
  "'",
  "'\\''",
  'x'.repeat(110_000),
];

describe('the first prompt', () => {
  test.each(HOSTILE.map((prompt) => [prompt.slice(0, 30), prompt]))(
    'arrives as written: %j',
    (_name, prompt) => {
      const { argv } = run({ prompt: promptArgument(prompt) });
      expect(argv.slice(2)).toEqual(['--', `${prompt}\n`]);
      expect(argv.slice(0, 2)).toEqual(['--settings', '/a b/settings.json']);
    },
  );

  test.each([
    ['/cost is wrong', ' /cost is wrong\n'],
    ['exit', 'Please exit.\n'],
    [' quit\n', 'Please quit.\n'],
    ['a\r\nb\rc', 'a\nb\nc\n'],
    ['bell\u0007 esc\u001b[201~ nul\0', 'bell esc[201~ nul\n'],
    ['tab\tstays', 'tab\tstays\n'],
  ])('what Claude would run or end on becomes text: %j', (prompt, argument) => {
    expect(promptArgument(prompt)).toBe(argument);
  });

  test('without one there is no argument for it', () => {
    expect(run().argv).toEqual(['--settings', '/a b/settings.json']);
  });
});

describe('the environment', () => {
  test('goes through the script, whatever its values, with our own id', () => {
    const env = { TOKEN: `a'b"c$(d)\n\`e\``, EMPTY: '', LONG: 'x'.repeat(50_000) };
    expect(run({ env }).env).toMatchObject({ ...env, CLAUSTRE_SESSION_ID: 'session-1' });
  });
});

describe('setup', () => {
  const log = '/somewhere/setup.log';

  test('that succeeds is followed by Claude', () => {
    const { argv, stdout } = run({ setup: { words: ['/bin/sh', '-c', 'echo "setting up"'], log } });
    expect(stdout).toContain('setting up\n');
    expect(argv).toContain('--settings');
  });

  test('that fails starts nothing, says where its output is and waits for a person', () => {
    const { status, stdout, argv } = run(
      { setup: { words: ['/bin/sh', '-c', 'exit 3'], log } },
      '\n',
    );
    expect(argv).toEqual([]);
    expect(stdout).toContain(log);
    expect(status).toBe(1);
  });

  test('that cannot even be run counts as failed', () => {
    expect(run({ setup: { words: ['/nowhere/node'], log } }, '\n').argv).toEqual([]);
  });
});

test('words stay words for a shell', () => {
  const words = ['echo', "a'b", '', '$x', 'c d'];
  const { stdout } = spawnSync(
    '/bin/sh',
    ['-c', `for w in ${shellLine(words)}; do printf '[%s]' "$w"; done`],
    { encoding: 'utf8' },
  );
  expect(stdout).toBe("[echo][a'b][][$x][c d]");
});
