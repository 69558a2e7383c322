import type { Gate } from '#domain/gate/gate.ts';
import { matchesGlob } from '#domain/gate/glob.ts';

/** A file that a task changed. */
export interface ChangedFile {
  path: string;
  change: 'added' | 'modified' | 'deleted';
  binary: boolean;
  /** Of one that is binary, or was too long to be read; null where nobody looked. */
  bytes: number | null;
}

/** A changed file that somebody should look at before it is merged. */
export interface Risk {
  /** Text from outside. */
  path: string;
  /** Why, in a few words. */
  why: string;
}

const LOCK_FILES =
  /(?:^|\/)(?:package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lockb?|deno\.lock|Cargo\.lock|poetry\.lock|uv\.lock|Pipfile\.lock|Gemfile\.lock|composer\.lock|go\.sum|flake\.lock|mix\.lock|pubspec\.lock|Podfile\.lock|gradle\.lockfile|packages\.lock\.json)$/;

const TESTS =
  /(?:^|\/)(?:tests?|specs?|__tests__|e2e)\/|(?:^|\/)test_[^/]+\.py$|[._-](?:test|spec)s?\.[^/.]+$|_test\.(?:go|py|rb|exs?|dart|cc|cpp)$|Tests?\.(?:java|kt|cs|swift)$/;

const BIG_BYTES = 1024 * 1024;

/** What is marked of files that say how much a gate proves. */
export const CHANGES_GATES = 'changes the gates';
export const CHANGES_TEST = 'changes a test';

/** Where a project says its gates, in the copy that a task has of it. */
const GATE_SETTINGS = /^\.claustre\/config\.toml$/;

/** The first that fits says why: the ones that harm most stand first. */
const RISKS: readonly [why: string, fits: (file: ChangedFile) => boolean][] = [
  [
    'may hold secrets',
    ({ path }) =>
      /(?:^|\/)(?:\.env(?!\.(?:example|sample|template|dist)$)[^/]*|\.npmrc|\.pypirc|\.netrc|id_(?:rsa|dsa|ecdsa|ed25519)|credentials(?:\.[^/]+)?|[^/]*secrets?[^/]*\.(?:ya?ml|json|toml|env|txt))$|\.(?:pem|p12|pfx|keystore|jks|key)$/i.test(
        path,
      ),
  ],
  [
    'runs in CI, with its rights',
    ({ path }) =>
      /^(?:\.github\/(?:workflows|actions)\/|\.gitlab-ci\.yml$|\.gitlab\/|\.circleci\/|\.buildkite\/|Jenkinsfile|azure-pipelines|\.travis\.yml$|\.drone\.yml$|bitbucket-pipelines\.yml$)/.test(
        path,
      ),
  ],
  [CHANGES_GATES, ({ path }) => GATE_SETTINGS.test(path)],
  ['takes a test away', ({ path, change }) => change === 'deleted' && TESTS.test(path)],
  [
    'migrates data',
    ({ path }) =>
      /(?:^|\/)(?:migrations?|migrate|alembic\/versions|db\/schema)(?:\/|\.)|\.migration\.[^/]+$|(?:^|\/)schema\.(?:sql|prisma|rb)$/i.test(
        path,
      ),
  ],
  [
    'decides who may do what',
    ({ path }) =>
      !TESTS.test(path) &&
      /(?:^|[/._-])(?:auth|authn|authz|authentication|authorization|oauth2?|login|permissions?|acl|rbac|security|crypto|cryptography|passwords?|sessions?-?tokens?|jwt|csrf|cors|sudoers|policy|policies)(?:$|[/._-])/i.test(
        path,
      ) &&
      !/\.(?:md|mdx|txt|rst|adoc|svg|png|css|scss)$/i.test(path),
  ],
  ['decides who must review', ({ path }) => /^(?:\.github\/|docs\/)?CODEOWNERS$/.test(path)],
  ['pins what is installed', ({ path }) => LOCK_FILES.test(path)],
  [
    'decides what is installed or deployed',
    ({ path }) =>
      /(?:^|\/)(?:Dockerfile[^/]*|docker-compose[^/]*\.ya?ml|compose\.ya?ml|[^/]+\.(?:tf|tfvars)|Chart\.yaml|\.gitmodules)$|(?:^|\/)(?:k8s|kubernetes|helm|terraform|deploy)\//i.test(
        path,
      ),
  ],
  ['is big', ({ bytes, change }) => change !== 'deleted' && (bytes ?? 0) >= BIG_BYTES],
  // A new one weakens nothing.
  [CHANGES_TEST, ({ path, change }) => change === 'modified' && TESTS.test(path)],
];

/** So many are kept; a change with more of them is one that has to be read as a whole. */
const MOST = 50;

/**
 * What among the changed files is worth a look before the merge, and why; the ones that harm most first, after those that a gate of the
 * project stands on.
 */
export function risksOf(
  files: readonly ChangedFile[],
  gates: readonly Pick<Gate, 'name' | 'protected'>[] = [],
): Risk[] {
  const found = files.flatMap((file) => {
    const rank = RISKS.findIndex(([, fits]) => fits(file));
    const gate = gates.find((each) => each.protected.some((glob) => matchesGlob(file.path, glob)));
    if (gate !== undefined && RISKS[rank]?.[0] !== CHANGES_GATES) {
      return [{ path: file.path, why: `gate ${gate.name} stands on it`, rank: -1 }];
    }
    const why = RISKS[rank]?.[0];
    return why === undefined ? [] : [{ path: file.path, why, rank }];
  });
  return found
    .sort((a, b) => a.rank - b.rank || (a.path < b.path ? -1 : 1))
    .slice(0, MOST)
    .map(({ path, why }) => ({ path, why }));
}
