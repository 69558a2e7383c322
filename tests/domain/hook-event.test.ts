import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type HookEvent, readHookEvent } from '#domain/hook-event.ts';

const FILE = join(import.meta.dirname, '../recordings/claude-hooks-2.1.197.jsonl');
const RECORDED = readFileSync(FILE, 'utf8')
  .trim()
  .split('\n')
  .map((line): { sample: string; input: Record<string, unknown> } => JSON.parse(line));

const NOTHING: Partial<HookEvent> = {
  meaning: null,
  turnEnd: null,
  todo: null,
  pullRequestUrl: null,
  processEnded: false,
};
const WENT_ON: Partial<HookEvent> = { meaning: 'went_on', turnEnd: null, pullRequestUrl: null };
const FAILED: Partial<HookEvent> = { meaning: 'failed', turnEnd: 'failed' };

const EXPECTED: Record<string, Partial<HookEvent>> = {
  CwdChanged: NOTHING,
  'Notification:idle_prompt': { ...NOTHING, meaning: 'awaits' },
  'Notification:permission_prompt': { ...NOTHING, meaning: 'asks', detail: null },
  'Notification:permission_prompt:plan': { ...NOTHING, meaning: 'asks', detail: null },
  PermissionDenied: NOTHING,
  'PermissionRequest:AskUserQuestion': { meaning: 'asks_question', detail: 'Which db?' },
  'PermissionRequest:Bash': {
    meaning: 'asks_permission',
    detail: 'Bash: echo hello > out.txt; echo hi',
  },
  'PermissionRequest:ExitPlanMode': { meaning: 'asks_plan', detail: '# Plan 1. do 2. done' },
  PostCompact: NOTHING,
  PostToolBatch: NOTHING,
  'PostToolUse:Agent': WENT_ON,
  'PostToolUse:AskUserQuestion': { ...WENT_ON, detail: 'Which db?' },
  'PostToolUse:Bash': { ...WENT_ON, detail: 'Bash: touch x' },
  'PostToolUse:Bash:in-subagent': WENT_ON,
  'PostToolUse:ExitPlanMode': { ...WENT_ON, detail: '# Plan 1. do 2. done' },
  'PostToolUse:Write': { ...WENT_ON, detail: 'Write: /code/app/new.txt' },
  PostToolUseFailure: { ...WENT_ON, detail: 'Bash: exit 3' },
  'PreCompact:manual': NOTHING,
  'PreToolUse:Bash': NOTHING,
  'SessionEnd:clear': NOTHING,
  'SessionEnd:other': { meaning: 'ended', processEnded: true, detail: null },
  'SessionEnd:prompt_input_exit': {
    meaning: 'ended',
    processEnded: true,
    detail: 'left by /exit',
  },
  'SessionStart:clear': { ...NOTHING, meaning: 'cleared' },
  'SessionStart:compact': NOTHING,
  'SessionStart:resume': { ...NOTHING, meaning: 'started' },
  'SessionStart:startup': { ...NOTHING, meaning: 'started' },
  Stop: { meaning: 'turn_ended', turnEnd: 'clean', detail: null },
  'Stop:background_tasks': {
    meaning: 'turn_ended_behind',
    turnEnd: 'behind',
    detail: '1 running in the background',
  },
  'Stop:stop_hook_active': { meaning: 'turn_ended', turnEnd: 'clean' },
  'StopFailure:authentication_failed': {
    ...FAILED,
    detail: 'Invalid API key · Fix external API key',
  },
  'StopFailure:billing_error': FAILED,
  'StopFailure:invalid_request': FAILED,
  'StopFailure:model_not_found': FAILED,
  'StopFailure:rate_limit': {
    meaning: 'limited',
    turnEnd: 'failed',
    detail: "You've hit your limit · resets 6:38am (UTC)",
  },
  'StopFailure:server_error': { ...FAILED, detail: 'Request timed out' },
  'StopFailure:unknown': FAILED,
  SubagentStart: NOTHING,
  SubagentStop: NOTHING,
  'SubagentStop:compaction': NOTHING,
  TaskCompleted: { ...NOTHING, todo: { id: '1', subject: 'First', done: true } },
  TaskCreated: { ...NOTHING, todo: { id: '1', subject: 'First', done: false } },
  UserPromptSubmit: { meaning: 'prompted', prompt: 'y' },
  'UserPromptSubmit:task-notification': { meaning: 'prompted' },
};

