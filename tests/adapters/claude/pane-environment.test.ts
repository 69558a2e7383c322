import { expect, test } from 'vitest';
import { paneEnvironment } from '#adapters/claude/pane-environment.ts';

test('authentication, proxies and the place of the tmux socket stay', () => {
  const env = {
    ANTHROPIC_API_KEY: 'k',
    HTTPS_PROXY: 'p',
    GH_TOKEN: 't',
    TMUX_TMPDIR: '/t',
    CLAUDE_CONFIG_DIR: '/c',
    PATH: '/bin',
  };
  expect(paneEnvironment(env)).toEqual(env);
});

test.each([
  ['TMUX', 'TMUX_PANE', 'TERM', 'TERM_PROGRAM', 'COLUMNS'],
  [
    'CLAUDECODE',
    'CLAUDE_CODE_CHILD_SESSION',
    'CLAUDE_CODE_SESSION_ID',
    'CLAUDE_CODE_ENTRYPOINT',
    'AI_AGENT',
  ],
  ['CLAUSTRE_PORT', 'CLAUSTRE_PORT_12', 'CLAUSTRE_TASK', 'CLAUSTRE_SLUG', 'CLAUSTRE_WORKTREE'],
  ['CLAUSTRE_SESSION_ID', 'GIT_DIR', 'GIT_INDEX_FILE', 'PWD', 'IFS', 'UID', 'BASH_FUNC_x%%', 'a b'],
])('what belongs to the place of the caller goes: %s …', (...names) => {
  expect(paneEnvironment(Object.fromEntries(names.map((name) => [name, '1'])))).toEqual({});
});

test('a value that no variable can hold goes', () => {
  expect(paneEnvironment({ A: 'x\0y', B: 'fine' })).toEqual({ B: 'fine' });
});
