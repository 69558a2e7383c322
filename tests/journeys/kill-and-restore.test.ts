import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { commits, type Journey, journey, script } from '../support/journey.ts';

/** A commit that was never pushed, something staged, something changed after that, and files that git does not know. */
const WORK = script(
  'Leave things lying about.',
  commits('committed.txt', 'one'),
  "printf 'staged\\n' > staged.txt && git add staged.txt && printf 'staged and changed\\n' > staged.txt",
  "printf 'changed\\r\\nbytes \\377\\n' > README.md",
  "mkdir -p 'new dir' && printf 'new' > 'new dir/ü \"x\".txt' && printf '#!/bin/sh\\n' > run && chmod +x run && ln -s run link",
);
const FILES = ['README.md', 'committed.txt', 'staged.txt', 'new dir/ü "x".txt', 'run'];

function picture({ repo }: Journey, worktree: string) {
  const git = repo.in(worktree);
  return {
    head: git('rev-parse', 'HEAD'),
    branch: git('symbolic-ref', 'HEAD'),
    status: git('status', '--porcelain', '--untracked-files=all'),
    index: git('ls-files', '--stage'),
    files: FILES.map((file) => readFileSync(join(worktree, file), 'latin1')),
  };
}

async function launched() {
  const world = await journey();
  await world.json('add-task', 'app', 'Work', '-d', WORK, '--push', 'pr', '--launch');
  const idle = await world.turnEnds(1);
  if (idle.session === null) throw new Error('There is no session.');
  return { world, session: idle.session, before: picture(world, idle.session.worktree) };
}

test.for([
  { verb: 'kill', after: { status: 'pending', waits: 'held: killed', session: null } },
  { verb: 'done', after: { status: 'done', waits: null, session: null } },
])(
  'what $verb takes away comes back byte for byte, and launch resumes the conversation',
  async ({ verb, after }) => {
    const { world, session, before } = await launched();
    const { claustre, json, repo, branches, until } = world;

    const asked = await claustre(verb, '1');
    expect(asked).toMatchObject({
      exitCode: 1,
      stderr: expect.stringMatching(/1 commit.*untracked/),
    });
    expect(existsSync(session.worktree)).toBe(true);

    const ended = await claustre(verb, '1', '--yes');
    expect(ended).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/trash 1\b/) });
    expect(await json('show', '1')).toMatchObject(after);
    expect(existsSync(session.worktree)).toBe(false);
    expect(branches()).toEqual(['main']);
    expect(repo.git('for-each-ref', 'refs/claustre/trash')).not.toBe('');

    expect(await json('restore', '1')).toMatchObject({
      status: 'interrupted',
      session: { id: session.id, activity: 'ended', claudeSessionId: session.claudeSessionId },
    });
    expect(picture(world, session.worktree)).toEqual(before);

    const launch = await claustre('launch', '1');
    expect(launch).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('Resumed') });
    const back = await until('it is back', 1, (task) => task.session?.activity === 'idle');
    expect(back).toMatchObject({
      status: 'working',
      session: { claudeSessionId: session.claudeSessionId, worktree: session.worktree },
    });
    expect(picture(world, session.worktree)).toEqual(before);
  },
);

test('a removed task comes back with its work and its words', async () => {
  const { world, session, before } = await launched();
  const { claustre, json } = world;
  expect((await claustre('remove-task', '1', '--yes')).exitCode).toBe(0);
  expect(await json('list-tasks', 'app')).toEqual([]);
  expect((await claustre('show', '1')).exitCode).toBe(1);
  expect(await json('restore', '1')).toMatchObject({ id: 1, title: 'Work', prompt: WORK });
  expect(picture(world, session.worktree)).toEqual(before);
});

test('a killed task starts anew when it is launched, on a branch of its own', async () => {
  const { world, session } = await launched();
  const { claustre, turnEnds } = world;
  await claustre('kill', '1', '--yes');
  expect((await claustre('launch', '1')).exitCode).toBe(0);
  const anew = await turnEnds(1);
  expect(anew.status).toBe('working');
  expect(anew.session?.id).not.toBe(session.id);
  expect(anew.session?.claudeSessionId).not.toBe(session.claudeSessionId);
});
