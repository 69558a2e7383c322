/** Where a remote's address leads. `host` may be an alias of the ssh configuration. */
export interface RemoteAddress {
  host: string;
  /** May hold slashes: groups of GitLab. */
  owner: string;
  name: string;
  overSsh: boolean;
}

/**
 * Reads `user@host:owner/name.git`, `ssh://`, `git+ssh://`, `https://`, `http://` and `git://` addresses; null for local paths, `file://` and
 * whatever has no owner and name. Ports and logins are dropped.
 */
export function parseRemoteUrl(url: string): RemoteAddress | null {
  const parts = splitUrl(url.trim());
  if (!parts) return null;
  const segments = parts.path
    .replace(/\/+$/, '')
    .replace(/\.git$/, '')
    .split('/')
    .filter((segment) => segment !== '');
  const name = segments.at(-1);
  const owner = segments.slice(0, -1).join('/');
  if (name === undefined || owner === '' || owner.startsWith('~')) return null;
  return {
    host: canonicalHost(parts.host),
    owner,
    name,
    overSsh: parts.overSsh,
  };
}

/** GitHub takes ssh on port 443 under a name of its own; the forge behind it is the same. */
export function canonicalHost(host: string): string {
  const lower = host.toLowerCase();
  return lower === 'ssh.github.com' ? 'github.com' : lower;
}

function splitUrl(url: string): { host: string; path: string; overSsh: boolean } | null {
  const withScheme = /^(ssh|git\+ssh|https?|git):\/\/(?:[^/@]*@)?([^/:@]+)(?::\d*)?\/(.+)$/i.exec(
    url,
  );
  if (withScheme) {
    const [, scheme = '', host = '', path = ''] = withScheme;
    return isHost(host) ? { host, path, overSsh: /ssh/i.test(scheme) } : null;
  }
  // Git takes `host:path` as ssh only when no slash stands before the colon.
  const scpLike = /^(?:[^/@:]+@)?([^/:@]+):(?!\/\/)(.+)$/.exec(url);
  if (!scpLike) return null;
  const [, host = '', path = ''] = scpLike;
  return isHost(host) ? { host, path, overSsh: true } : null;
}

/** Also keeps an address from smuggling an option (`-oProxyCommand=…`) to ssh. */
function isHost(host: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(host);
}
