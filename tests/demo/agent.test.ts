import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ownTmux } from '../support/own-tmux.ts';
import { waitFor } from '../support/wait-for.ts';

const AGENT = join(import.meta.dirname, '..', '..', 'dist', 'agent.js');
const RECORDINGS = join(import.meta.dirname, '..', 'recordings');
const ID = '11111111-2222-4333-8444-555555555555';

type Json = Record<string, unknown>;

function lines(path: string): Json[] {
  if (!existsSync(path)) return [];
  const texts = readFileSync(path, 'utf8').split('\n');
  return texts.filter((line) => line !== '').map((line) => JSON.parse(line));
}

const EVENTS = [
  ...['SessionStart', 'UserPromptSubmit', 'PreToolUse', 'PermissionRequest', 'PostToolUse'],
  ...['PostToolUseFailure', 'Stop', 'StopFailure', 'TaskCreated', 'TaskCompleted', 'SessionEnd'],
];

/** The stand-in in a pane, with hooks that write down what they get. */
function stage() {
  const tmux = ownTmux();
  const { dir } = tmux;
  const reports = join(dir, 'reports');
  const status = join(dir, 'status');
  const hook = join(dir, 'hook.sh');
  // One write for each report: several hooks may end at the same moment.
  writeFileSync(hook, `#!/bin/sh\nreport=$(cat)\nprintf '%s\\n' "$report" >> ${reports}\n`);
  const command = { type: 'command', command: '/bin/sh', args: [hook], timeout: 5 };
  const settings = {
    hooks: Object.fromEntries(EVENTS.map((event) => [event, [{ hooks: [command] }]])),
    statusLine: { type: 'command', command: `cat > ${status}; echo a status line` },
  };
  writeFileSync(join(dir, 'settings.json'), JSON.stringify(settings));
  mkdirSync(join(dir, 'work'));
  const trusted = { projects: { [dir]: { hasTrustDialogAccepted: true } } };
  writeFileSync(join(dir, '.claude.json'), JSON.stringify(trusted));
  const run = (...args: string[]) =>
    spawnSync(process.execPath, [AGENT, '--settings', join(dir, 'settings.json'), ...args], {
      cwd: join(dir, 'work'),
      env: tmux.env,
      encoding: 'utf8',
      timeout: 10_000,
    });
  const start = async (...args: string[]) => {
    const words = ['--settings', join(dir, 'settings.json'), ...args];
    const more = { cwd: join(dir, 'work'), columns: 100, rows: 60 };
    return tmux.start('agent', [process.execPath, AGENT, ...words], more);
  };
  const file = (pid: number) =>
    JSON.parse(readFileSync(join(dir, '.claude', 'sessions', `${pid}.json`), 'utf8'));
  const keys = (...words: string[]) => tmux.ask('send-keys', '-t', 'agent:', ...words);
  const screen = () => tmux.ask('capture-pane', '-p', '-t', 'agent:');
  const saw = (event: string, count = 1) =>
    waitFor(`${count} ${event}`, () => {
      const found = lines(reports).filter((line) => line.hook_event_name === event);
      return found.length >= count && found;
    });
  return { dir, run, start, file, keys, screen, saw, reports: () => lines(reports), status };
}

/** Names of an event's fields as the real program sent them; the recordings hold those that claustre may read. */
function recorded(event: Json): string[][] {
  return lines(join(RECORDINGS, 'claude-hooks-2.1.197.jsonl'))
    .map((line) => line.input as Json)
    .filter((input) => input.hook_event_name === event.hook_event_name)
    .filter((input) => !('agent_id' in input))
    .map((input) => Object.keys(input).sort());
}

const WORK = [
  '```sh\necho hello\n```',
  '```todo\n- [x] one\n```',
  '```sh ask\necho asked\n```',
  '```sh\nexit 3\n```',
].join('\n\n');

