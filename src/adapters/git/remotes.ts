import type { RunCommand } from '#adapters/command.ts';
import { ClaustreError } from '#domain/error.ts';
import type { Repository } from './git.ts';
import { canonicalHost, parseRemoteUrl, type RemoteAddress } from './remote-url.ts';

/**
 * What simple-git's git gets to see. The library refuses a call whose environment holds anything that could start a program (EDITOR,
 * GIT_SSH_COMMAND …) unless each is allowed by name; reading remotes needs none of them, only where the configuration lies.
 */
const neededToReadConfig = [
  'GIT_CONFIG_GLOBAL',
  'GIT_CONFIG_NOSYSTEM',
  'GIT_CONFIG_SYSTEM',
  'HOME',
  'PATH',
  'XDG_CONFIG_HOME',
];

/** The remote that tasks push to and its forge, without network. `insteadOf` rules and aliases of the ssh configuration are resolved. */
export async function readRemote(
  repository: string,
  env: Readonly<Record<string, string>>,
  run: RunCommand,
): Promise<Pick<Repository, 'remote' | 'forge'>> {
  // Loaded when first used, as the runner's library is.
  const { simpleGit } = await import('simple-git');
  const client = simpleGit(repository, {
    timeout: { block: 10_000 },
    trimmed: true,
    allowEnvironment: neededToReadConfig,
    unsafe: { allowUnsafeConfigPaths: true },
  }).env(Object.fromEntries(neededToReadConfig.flatMap((name) => pick(env, name))));
  try {
    const names = (await client.getRemotes()).map((remote) => remote.name);
    const remote = names.includes('origin') ? 'origin' : names.length === 1 ? names[0] : undefined;
    if (remote === undefined) return { remote: null, forge: null };
    const url = await client.remote(['get-url', '--', remote]);
    const address = typeof url === 'string' ? parseRemoteUrl(url) : null;
    return {
      remote,
      forge: address && (await resolveAlias(address, env, run)),
    };
  } catch (error) {
    throw new ClaustreError('environment', `The remotes of "${repository}" could not be read.`, {
      hint: 'Run `git remote -v` there and mend what it complains of.',
      cause: error,
    });
  }
}

function pick(env: Readonly<Record<string, string>>, name: string): [string, string][] {
  const value = env[name];
  return value === undefined ? [] : [[name, value]];
}

/** An ssh host without a dot is a name of the user's own; ssh says what it means. Without ssh the name stays as it is. */
async function resolveAlias(
  address: RemoteAddress,
  env: Readonly<Record<string, string>>,
  run: RunCommand,
): Promise<{ host: string; owner: string; name: string }> {
  const { overSsh, ...forge } = address;
  if (!overSsh || address.host.includes('.')) return forge;
  try {
    const answer = await run('ssh', ['-G', address.host], {
      env,
      timeoutMs: 5_000,
      cwd: '/',
    });
    const host = /^hostname (\S+)$/m.exec(answer.stdout)?.[1];
    return answer.exitCode === 0 && host ? { ...forge, host: canonicalHost(host) } : forge;
  } catch (error) {
    if (error instanceof ClaustreError) return forge;
    throw error;
  }
}
