import { expect, test } from 'vitest';
import type { CommandResult, RunCommand } from '#adapters/command.ts';
import { createGh } from '#adapters/gh/create-gh.ts';
import { ClaustreError } from '#domain/error.ts';

const NOW = Date.parse('2026-01-01T12:00:00Z');
const HOST = 'github.com';
const OTHER = 'git.example.com';
const LATER = NOW + 600_000;

type Reply = CommandResult | Promise<CommandResult>;

/** The adapter over a gh that answers as it is told, by the host and the words of the call. */
function start(
  reply: (host: string, args: readonly string[]) => Reply,
  pauseOf?: (host: string) => { until: number; reason: string } | null,
) {
  const calls: string[] = [];
  const time = { now: NOW };
  const run: RunCommand = async (_, args) => {
    const host = args[args.indexOf('--hostname') + 1] ?? '';
    calls.push(
      `${host} ${args[1] === 'graphql' ? 'graphql' : args.find((each) => each.startsWith('repos/'))}`,
    );
    return reply(host, args);
  };
  const sleep = async (ms: number): Promise<void> => {
    time.now += ms;
  };
  const options = { run, env: {}, cwd: '/', now: () => time.now, sleep };
  return { gh: createGh(pauseOf === undefined ? options : { ...options, pauseOf }), calls, time };
}

function printed(body: unknown, status = '200 OK', headers = ''): CommandResult {
  const head = `HTTP/2.0 ${status}\nContent-Type: application/json\r\n${headers}\r\n`;
  const exitCode = status.startsWith('200') ? 0 : 1;
  return { exitCode, stdout: `${head}${JSON.stringify(body)}`, stderr: '' } as CommandResult;
}

const rateLimit = { cost: 2, remaining: 4000, limit: 5000, resetAt: '2026-01-01T13:00:00Z' };
const good = (): CommandResult =>
  printed({ data: { rateLimit, repository: { children: { totalCount: 0, nodes: [] } } } });
const limited = (): CommandResult =>
  printed(
    { message: 'You have exceeded a secondary rate limit.' },
    '403 Forbidden',
    'Retry-After: 600\r\n',
  );

test('a host that does not answer holds up no other, neither questions nor changes', async () => {
  const silent = new Promise<CommandResult>(() => {});
  const { gh, calls } = start((host) => (host === OTHER ? silent : good()));
  void gh.openChildren(OTHER, 'acme/app', 'a');
  void gh.markReady(OTHER, 'PR_1');
  expect(await gh.openChildren(HOST, 'acme/app', 'a')).toEqual([]);
  await gh.markReady(HOST, 'PR_1');
  expect(calls).toEqual([`${OTHER} graphql`, `${HOST} graphql`, `${HOST} graphql`]);
});

test('what waits for a question that is never answered does not wait as long again', async () => {
  let silence: (error: ClaustreError) => void = () => {};
  const never = new Promise<CommandResult>((_, fail) => {
    silence = fail;
  });
  let silent = true;
  const { gh, calls } = start(() => (silent ? never : good()));
  const waiting = [gh.openChildren(HOST, 'acme/app', 'a'), gh.readFeedback(HOST, 'PR_1')];
  const change = gh.markReady(HOST, 'PR_1');
  await expect.poll(() => calls.length).toBe(1);
  silence(new ClaustreError('timeout', 'gh took too long.'));
  for (const each of await Promise.all(waiting)) expect(each).toMatchObject({ code: 'timeout' });
  expect(await change).toMatchObject({ outcome: 'unsure' });
  expect(calls).toHaveLength(1);
  silent = false;
  expect(await gh.openChildren(HOST, 'acme/app', 'a')).toEqual([]);
});

