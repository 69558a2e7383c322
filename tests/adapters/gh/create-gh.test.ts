import { describe, expect, test } from 'vitest';
import { runCommand } from '#adapters/command.ts';
import { createGh } from '#adapters/gh/create-gh.ts';
import { isRefusal } from '#domain/error.ts';
import { ghStandIn } from '../../support/gh-stand-in.ts';
import {
  HOST,
  named,
  numbers,
  pinned,
  pull,
  read,
  readOne,
  start,
} from '../../support/gh-world.ts';

describe('reading pull requests', () => {
  test('twenty are one request, by node id and by number mixed', async () => {
    const { gh, github } = start({ pullRequests: numbers(20).map((number) => pull(number)) });
    const refs = numbers(20).map((number) => (number % 2 === 0 ? pinned(number) : named(number)));
    const readings = await read(gh, refs);
    expect([...readings.found].map(([key, each]) => [key, each.number, each.head])).toHaveLength(
      20,
    );
    for (const [key, each] of readings.found) expect(each.headCommit).toBe(`commit${key}`);
    expect(readings.failed.size).toBe(0);
    expect(gh.takeUsage(HOST).budget).toMatchObject({ cost: 1, remaining: 4999, limit: 5000 });
    expect(github.calls()).toHaveLength(1);
  });

  test('text from outside is only in the variables, never in the query', async () => {
    const { gh, github } = start({ pullRequests: [] });
    await gh.readPullRequests(HOST, [{ key: 1, nodeId: 'n"id', repository: 'o"x/n"y', number: 7 }]);
    await gh.readPullRequests(HOST, [{ key: 1, nodeId: null, repository: 'o"x/n"y', number: 7 }]);
    const [first, second] = github.calls();
    expect(first?.query).not.toContain('n"id');
    expect(second?.query).not.toMatch(/o"x|n"y/);
    expect(second?.variables).toMatchObject({ o0: 'o"x', n0: 'n"y', p0: 7 });
    expect(first?.args).toEqual(['api', 'graphql', '--hostname', HOST, '-i', '--input', '-']);
  });

  test('one that is gone or forbidden does not hide the others', async () => {
    const pulls = [pull(1), pull(2, { gone: true }), pull(3, { forbidden: true }), pull(4)];
    const { gh } = start({ pullRequests: pulls });
    const readings = await read(gh, [pinned(1), pinned(2), pinned(3), named(4), named(5)]);
    expect([...readings.found.keys()]).toEqual([1, 4]);
    expect(readings.failed.get(2)).toMatch(/does not exist/);
    expect(readings.failed.get(3)).toMatch(/single sign-on/);
    expect(readings.failed.get(5)).toMatch(/does not exist/);
  });

  test('checks that the login may not read are unknown, and the rest stands', async () => {
    const reading = await readOne({ checksUnreadable: true });
    expect(reading).toMatchObject({ checks: null, mergeable: 'mergeable', state: 'open' });
  });

  test('a merge that is not computed is unknown, and so is that of a merged one', async () => {
    const { gh } = start({
      pullRequests: [pull(1, { unknownReads: 1, mergeable: 'CONFLICTING' })],
    });
    const first = (await read(gh, [pinned(1)])).found.get(1);
    const second = (await read(gh, [pinned(1)])).found.get(1);
    expect(first).toMatchObject({ mergeable: null, mergeState: null });
    expect(second).toMatchObject({ mergeable: 'conflicting', mergeState: 'dirty' });
    expect(
      await readOne({ state: 'MERGED', mergeable: 'MERGEABLE', mergeCommit: 'm' }),
    ).toMatchObject({
      state: 'merged',
      mergeable: null,
      mergeState: null,
      mergeCommit: 'm',
    });
  });

  test('GitHub decides on reviews where one is required, else the opinions of those who may push', async () => {
    const approved = { state: 'APPROVED' };
    const against = { state: 'CHANGES_REQUESTED' };
    const review = async (more: Record<string, unknown>) => (await readOne(more)).review;
    expect(await review({ review: 'REVIEW_REQUIRED', reviews: [approved] })).toBe('required');
    expect(await review({ reviews: [approved] })).toBe('approved');
    expect(await review({ reviews: [approved, against] })).toBe('changes_requested');
    expect(await review({ reviews: [approved, { ...against, canPush: false }] })).toBe('approved');
    expect(await review({ reviews: [{ ...approved, commit: 'earlier' }] })).toBeNull();
    expect(await review({})).toBeNull();
  });

  test('a server without a limit has no budget', async () => {
    const { gh } = start({ budget: null, pullRequests: [pull(1)] });
    await read(gh, [pinned(1)]);
    expect(gh.takeUsage(HOST).budget).toBeNull();
  });

  test('what is too much for the server is asked in halves', async () => {
    const { gh, github } = start({
      tooBigOver: 5,
      pullRequests: numbers(20).map((number) => pull(number)),
    });
    expect((await read(gh, numbers(20).map(pinned))).found.size).toBe(20);
    expect(github.calls()).toHaveLength(7);
    // The next time it is not asked for more than it can do.
    expect((await read(gh, numbers(20).map(pinned))).found.size).toBe(20);
    expect(github.calls()).toHaveLength(7 + 4);
  });

  test('a server that cannot do even one gives up after few requests', async () => {
    const { gh, github } = start({ mode: 'too_big' });
    expect(await gh.readPullRequests(HOST, numbers(20).map(pinned))).toMatchObject({
      code: 'timeout',
    });
    expect(github.calls().length).toBeLessThanOrEqual(6);
  });

  test('an older server is asked without the field that it lacks, from then on at once', async () => {
    const { gh, github } = start({ mode: 'no_event', pullRequests: [pull(1)] });
    expect((await read(gh, [pinned(1)])).found.size).toBe(1);
    expect((await read(gh, [pinned(1)])).found.size).toBe(1);
    expect(github.calls()).toHaveLength(3);
  });

  test('one that lacks several is asked without each of them, and for all of them a day later', async () => {
    let now = Date.now();
    const github = ghStandIn({ mode: 'no_queue', pullRequests: [pull(1)] });
    const gh = createGh({ run: runCommand, env: github.env, cwd: '/', now: () => now });
    expect((await read(gh, [pinned(1)])).found.get(1)).toMatchObject({ queued: false });
    expect(github.calls()).toHaveLength(3);
    now += 23 * 60 * 60_000;
    await read(gh, [pinned(1)]);
    expect(github.calls()).toHaveLength(4);
    now += 2 * 60 * 60_000;
    github.set({ mode: null });
    await read(gh, [pinned(1)]);
    expect(github.calls().at(-1)?.query).toContain('isInMergeQueue');
  });

  test('nothing to read asks nothing', async () => {
    const { gh, github } = start({});
    await read(gh, []);
    expect(github.calls()).toEqual([]);
  });
});

