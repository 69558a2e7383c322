import { join } from 'node:path';

type Env = Readonly<Record<string, string>>;

/** Claude's own folder in an environment: $CLAUDE_CONFIG_DIR, else ~/.claude; null when neither is known. */
export function configDir(env: Env): string | null {
  if (env.CLAUDE_CONFIG_DIR !== undefined && env.CLAUDE_CONFIG_DIR !== '') {
    return env.CLAUDE_CONFIG_DIR;
  }
  return env.HOME === undefined || env.HOME === '' ? null : join(env.HOME, '.claude');
}

/** The file in which Claude keeps what it knows of folders: beside its folder, or inside a chosen one; null when neither is known. */
export function stateFile(env: Env): string | null {
  if (env.CLAUDE_CONFIG_DIR !== undefined && env.CLAUDE_CONFIG_DIR !== '') {
    return join(env.CLAUDE_CONFIG_DIR, '.claude.json');
  }
  return env.HOME === undefined || env.HOME === '' ? null : join(env.HOME, '.claude.json');
}
