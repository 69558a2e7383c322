import { expect, test } from 'vitest';
import { parseRemoteUrl } from '#adapters/git/remote-url.ts';

test.each([
  ['git@github.com:acme/app.git', 'github.com', 'acme', 'app', true],
  ['github.com:acme/app', 'github.com', 'acme', 'app', true],
  ['gh-work:acme/app.git', 'gh-work', 'acme', 'app', true],
  ['git@host.example:/acme/app.git', 'host.example', 'acme', 'app', true],
  ['ssh://git@GitHub.com/acme/app.git', 'github.com', 'acme', 'app', true],
  ['ssh://git@ssh.github.com:443/acme/app.git', 'github.com', 'acme', 'app', true],
  ['git+ssh://git@host.example:2222/acme/app/', 'host.example', 'acme', 'app', true],
  ['https://github.com/acme/app', 'github.com', 'acme', 'app', false],
  ['https://user:secret@ghe.example:8443/acme/app.git', 'ghe.example', 'acme', 'app', false],
  ['https://gitlab.example/group/sub/app.git', 'gitlab.example', 'group/sub', 'app', false],
  ['git://github.com/acme/app.js.git', 'github.com', 'acme', 'app.js', false],
])('"%s" leads to a forge', (url, host, owner, name, overSsh) => {
  expect(parseRemoteUrl(url)).toEqual({ host, owner, name, overSsh });
});

test.each([
  '/srv/git/acme/app.git',
  './acme/app',
  '../acme/app',
  'file:///srv/acme/app.git',
  './odd:acme/app',
  'https://github.com/app',
  'git@-oProxyCommand=x:acme/app',
  'ssh://-oProxyCommand=x/acme/app',
  '',
])('"%s" leads to none', (url) => {
  expect(parseRemoteUrl(url)).toBeNull();
});
