import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { buildSettings, type SettingsRequest } from '#adapters/claude/settings-file.ts';

const HOOKS = join(import.meta.dirname, '../../../hooks/claude');

interface Command {
  type: string;
  command: string;
  args?: string[];
  timeout: number;
}
interface Settings {
  hooks: Record<string, [{ hooks: [Command] }]>;
  statusLine: { type: string; command: string; padding?: number };
  permissions?: Record<string, string[]>;
}

function build(more: Partial<SettingsRequest> = {}): Settings & Record<string, unknown> {
  return buildSettings({
    version: '2.1.197',
    hooks: HOOKS,
    node: '/opt/node 24/bin/node',
    hook: "/opt/it's/dist/hook.cjs",
    home: '/home/user/.claustre',
    permissionMode: null,
    permissions: null,
    readable: [],
    statusLinePadding: null,
    ...more,
  }) as unknown as Settings & Record<string, unknown>;
}

describe('hooks', () => {
  test('every event of 2.1.197 that matters has a forwarder that exists, and WorktreeCreate has none', () => {
    const { hooks } = build();
    expect(Object.keys(hooks)).toEqual([
      'SessionStart',
      'UserPromptSubmit',
      'PermissionRequest',
      'PostToolUse',
      'PostToolUseFailure',
      'Notification',
      'Stop',
      'StopFailure',
      'TaskCreated',
      'TaskCompleted',
      'SessionEnd',
    ]);
    for (const [
      {
        hooks: [hook],
      },
    ] of Object.values(hooks)) {
      expect(existsSync(hook.args?.[0] ?? '')).toBe(true);
    }
  });

  test('each is called without a shell, with absolute paths and a short time limit', () => {
    expect(build().hooks.Stop?.[0].hooks[0]).toEqual({
      type: 'command',
      command: '/bin/sh',
      args: [
        join(HOOKS, 'stop.sh'),
        '/opt/node 24/bin/node',
        "/opt/it's/dist/hook.cjs",
        '/home/user/.claustre',
      ],
      timeout: 5,
    });
  });

  test('the one that asks a person may wait for a day', () => {
    expect(build().hooks.PermissionRequest?.[0].hooks[0].timeout).toBe(86_400);
  });

  test.each([
    ['2.1.77', 'StopFailure', false],
    ['2.1.78', 'StopFailure', true],
    ['2.1.83', 'TaskCreated', false],
    ['2.1.84', 'TaskCreated', true],
    ['2.1.32', 'TaskCompleted', false],
    ['2.1.32', 'PostToolUseFailure', false],
    ['2.0.44', 'PermissionRequest', false],
    ['2.0.45', 'PermissionRequest', true],
    ['1.0.84', 'SessionEnd', false],
    ['1.0.84', 'Stop', true],
  ])('%s knows %s: %s', (version, event, known) => {
    expect(event in build({ version }).hooks).toBe(known);
  });

  test('a version without the form for arguments gets one quoted line', () => {
    const hook = build({ version: '2.1.138' }).hooks.Stop?.[0].hooks[0];
    expect(hook?.args).toBeUndefined();
    expect(hook?.command).toBe(
      `'/bin/sh' '${HOOKS}/stop.sh' '/opt/node 24/bin/node' '/opt/it'\\''s/dist/hook.cjs' '/home/user/.claustre'`,
    );
  });
});

describe('the rest', () => {
  test('agent view is off, and nothing is said of permissions that nobody chose', () => {
    const settings = build();
    expect(settings).toMatchObject({ disableAgentView: true });
    expect(settings).not.toHaveProperty('permissions');
    expect(settings).not.toHaveProperty('skipDangerousModePermissionPrompt');
  });

  test('the warning about bypassing is skipped only where it was chosen', () => {
    expect(build({ permissionMode: 'bypassPermissions' })).toMatchObject({
      skipDangerousModePermissionPrompt: true,
    });
    expect(build({ permissionMode: 'acceptEdits' })).not.toHaveProperty(
      'skipDangerousModePermissionPrompt',
    );
  });

  test('rules and readable files are permissions; empty lists are left out', () => {
    const { permissions } = build({
      permissions: { allow: ['Bash(git *)'], deny: ['WebFetch'], ask: [] },
      readable: ['/home/user/.claustre/p.md'],
    });
    expect(permissions).toEqual({
      allow: ['Bash(git *)', 'Read(//home/user/.claustre/p.md)'],
      deny: ['WebFetch'],
    });
  });

  test('the status line is ours, with the padding of the person', () => {
    expect(build({ statusLinePadding: 2 }).statusLine).toMatchObject({
      type: 'command',
      padding: 2,
      command: expect.stringContaining("status-line.sh' '/opt/node 24/bin/node'"),
    });
  });
});
