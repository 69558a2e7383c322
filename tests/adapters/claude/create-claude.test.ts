import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ClaudeLaunch } from '#adapters/claude/claude.ts';
import { createClaude } from '#adapters/claude/create-claude.ts';
import { runCommand } from '#adapters/command.ts';
import { isRefusal } from '#domain/error.ts';
import { tempDir } from '../../support/temp-dir.ts';

const SESSION = '11111111-2222-4333-8444-555555555555';
const CONVERSATION = 'aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee';

/** A data directory and a stand-in `claude` that says its version, or dumps what it was started with. */
function place(version = '2.1.197 (Claude Code)') {
  const dir = tempDir();
  const bin = join(dir, 'bin with blank');
  mkdirSync(bin);
  const command = join(bin, 'claude');
  const dump =
    'console.log(JSON.stringify({ argv: process.argv.slice(1), env: process.env, cwd: process.cwd() }))';
  writeFileSync(
    command,
    `#!/bin/sh\n[ "$1" = --version ] && { echo '${version}'; exit; }\nexec '${process.execPath}' -e '${dump}' -- "$@"\n`,
  );
  chmodSync(command, 0o755);
  const home = join(dir, 'data');
  const paths = {
    home,
    layer: join(home, 'claude.md'),
    sessions: join(home, 'sessions'),
    node: process.execPath,
    main: '/dist/main.js',
    hook: '/dist/hook.cjs',
    hooks: '/hooks/claude',
  };
  const env = { HOME: dir, PATH: process.env.PATH ?? '' };
  const claude = createClaude({ paths, run: runCommand, env, command });
  const launch = (more: Partial<ClaudeLaunch> = {}): ClaudeLaunch => ({
    sessionId: SESSION,
    claudeSessionId: CONVERSATION,
    resume: false,
    worktree: dir,
    mode: 'supervised',
    runner: 'interactive',
    prompt: 'do it',
    systemPrompt: null,
    model: null,
    effort: null,
    permissionMode: null,
    permissions: { allow: ['Bash(git *)'], deny: ['WebFetch'], ask: [] },
    setup: null,
    env,
    worktreeEnv: {},
    ...more,
  });
  const folder = join(paths.sessions, SESSION);
  const settings = () => JSON.parse(readFileSync(join(folder, 'settings.json'), 'utf8'));
  /** Prepares, runs the pane's program and returns the arguments that Claude got. */
  const start = async (
    more: Partial<ClaudeLaunch> = {},
  ): Promise<{ argv: string[]; env: Record<string, string> }> => {
    const program = await claude.prepare(launch(more));
    if (isRefusal(program)) throw new Error(program.reason);
    const [file, ...args] = program.argv;
    const result = spawnSync(file, args, {
      cwd: dir,
      env: program.env,
      encoding: 'utf8',
      timeout: 10_000,
    });
    return JSON.parse(result.stdout);
  };
  return { dir, folder, claude, launch, settings, start };
}

