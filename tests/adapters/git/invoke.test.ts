import { expect, test } from 'vitest';
import type { CommandRequest } from '#adapters/command.ts';
import { createRunGit } from '#adapters/git/invoke.ts';

function record() {
  const calls: { args: readonly string[]; request: CommandRequest | undefined }[] = [];
  const git = createRunGit(
    {
      HOME: '/home/me',
      GIT_DIR: '/elsewhere',
      GIT_INDEX_FILE: '/x',
      GIT_SSH_COMMAND: 'ssh',
      LC_ALL: 'de',
    },
    async (_program, args, request) => {
      calls.push({ args, request });
      return { exitCode: 0, stdout: '', stderr: '' };
    },
  );
  return { git, calls };
}

test('git speaks English, asks nothing, takes no optional lock and is bound to no other repository', async () => {
  const { git, calls } = record();
  await git('/repo', ['status'], { env: { GIT_INDEX_FILE: '/ours' }, timeoutMs: 5 });
  expect(calls[0]?.request).toEqual({
    cwd: '/',
    timeoutMs: 5,
    env: {
      HOME: '/home/me',
      GIT_SSH_COMMAND: 'ssh',
      LC_ALL: 'C',
      GIT_TERMINAL_PROMPT: '0',
      GIT_OPTIONAL_LOCKS: '0',
      GIT_INDEX_FILE: '/ours',
    },
  });
});

test('hooks run only where they are asked for', async () => {
  const { git, calls } = record();
  await git('/repo', ['status']);
  await git('/repo', ['worktree', 'add'], { hooks: true });
  expect(calls.map((call) => call.args)).toEqual([
    ['-C', '/repo', '-c', 'core.hooksPath=/dev/null', 'status'],
    ['-C', '/repo', 'worktree', 'add'],
  ]);
});

test("git's stumbling over a worktree that another git is just making is waited for", async () => {
  const stderr = 'fatal: failed to read .git/worktrees/c3/commondir: Success\n';
  const answers = [
    { exitCode: 128, stdout: '', stderr },
    { exitCode: 0, stdout: 'made', stderr: '' },
  ];
  const git = createRunGit({}, async () => {
    const answer = answers.shift();
    if (!answer) throw new Error('It was asked once more.');
    return answer;
  });
  expect(await git('/repo', ['worktree', 'add'])).toMatchObject({ stdout: 'made' });
});