test('its reports have the fields that were recorded from the real program, in the same order of events', async () => {
  const agent = stage();
  const pane = await agent.start('--session-id', ID, '--', `Work.\n\n${WORK}\n`);
  await agent.saw('PermissionRequest');
  await waitFor('the file', () => agent.file(pane.pid).status === 'waiting');
  expect(agent.file(pane.pid)).toMatchObject({
    pid: pane.pid,
    sessionId: ID,
    waitingFor: 'permission prompt',
    statusUpdatedAt: expect.any(Number),
  });
  agent.keys('1');
  await agent.saw('Stop');
  agent.keys('-l', 'Fail.\n');
  agent.keys('Enter');
  await agent.saw('UserPromptSubmit', 2);
  await agent.saw('Stop', 2);
  agent.keys('/exit', 'Enter');
  await agent.saw('SessionEnd');
  const reports = agent.reports();
  const tool = ['PreToolUse', 'PostToolUse'];
  expect(reports.map((each) => each.hook_event_name)).toEqual([
    ...['SessionStart', 'UserPromptSubmit', ...tool],
    ...['TaskCreated', ...tool, 'TaskCompleted', ...tool],
    ...['PreToolUse', 'PermissionRequest', 'PostToolUse'],
    ...['PreToolUse', 'PostToolUseFailure', 'Stop', 'UserPromptSubmit', 'Stop', 'SessionEnd'],
  ]);
  for (const report of reports) {
    const [first = [], ...others] = recorded(report);
    const always = first.filter((field) => others.every((fields) => fields.includes(field)));
    expect(always.length).toBeGreaterThan(3);
    expect(Object.keys(report)).toEqual(expect.arrayContaining(always));
  }
  expect(readdirSync(join(agent.dir, '.claude', 'sessions'))).toEqual([]);
});

test('its status line has the fields that were recorded, and a cost that grows', async () => {
  const agent = stage();
  await agent.start('--session-id', ID, '--', 'Hello. \n');
  const status = await waitFor('the status line', () => {
    const [found] = lines(agent.status);
    return (found?.cost as Json | undefined)?.total_cost_usd !== 0 && found;
  });
  const [real = {}] = lines(join(RECORDINGS, 'claude-status-line-2.1.197.jsonl'));
  expect(Object.keys(status)).toEqual(expect.arrayContaining(Object.keys(real)));
  await waitFor('what it printed', () => agent.screen().includes('a status line'));
});

test('an interrupt fires no hook: only the file of its state tells', async () => {
  const agent = stage();
  const pane = await agent.start('--session-id', ID, '--', 'Wait.\n\n```hang\n```\n');
  await agent.saw('PreToolUse');
  const before = agent.reports();
  agent.keys('Escape');
  await waitFor('the file', () => agent.file(pane.pid).status === 'idle');
  await waitFor('the screen', () => agent.screen().includes('Interrupted'));
  expect(agent.reports()).toEqual(before);
});

test('a failure of the service comes instead of a Stop', async () => {
  const agent = stage();
  const pane = await agent.start('--session-id', ID, '--', 'Go.\n\n```fail rate_limit\n```\n');
  const [report = {}] = await agent.saw('StopFailure');
  expect(report).toMatchObject({
    error: 'rate_limit',
    last_assistant_message: expect.stringContaining('limit'),
  });
  await waitFor('its menu', () => agent.file(pane.pid).waitingFor === 'dialog open');
  agent.keys('Escape');
  await waitFor('its end', () => agent.file(pane.pid).status === 'idle');
  expect(agent.reports().some((each) => each.hook_event_name === 'Stop')).toBe(false);
});

test('what is typed while a tool runs joins the turn without a report, while it thinks it is the next turn', async () => {
  const agent = stage();
  const gate = join(agent.dir, 'gate');
  const waits = `until test -e ${gate}; do sleep 0.05; done`;
  await agent.start('--session-id', ID, '--', `Go.\n\n\`\`\`sh\n${waits}\n\`\`\`\n`);
  await agent.saw('PreToolUse');
  agent.keys('joins', 'Enter');
  await waitFor('it', () => agent.screen().includes('> joins'));
  writeFileSync(gate, '');
  await agent.saw('Stop');
  expect((await agent.saw('UserPromptSubmit')).length).toBe(1);
  expect(agent.screen()).toContain('> joins');
});

test('identities are used once, and only what exists can be resumed', async () => {
  const agent = stage();
  await agent.start('--session-id', ID, '--', 'Hello. \n');
  await agent.saw('Stop');
  agent.keys('/exit', 'Enter');
  await agent.saw('SessionEnd');
  expect(agent.run('--session-id', ID, '--', 'Again. ')).toMatchObject({
    status: 1,
    stderr: `Error: Session ID ${ID} is already in use.\n`,
  });
  const other = ID.replace('1111', '2222');
  expect(agent.run('--resume', other)).toMatchObject({
    status: 1,
    stderr: `No conversation found with session ID: ${other}\n`,
  });
  expect(agent.run('--session-id', 'nonsense')).toMatchObject({ status: 1 });
  expect(agent.run('--nonsense')).toMatchObject({ status: 1 });
});

test('it says its version, and a word alone is a subcommand', () => {
  const version = execFileSync(process.execPath, [AGENT, '--version'], { encoding: 'utf8' });
  expect(version).toBe('2.1.197 (Claude Code)\n');
  const update = execFileSync(process.execPath, [AGENT, '--', 'update'], { encoding: 'utf8' });
  expect(update).toContain('subcommand');
});