test('while a host wants a pause nothing at all is sent to it, and each caller is told until when', async () => {
  const { gh, calls, time } = start((host) => (host === HOST ? limited() : good()));
  await gh.openChildren(HOST, 'acme/app', 'a');
  const told = {
    until: LATER,
    reason: expect.stringMatching(/asks for a pause .* until 12:10 UTC/),
  };
  expect(
    await gh.readMerge(HOST, { nodeId: 'PR_1', repository: 'acme/app', branch: 'a' }),
  ).toMatchObject(told);
  expect(
    await gh.merge(HOST, 'now', { nodeId: 'PR_1', headCommit: 'c', method: 'squash' }),
  ).toMatchObject({
    outcome: 'refused',
    why: told,
  });
  expect(await gh.comment(HOST, 'PR_1', 'Thanks.')).toMatchObject({
    outcome: 'refused',
    why: told,
  });
  expect(await gh.readFeedback(HOST, 'PR_1')).toMatchObject(told);
  expect(await gh.readJobLog(HOST, 'acme/app', 1)).toMatchObject(told);
  expect(await gh.readMergeability(HOST, 'acme/app', 1)).toMatchObject(told);
  expect(await gh.mayPush(HOST, 'acme/app', 'ada')).toBeNull();
  expect(calls).toHaveLength(1);
  expect(gh.takeUsage(HOST).limit).toMatchObject(told);
  expect(gh.takeUsage(HOST).limit).toBeNull();
  await gh.openChildren(OTHER, 'acme/app', 'a');
  expect(calls).toHaveLength(2);
  time.now = LATER + 1;
  await gh.openChildren(HOST, 'acme/app', 'a');
  expect(calls).toHaveLength(3);
});

test('a pause that another process has met is kept, too', async () => {
  const shared = { until: LATER, reason: 'The hourly request limit is used up.' };
  const { gh, calls } = start(good, (host) => (host === HOST ? shared : null));
  expect(await gh.openChildren(HOST, 'acme/app', 'a')).toMatchObject(shared);
  expect(await gh.readJobLog(HOST, 'acme/app', 1)).toMatchObject(shared);
  expect(calls).toEqual([]);
  expect(await gh.openChildren(OTHER, 'acme/app', 'a')).toEqual([]);
});

test.each([
  'gh: API rate limit exceeded for user ID 1. (HTTP 403)',
  'gh: You have exceeded a secondary rate limit. (HTTP 403)',
])('a limit that is told when a log is read is one for everything: %s', async (stderr) => {
  const { gh, calls } = start((_, args) =>
    args[1] === 'graphql' ? good() : ({ exitCode: 1, stdout: '', stderr } as CommandResult),
  );
  expect(await gh.readJobLog(HOST, 'acme/app', 1)).toMatchObject({ until: NOW + 60_000 });
  expect(await gh.openChildren(HOST, 'acme/app', 'a')).toMatchObject({ until: NOW + 60_000 });
  expect(calls).toHaveLength(1);
});

test('a log that tells of a limit is a log', async () => {
  const log = 'Error: API rate limit exceeded\n';
  const { gh } = start((_, args) =>
    args[1] === 'graphql' ? good() : ({ exitCode: 0, stdout: log, stderr: '' } as CommandResult),
  );
  expect(await gh.readJobLog(HOST, 'acme/app', 1)).toBe(log);
  expect(await gh.openChildren(HOST, 'acme/app', 'a')).toEqual([]);
});

test('of many people nobody is asked for after a host said nothing for the first', async () => {
  const { gh, calls, time } = start(() => {
    throw new ClaustreError('timeout', 'gh took too long.');
  });
  for (const login of ['ada', 'mel', 'kim']) {
    expect(await gh.mayPush(HOST, 'acme/app', login)).toBeNull();
  }
  expect(calls).toHaveLength(1);
  time.now += 30_000;
  await gh.mayPush(HOST, 'acme/app', 'kim');
  expect(calls).toHaveLength(2);
});

test('what was used is all that was asked for, and is told once', async () => {
  const { gh } = start(good);
  await gh.openChildren(HOST, 'acme/app', 'a');
  await gh.readFeedback(HOST, 'PR_1');
  await gh.readPullRequests(HOST, [{ key: 1, nodeId: 'PR_1', repository: 'acme/app', number: 1 }]);
  expect(gh.takeUsage(HOST).budget).toMatchObject({ cost: 6, remaining: 4000, limit: 5000 });
  expect(gh.takeUsage(HOST).budget).toBeNull();
});

test('a change tells nothing of the budget and is a point of it', async () => {
  let changed = false;
  const { gh } = start(() => {
    if (changed) return good();
    changed = true;
    return printed({ data: { markPullRequestReadyForReview: { pullRequest: { id: 'PR_1' } } } });
  });
  await gh.markReady(HOST, 'PR_1');
  expect(gh.takeUsage(HOST).budget).toBeNull();
  await gh.openChildren(HOST, 'acme/app', 'a');
  expect(gh.takeUsage(HOST).budget).toMatchObject({ cost: 3 });
});