describe('what Claude is started with', () => {
  test('a supervised session leaves permissions to the person', async () => {
    const it = place();
    const { argv, env } = await it.start();
    expect(argv).toEqual([
      ...['--settings', join(it.folder, 'settings.json'), '--session-id', CONVERSATION],
      ...['--disallowedTools', 'EnterWorktree', '--', 'do it\n'],
    ]);
    expect(env.CLAUSTRE_SESSION_ID).toBe(SESSION);
    expect(it.settings()).not.toHaveProperty('permissions');
  });

  test('it knows its worktree, and nothing of the one that claustre was called in', async () => {
    const it = place();
    const callers = { PATH: process.env.PATH ?? '', CLAUSTRE_PORT: '1', CLAUSTRE_PORT_1: '2' };
    const { env } = await it.start({ env: callers, worktreeEnv: { CLAUSTRE_PORT: '21000' } });
    expect(env.CLAUSTRE_PORT).toBe('21000');
    expect(env).not.toHaveProperty('CLAUSTRE_PORT_1');
    expect(it.claude.readEnvironment(SESSION)).toMatchObject({ CLAUSTRE_PORT: '21000' });
  });

  test('an autonomous one accepts edits and has its rules', async () => {
    const it = place();
    const { argv } = await it.start({ mode: 'autonomous', model: 'sonnet', effort: 'low' });
    const options = argv.join(' ');
    expect(options).toContain(
      '--model sonnet --effort low --disallowedTools EnterWorktree --permission-mode acceptEdits --',
    );
    expect(it.settings().permissions).toEqual({ allow: ['Bash(git *)'], deny: ['WebFetch'] });
  });

  test('a chosen permission mode wins in every mode', async () => {
    const it = place();
    expect((await it.start({ permissionMode: 'plan' })).argv.join(' ')).toContain(
      '--permission-mode plan',
    );
    const bypass = await it.start({ mode: 'autonomous', permissionMode: 'bypassPermissions' });
    expect(bypass.argv.join(' ')).toContain('--permission-mode bypassPermissions');
    expect(it.settings().skipDangerousModePermissionPrompt).toBe(true);
  });

  test('resuming names the conversation and needs no prompt', async () => {
    const { argv } = await place().start({ resume: true, prompt: null });
    expect(argv).toContain('--resume');
    expect(argv).not.toContain('--session-id');
    expect(argv.at(-1)).toBe('EnterWorktree');
  });

  test('layers come as a file where Claude knows the option, else as words', async () => {
    const layers = `# Rules\nit's "quoted" $(x)`;
    const now = place();
    const file = join(now.folder, 'system-prompt.md');
    expect((await now.start({ systemPrompt: layers })).argv.join('\n')).toContain(
      `--append-system-prompt-file\n${file}\n`,
    );
    expect(readFileSync(file, 'utf8')).toBe(layers);
    const before = await place('2.1.100').start({ systemPrompt: layers });
    expect(before.argv[before.argv.indexOf('--append-system-prompt') + 1]).toBe(layers);
  });

  test('a prompt of 200 kB lies byte for byte in a file that it may read', async () => {
    const it = place();
    const prompt = `${'ünïcode $(x) \'q\' "d" \r\n\t'.repeat(8_000)}\n\n`;
    const { argv } = await it.start({ prompt });
    const file = join(it.folder, 'prompt', 'prompt.md');
    expect(readFileSync(file, 'utf8')).toBe(prompt);
    expect(argv.at(-1)).toContain(file);
    expect(it.settings().permissions).toEqual({ allow: [`Read(/${file})`] });
    await it.start();
    expect(existsSync(file)).toBe(false);
  });
});

