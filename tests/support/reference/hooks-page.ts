import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSettings } from '#adapters/claude/settings-file.ts';
import { code, page, table } from './markdown.ts';

interface HookSettings {
  hooks: Record<string, { hooks: { args?: string[]; timeout: number }[] }[]>;
  statusLine: { command: string };
}

/** Which script a session's settings name for which event, as a Claude Code that knows all of them gets it. */
export function registeredHooks(): { event: string; script: string; timeoutSecs: number }[] {
  const settings = buildSettings({
    version: '9999.0.0',
    hooks: '/hooks',
    node: '/node',
    hook: '/hook.cjs',
    home: '/home',
    permissionMode: null,
    permissions: null,
    readable: [],
    statusLinePadding: null,
  }) as unknown as HookSettings;
  return Object.entries(settings.hooks).flatMap(([event, groups]) =>
    groups.flatMap(({ hooks }) =>
      hooks.map(({ args, timeout }) => ({
        event,
        script: (args?.[0] ?? '').replace('/hooks/', ''),
        timeoutSecs: timeout,
      })),
    ),
  );
}

/** The sentence that a script says about itself in its second line. */
export function aboutScript(folder: string, script: string): string {
  const [, line = ''] = readFileSync(join(folder, script), 'utf8').split('\n');
  return line.replace(/^#\s*/, '').replace(/ Arguments: .*$/, '');
}

/** docs/reference/hooks.md */
export function hooksPage(folder: string): string {
  const rows = registeredHooks().map(({ event, script, timeoutSecs }) => [
    code(event),
    `[${script}](../../hooks/claude/${script})`,
    `${timeoutSecs} s`,
    aboutScript(folder, script),
  ]);
  const intro =
    'A session gets these hooks through `claude --settings FILE`; nothing is written to your own Claude settings, and your own hooks go on running. An event that the installed Claude Code does not know is left out. Each script hands what Claude says to claustre and ends with 0, also when claustre is gone. None prints anything but the one that waits for a person while Claude asks: it prints the answer that was given in claustre.';
  const status = `The status line is [status-line.sh](../../hooks/claude/status-line.sh). ${aboutScript(folder, 'status-line.sh')}`;
  return page('Hooks', 'src/adapters/claude/settings-file.ts', [
    intro,
    table(['event', 'script', 'limit', 'what it does'], rows),
    status,
  ]);
}
