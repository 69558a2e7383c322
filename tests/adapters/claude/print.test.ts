import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { ClaudePrint } from '#adapters/claude/claude.ts';
import { createClaude } from '#adapters/claude/create-claude.ts';
import { runCommand } from '#adapters/command.ts';
import { isRefusal } from '#domain/error.ts';
import { tempDir } from '../../support/temp-dir.ts';
import { waitFor } from '../../support/wait-for.ts';

const SESSION = '11111111-2222-4333-8444-555555555555';

/** A Claude that does what the shell commands say: `$1…` are its arguments, its input is the prompt. */
function place(commands: string, version = '2.1.197') {
  const dir = tempDir();
  const command = join(dir, 'claude');
  writeFileSync(
    command,
    `#!/bin/sh\n[ "$1" = --version ] && { echo '${version} (Claude Code)'; exit; }\n${commands}\n`,
  );
  chmodSync(command, 0o755);
  const sessions = join(dir, 'sessions');
  const paths = {
    ...{ home: dir, layer: join(dir, 'claude.md'), sessions },
    ...{
      node: process.execPath,
      main: '/dist/main.js',
      hook: '/dist/hook.cjs',
      hooks: '/hooks/claude',
    },
  };
  const env = { HOME: dir, PATH: process.env.PATH ?? '', CLAUSTRE_SESSION_ID: SESSION };
  const claude = createClaude({ paths, run: runCommand, env, command });
  const request: ClaudePrint = {
    ...{ sessionId: SESSION, name: '3', claudeSessionId: 'aaaa', worktree: dir },
    prompt: '/a prompt that is long',
    shape: { type: 'object' },
    ...{ systemPrompt: null, model: 'opus', effort: null, permissionMode: null, maxUsd: null, env },
    permissions: { allow: ['Bash(git *)'], deny: ['WebFetch'], ask: [] },
  };
  return { claude, request, dir, folder: join(sessions, SESSION, 'review') };
}

async function started({ claude, request }: ReturnType<typeof place>) {
  const run = await claude.print(request);
  if (isRefusal(run)) throw new Error(run.reason);
  return run;
}

const SAYS = `echo '{"type":"result","is_error":false,"result":"done"}'`;

test('Claude reads the prompt, works in the worktree, and is not taken for the session', async () => {
  const world = place(
    `cat > prompt; echo "$CLAUSTRE_SESSION_ID" > id; printf '%s\\n' "$@" > args; ${SAYS}`,
  );
  const end = await (await started(world)).ended;
  expect(end).toMatchObject({ exitCode: 0, result: { output: 'done' }, words: '' });
  const read = (name: string) => readFileSync(join(world.dir, name), 'utf8');
  expect(read('prompt')).toBe('/a prompt that is long');
  expect(read('id')).toBe('\n');
  const args = read('args').trim().split('\n');
  expect(args).toEqual([
    ...['--print', '--output-format', 'json', '--settings', join(world.folder, '3-settings.json')],
    ...['--session-id', 'aaaa', '--permission-mode', 'acceptEdits'],
    ...['--json-schema', '{"type":"object"}', '--model', 'opus'],
    ...['--disallowedTools', 'EnterWorktree'],
  ]);
  const settings = JSON.parse(readFileSync(join(world.folder, '3-settings.json'), 'utf8'));
  expect(settings).toEqual({ permissions: { allow: ['Bash(git *)'], deny: ['WebFetch'] } });
});

test('Claude is told what it may cost', async () => {
  const world = place(`printf '%s\\n' "$@" > args; ${SAYS}`);
  const run = await world.claude.print({ ...world.request, maxUsd: 2.5 });
  if (isRefusal(run)) throw new Error(run.reason);
  await run.ended;
  expect(readFileSync(join(world.dir, 'args'), 'utf8')).toContain('--max-budget-usd\n2.5\n');
});

test('a version that may not know it is not asked for a shape', async () => {
  const world = place(`printf '%s\\n' "$@" > args; ${SAYS}`, '2.0.1');
  await (await started(world)).ended;
  expect(readFileSync(join(world.dir, 'args'), 'utf8')).not.toContain('--json-schema');
});

test('a failure tells its exit code and its last words', async () => {
  const world = place('echo "Invalid API key" >&2; exit 3');
  const end = await (await started(world)).ended;
  expect(end).toEqual({ exitCode: 3, result: null, words: 'Invalid API key\n' });
});

test('what a run said is there for whoever comes after its starter', async () => {
  const world = place(`touch began; while [ ! -e go ]; do sleep 0.02; done; ${SAYS}`);
  const run = await started(world);
  await waitFor('the run to begin', () => existsSync(join(world.dir, 'began')));
  const { readPrint } = world.claude;
  const during = readPrint(SESSION, '3');
  expect(during).toEqual({ pid: expect.any(Number), result: null });
  expect(() => process.kill(during?.pid ?? 0, 0)).not.toThrow();
  writeFileSync(join(world.dir, 'go'), '');
  await run.ended;
  expect(readPrint(SESSION, '3')?.result).toMatchObject({ output: 'done' });
  expect(readPrint(SESSION, '4')).toBeNull();
});

test('a run that is stopped ends without a result', async () => {
  const world = place('exec sleep 30');
  const run = await started(world);
  run.stop();
  expect(await run.ended).toMatchObject({ exitCode: null, result: null });
});

test('what is left of a session goes with it, prompts included', async () => {
  const world = place(SAYS);
  await (await started(world)).ended;
  world.claude.forget(SESSION);
  expect(existsSync(world.folder)).toBe(false);
});
