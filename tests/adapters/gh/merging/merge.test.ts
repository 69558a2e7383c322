import { describe, expect, test } from 'vitest';
import { runCommand } from '#adapters/command.ts';
import { createGh } from '#adapters/gh/create-gh.ts';
import { ghStandIn, type StandInWorld } from '../../../support/gh-stand-in.ts';
import { HOST, pull } from '../../../support/gh-world.ts';
import { granted, refused } from '../../../support/workshop.ts';

function start(world: StandInWorld) {
  const github = ghStandIn({ repositories: { 'acme/app': {} }, ...world });
  const gh = createGh({ run: runCommand, env: github.env, cwd: '/', sleep: async () => undefined });
  const ref = (number: number) => ({
    nodeId: `PR_acme/app_${number}`,
    repository: 'acme/app',
    branch: `task/${number}`,
  });
  const read = (number = 1) => gh.readMerge(HOST, ref(number));
  const merge = (way: 'now' | 'queue' | 'auto' = 'now', headCommit = 'commit1') =>
    gh.merge(HOST, way, { nodeId: 'PR_acme/app_1', headCommit, method: 'squash' });
  return { gh, github, read, merge };
}

describe('a reading for a merge', () => {
  test('tells the rules of the repository and who builds on the branch', async () => {
    const { read } = start({
      repositories: {
        'acme/app': {
          methods: ['SQUASH'],
          defaultMethod: 'SQUASH',
          autoMerge: true,
          protected: ['task/1'],
        },
      },
      pullRequests: [
        pull(1, { commitCount: 3, title: 'One', queued: true, autoMerge: 'REBASE' }),
        pull(2, { base: 'task/1', title: 'Two' }),
        pull(3, { base: 'task/1', state: 'CLOSED' }),
        pull(4, { head: 'task/1' }),
        pull(5, { head: 'task/1', fork: 'stranger' }),
      ],
    });
    expect(granted(await read())).toMatchObject({
      number: 1,
      title: 'One',
      commits: 3,
      queued: true,
      autoMerge: 'rebase',
      headProtected: true,
      rules: { methods: ['squash'], defaultMethod: 'squash', autoMerge: true, permission: 'write' },
      children: [{ number: 2, title: 'Two', head: 'task/2', headCommit: 'commit2', fork: false }],
      sameHead: [4],
      incomplete: false,
    });
  });

  test('what a server has not worked out is not known', async () => {
    const { read } = start({ pullRequests: [pull(1, { unknownReads: 9 })] });
    expect(granted(await read())).toMatchObject({ mergeable: null, mergeState: null });
  });

  test('a server without a queue is asked without it', async () => {
    const { read, github } = start({ pullRequests: [pull(1)], lacks: ['isInMergeQueue'] });
    expect(granted(await read())).toMatchObject({ queued: false, mergeable: 'mergeable' });
    expect(github.calls()).toHaveLength(2);
  });

  test('one that is gone, and a server that does not answer, are refusals', async () => {
    expect(refused(await start({ pullRequests: [] }).read()).reason).toContain('could not be read');
    const { read } = start({ mode: '502', pullRequests: [pull(1)] });
    expect(refused(await read()).code).toBe('environment');
  });
});

describe('a merge', () => {
  test('is done for the expected head only', async () => {
    const { read, merge } = start({ pullRequests: [pull(1)] });
    expect(await merge('now', 'another')).toMatchObject({ outcome: 'refused' });
    expect(granted(await read()).state).toBe('open');
    expect(await merge()).toMatchObject({ outcome: 'done' });
    expect(granted(await read())).toMatchObject({
      state: 'merged',
      mergedBy: 'monalisa',
      mergeCommit: 'merged1',
    });
  });

  test('whose answer was lost is unsure, and the state tells', async () => {
    const { read, merge, github } = start({ pullRequests: [pull(1)], writes: ['lost', '502'] });
    expect(await merge()).toMatchObject({ outcome: 'unsure' });
    expect(granted(await read()).state).toBe('merged');
    expect(github.calls().filter(({ query }) => query.startsWith('mutation'))).toHaveLength(1);
  });

  test('is left to GitHub, or to its queue', async () => {
    const world = { repositories: { 'acme/app': { autoMerge: true } }, pullRequests: [pull(1)] };
    const { read, merge } = start(world);
    expect(await merge('auto')).toMatchObject({ outcome: 'done' });
    expect(granted(await read())).toMatchObject({ state: 'open', autoMerge: 'squash' });
    expect(await merge('queue')).toMatchObject({ outcome: 'done' });
    expect(granted(await read())).toMatchObject({ state: 'open', queued: true });
  });
});

test('a draft is marked as ready, a closed one is opened again', async () => {
  const world = { pullRequests: [pull(1, { draft: true, state: 'CLOSED' })] };
  const { gh, read } = start(world);
  expect(await gh.reopen(HOST, 'PR_acme/app_1')).toMatchObject({ outcome: 'done' });
  expect(await gh.markReady(HOST, 'PR_acme/app_1')).toMatchObject({ outcome: 'done' });
  expect(granted(await read())).toMatchObject({ state: 'open', draft: false });
});

describe('children of a branch', () => {
  test('are the open pull requests onto it, and get another base', async () => {
    const { gh } = start({ pullRequests: [pull(1), pull(2, { base: 'task/1' })] });
    const children = async () => granted(await gh.openChildren(HOST, 'acme/app', 'task/1'));
    const [child] = await children();
    expect(child).toMatchObject({ number: 2, head: 'task/2' });
    expect(await gh.retarget(HOST, child?.nodeId ?? '', 'main')).toMatchObject({ outcome: 'done' });
    expect(await children()).toEqual([]);
  });

  test('that cannot be read are a refusal, never none', async () => {
    const { gh } = start({ mode: 'offline', pullRequests: [] });
    expect(refused(await gh.openChildren(HOST, 'acme/app', 'task/1')).code).toBe('environment');
  });
});