describe('a request that learns nothing', () => {
  test.each([
    ['401', /does not accept gh's login/, /gh auth login --hostname github\.com/],
    ['sso', /single sign-on/, /https:\/\/github\.com\/orgs\/acme\/sso/],
    ['502', /trouble of its own/, /again later/],
    ['garbage', /was not GitHub/, /proxy/],
    ['offline', /cannot be reached/, /network/],
  ])('%s is a refusal that says what to do', async (mode, reason, hint) => {
    const { gh, github } = start({ mode, pullRequests: [pull(1)] });
    expect(await gh.readPullRequests(HOST, [pinned(1)])).toMatchObject({
      code: 'environment',
      reason: expect.stringMatching(reason),
      hint: expect.stringMatching(hint),
    });
    github.set({ mode: null });
    expect((await read(gh, [pinned(1)])).found.size).toBe(1);
  });

  test.each(['rate_limit', 'secondary'])(
    'after %s the host is left alone until its time is over',
    async (mode) => {
      let now = Date.now();
      const github = ghStandIn({ mode, pullRequests: [pull(1)] });
      const gh = createGh({ run: runCommand, env: github.env, cwd: '/', now: () => now });
      const first = await gh.readPullRequests(HOST, [pinned(1)]);
      expect(first).toMatchObject({
        refused: true,
        reason: expect.stringMatching(/until \d\d:\d\d UTC/),
      });
      github.set({ mode: null });
      now += 60_000;
      expect(await gh.readPullRequests(HOST, [pinned(1)])).toEqual(first);
      expect(github.calls()).toHaveLength(1);
      now += 600_000;
      expect((await read(gh, [pinned(1)])).found.size).toBe(1);
    },
  );

  test('a gh that hangs is ended', async () => {
    const github = ghStandIn({ mode: 'hang', pullRequests: [pull(1)] });
    const gh = createGh({
      run: (program, args, request) => runCommand(program, args, { ...request, timeoutMs: 500 }),
      env: github.env,
      cwd: '/',
    });
    expect(await gh.readPullRequests(HOST, [pinned(1)])).toMatchObject({ code: 'timeout' });
  });

  test('requests go one after another', async () => {
    let running = 0;
    let most = 0;
    const github = ghStandIn({ pullRequests: [pull(1)] });
    const gh = createGh({
      run: async (...args) => {
        running += 1;
        most = Math.max(most, running);
        const result = await runCommand(...args);
        running -= 1;
        return result;
      },
      env: github.env,
      cwd: '/',
    });
    await Promise.all([1, 2, 3].map(() => read(gh, [pinned(1)])));
    expect(most).toBe(1);
  });
});

describe('finding the pull request of a branch', () => {
  const branch = (key: number, name: string) => ({
    key,
    repository: 'acme/app',
    branch: name,
    commit: null,
    pinned: null,
    base: 'main',
    since: '2026-01-01T00:00:00Z',
  });

  test('ten branches are one request; one without a pull request has none', async () => {
    const { gh, github } = start({
      pullRequests: [pull(1), pull(2, { fork: 'eve' }), pull(3, { draft: true })],
    });
    const refs = numbers(10).map((number) => branch(number, `task/${number}`));
    const readings = await gh.findPullRequests(HOST, refs);
    if (isRefusal(readings)) throw new Error(readings.reason);
    expect(readings.found.get(1)).toMatchObject({
      nodeId: 'PR_acme/app_1',
      number: 1,
      checks: null,
    });
    expect(readings.found.get(2)).toBeNull();
    expect(readings.found.get(3)).toMatchObject({ draft: true, state: 'open', mergeable: null });
    expect(readings.found.get(10)).toBeNull();
    expect(github.calls()).toHaveLength(1);
  });

  test('a host that cannot be reached refuses, so that nothing is taken for none', async () => {
    const { gh } = start({ mode: 'offline' });
    expect(await gh.findPullRequests(HOST, [branch(1, 'x')])).toMatchObject({ refused: true });
  });
});

describe('gh itself', () => {
  test('tells its version, and one that is too old is refused', async () => {
    expect(await start({ version: '2.23.0' }).gh.version()).toBe('2.23.0');
    expect(await start({ version: '2.16.9' }).gh.version()).toMatchObject({
      code: 'environment',
      reason: expect.stringContaining('2.16.9'),
    });
  });

  test('that is missing is a refusal', async () => {
    const gh = createGh({ run: runCommand, env: { PATH: '/nowhere' }, cwd: '/' });
    expect(await gh.version()).toMatchObject({
      code: 'environment',
      hint: expect.stringContaining('gh'),
    });
    expect(await gh.readPullRequests(HOST, [pinned(1)])).toMatchObject({ refused: true });
  });

  test('without a login is a refusal that says how to log in', async () => {
    const { gh } = start({ loggedIn: false });
    const refusal = { code: 'environment', hint: expect.stringContaining('gh auth login') };
    expect(await gh.isLoggedIn(HOST)).toMatchObject(refusal);
    expect(await gh.readPullRequests(HOST, [pinned(1)])).toMatchObject(refusal);
    expect(await start({}).gh.isLoggedIn(HOST)).toBe(true);
  });

  test('gets an environment without what would colour, ask or redirect', async () => {
    const seen: Record<string, string>[] = [];
    const gh = createGh({
      run: async (_program, _args, request) => {
        seen.push({ ...request?.env });
        return { exitCode: 0, stdout: 'gh version 2.50.0', stderr: '' };
      },
      env: {
        HOME: '/h',
        CLICOLOR_FORCE: '1',
        GH_HOST: 'x',
        GH_REPO: 'a/b',
        GH_DEBUG: 'api',
        GH_TOKEN: 't',
      },
      cwd: '/',
    });
    await gh.version();
    expect(seen[0]).toEqual({
      HOME: '/h',
      GH_TOKEN: 't',
      GH_PROMPT_DISABLED: '1',
      GH_NO_UPDATE_NOTIFIER: '1',
      GH_PAGER: 'cat',
      NO_COLOR: '1',
    });
  });
});
