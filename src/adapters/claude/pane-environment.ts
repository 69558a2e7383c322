import { isOfWorktree } from '#domain/worktree/environment.ts';

/**
 * Variables of the caller that must not reach the pane: of the terminal and multiplexer that it was called in (tmux sets its own), of a
 * Claude or in a worktree that it was called by (an inherited CLAUDE_CODE_CHILD_SESSION makes a session without transcript), of a git hook that it was
 * called from, and those that a shell keeps for itself.
 */
const DROPPED: ReadonlySet<string> = new Set([
  ...[
    'TERM',
    'TERMCAP',
    'TERM_PROGRAM',
    'TERM_PROGRAM_VERSION',
    'COLUMNS',
    'LINES',
    'WINDOWID',
    'STY',
  ],
  ...[
    'CLAUDECODE',
    'CLAUDE_CODE_CHILD_SESSION',
    'CLAUDE_CODE_SESSION_ID',
    'CLAUDE_CODE_ENTRYPOINT',
  ],
  ...['CLAUDE_CODE_EXECPATH', 'CLAUDE_CODE_SSE_PORT', 'CLAUDE_EFFORT', 'CLAUDE_ENV_FILE'],
  ...['CLAUDE_PROJECT_DIR', 'AI_AGENT', 'CLAUSTRE_SESSION_ID'],
  ...['GIT_DIR', 'GIT_WORK_TREE', 'GIT_INDEX_FILE', 'GIT_PREFIX', 'GIT_COMMON_DIR'],
  ...['GIT_OBJECT_DIRECTORY', 'GIT_ALTERNATE_OBJECT_DIRECTORIES'],
  ...[
    '_',
    'PWD',
    'OLDPWD',
    'SHLVL',
    'PPID',
    'UID',
    'EUID',
    'GROUPS',
    'IFS',
    'OPTIND',
    'OPTARG',
    'OPTERR',
  ],
  ...['PS1', 'PS2', 'PS4', 'LINENO', 'RANDOM', 'SECONDS', 'BASHOPTS', 'SHELLOPTS', 'BASH_VERSINFO'],
]);

/** The environment that a pane gets from the caller's; what a shell cannot export is left out. */
export function paneEnvironment(env: Readonly<Record<string, string>>): Record<string, string> {
  const kept = Object.entries(env).filter(([name, value]) => {
    if (DROPPED.has(name) || isOfWorktree(name) || value.includes('\0')) return false;
    // TMUX_TMPDIR says where the server's socket is; TMUX and TMUX_PANE say in which pane the caller sat.
    if (name.startsWith('TMUX') && name !== 'TMUX_TMPDIR') return false;
    return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name);
  });
  return Object.fromEntries(kept);
}