describe('what prepare leaves behind', () => {
  test('is readable for its owner alone, and nothing half written', async () => {
    const it = place();
    await it.start({ systemPrompt: 'x', setup: null });
    expect(statSync(it.folder).mode & 0o777).toBe(0o700);
    const names = readdirSync(it.folder);
    expect(names.sort()).toEqual([
      'environment.json',
      'launch.sh',
      'settings.json',
      'system-prompt.md',
    ]);
    for (const name of names) expect(statSync(join(it.folder, name)).mode & 0o777).toBe(0o600);
  });

  test('a second launch replaces the files of the first', async () => {
    const it = place();
    await it.start({ systemPrompt: 'x' });
    const { argv } = await it.start({ prompt: 'second' });
    expect(argv.at(-1)).toBe('second\n');
    expect(existsSync(join(it.folder, 'system-prompt.md'))).toBe(false);
  });

  test('the environment is kept for a later resume, without what belongs to the caller', async () => {
    const it = place();
    expect(it.claude.readEnvironment(SESSION)).toBeNull();
    await it.start({
      env: {
        HOME: it.dir,
        PATH: process.env.PATH ?? '',
        GH_TOKEN: 't',
        TMUX: 'x',
        CLAUDECODE: '1',
      },
    });
    expect(it.claude.readEnvironment(SESSION)).toEqual({
      HOME: it.dir,
      PATH: process.env.PATH,
      GH_TOKEN: 't',
    });
  });

  test("a shell beside Claude has the session's environment, and runs the person's own program", async () => {
    const it = place();
    const shell = join(it.dir, 'my shell');
    writeFileSync(shell, '#!/bin/sh\necho "$GH_TOKEN|$CLAUSTRE_SESSION_ID|$*"\n', { mode: 0o755 });
    await it.start({ env: { HOME: it.dir, PATH: '/bin', GH_TOKEN: "it's", SHELL: shell } });
    const run = (): string => {
      const [program, script] = it.claude.writeShell(SESSION, { SHELL: shell, GH_TOKEN: 'late' });
      expect(statSync(script).mode & 0o777).toBe(0o600);
      return spawnSync(program, [script], { env: {}, encoding: 'utf8' }).stdout;
    };
    expect(run()).toBe(`it's|${SESSION}|-i\n`);
    // Of a session of which nothing is kept it is that of the caller.
    it.claude.forget(SESSION);
    expect(run()).toBe(`late|${SESSION}|-i\n`);
  });

  test.each(['{"A":1}', '{"A":', ''])('a damaged environment is none: %s', async (text) => {
    const it = place();
    await it.start();
    writeFileSync(join(it.folder, 'environment.json'), text);
    expect(it.claude.readEnvironment(SESSION)).toBeNull();
  });

  test("the person's status line is kept for ours to run", async () => {
    const it = place();
    mkdirSync(join(it.dir, '.claude'));
    const line = { type: 'command', command: 'my "line"', padding: 3 };
    writeFileSync(join(it.dir, '.claude', 'settings.json'), JSON.stringify({ statusLine: line }));
    await it.start();
    expect(readFileSync(join(it.folder, 'user-status-line'), 'utf8')).toBe('my "line"');
    expect(it.settings().statusLine.padding).toBe(3);
  });

  test('a setup is written for the pane to run', async () => {
    const it = place();
    await it.claude.prepare(it.launch({ setup: { command: 'npm ci', timeoutSecs: 60 } }));
    expect(JSON.parse(readFileSync(join(it.folder, 'setup.json'), 'utf8'))).toEqual({
      command: 'npm ci',
      timeoutSecs: 60,
      worktree: it.dir,
    });
    const script = readFileSync(join(it.folder, 'launch.sh'), 'utf8');
    expect(script).toContain(`'/dist/hook.cjs' '${join(it.dir, 'data')}' 'setup'`);
  });
});

test('forgetting a session takes its environment away, and leaves its log and the other sessions alone', async () => {
  const it = place();
  const other = '22222222-2222-4333-8444-555555555555';
  await it.start();
  await it.start({ sessionId: other });
  writeFileSync(join(it.folder, 'setup.log'), 'installed\n');
  it.claude.forget(SESSION);
  expect(it.claude.readEnvironment(SESSION)).toBeNull();
  expect(it.claude.readSetupLog(SESSION)).toBe('installed\n');
  expect(it.claude.readEnvironment(other)).not.toBeNull();
});

describe('the version', () => {
  test('is asked of the program', async () => {
    expect(await place().claude.version()).toBe('2.1.197');
  });

  test('is refused when the program is missing or says none', async () => {
    const paths = {
      home: '/x',
      layer: '/x',
      sessions: '/x',
      node: '/x',
      main: '/x',
      hook: '/x',
      hooks: '/x',
    };
    const missing = createClaude({ paths, run: runCommand, env: {}, command: '/nowhere/claude' });
    expect(await missing.version()).toMatchObject({ refused: true, code: 'environment' });
    const mute = place('hello');
    expect(await mute.claude.version()).toMatchObject({ refused: true, code: 'environment' });
    expect(await mute.claude.prepare(mute.launch())).toMatchObject({ refused: true });
    expect(existsSync(mute.folder)).toBe(false);
  });
});