describe('payloads as Claude 2.1.197 sent them', () => {
  test('every recorded one has its meaning here', () => {
    expect(RECORDED.map(({ sample }) => sample).sort()).toEqual(Object.keys(EXPECTED).sort());
  });

  test.each(RECORDED)('$sample', ({ sample, input }) => {
    const event = readHookEvent(input);
    expect(event).toMatchObject(EXPECTED[sample] ?? {});
    expect(event?.claudeSessionId).toBe('aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee');
    expect(event?.transcriptPath).toMatch(/\.jsonl$/);
  });
});

describe('what a tool printed about a pull request', () => {
  const bash = (command: string, stdout: string, more: object = {}): HookEvent | null =>
    readHookEvent({
      hook_event_name: 'PostToolUse',
      tool_name: 'Bash',
      tool_input: { command },
      tool_response: { stdout, stderr: '' },
      ...more,
    });
  const URL = 'https://github.com/acme/app/pull/12';

  test('the last address in the output of `gh pr create` is the new one', () => {
    const output = `Warning: see https://github.com/acme/app/pull/3\n${URL}\n`;
    expect(bash('git push && gh pr create --fill', output)?.pullRequestUrl).toBe(URL);
  });

  test('a refusal because one exists names it as well', () => {
    const event = bash('gh pr create', '', {
      hook_event_name: 'PostToolUseFailure',
      error: `Exit code 1\na pull request for branch "t" already exists:\n${URL}`,
    });
    expect(event?.pullRequestUrl).toBe(URL);
  });

  test('other commands and other tools that print an address made none', () => {
    expect(bash('gh pr view 12', URL)?.pullRequestUrl).toBeNull();
    expect(bash('gh pr list', URL)?.pullRequestUrl).toBeNull();
    expect(bash('gh pr create', URL, { tool_name: 'Agent' })?.pullRequestUrl).toBeNull();
  });

  test('an address that is none of a pull request is not taken', () => {
    expect(
      bash('gh pr create', 'https://github.com/acme/app/issues/12')?.pullRequestUrl,
    ).toBeNull();
  });
});

describe('reading', () => {
  test.each([[null], [[]], ['text'], [7]])('%o is no event', (payload) => {
    expect(readHookEvent(payload)).toBeNull();
  });

  test('an unknown event and wrong types are read as nothing said', () => {
    expect(readHookEvent({ hook_event_name: 'Later', session_id: 7 })).toMatchObject({
      name: 'Later',
      claudeSessionId: null,
      meaning: null,
    });
    expect(readHookEvent({})).toMatchObject({ name: 'unknown' });
    expect(readHookEvent({ hook_event_name: 'TaskCreated', task_id: {} })?.todo).toBeNull();
  });

  test('a short overload of the service is no used-up limit', () => {
    const event = readHookEvent({
      hook_event_name: 'StopFailure',
      error: 'rate_limit',
      last_assistant_message:
        'API Error: Server is temporarily limiting requests (not your usage limit)',
    });
    expect(event?.meaning).toBe('failed');
  });

  test('the setup of a project reports its failure in the same way', () => {
    const event = readHookEvent({
      hook_event_name: 'SetupFailed',
      reason: 'setup ended with exit code 3',
    });
    expect(event).toMatchObject({
      meaning: 'ended',
      detail: 'setup ended with exit code 3',
      processEnded: false,
    });
  });
});
