import type { RunCommand } from '#adapters/command.ts';
import { type Refusal, refuse } from '#domain/error.ts';

/** `merge-tree --write-tree`, by which conflicts are found without touching a working tree, came with it. */
const OLDEST = [2, 38] as const;

/** git's version, for example "2.39.5"; refuses (`environment`) when it is older than what claustre needs. */
export async function readGitVersion(
  run: RunCommand,
  env: Readonly<Record<string, string>>,
): Promise<string | Refusal> {
  const { stdout } = await run('git', ['--version'], { env, timeoutMs: 10_000 });
  const found = /(\d+)\.(\d+)(?:\.\d+)*/.exec(stdout);
  const [version = '', major = '0', minor = '0'] = found ?? [];
  const isOld =
    Number(major) < OLDEST[0] || (Number(major) === OLDEST[0] && Number(minor) < OLDEST[1]);
  if (found !== null && !isOld) return version;
  return refuse(
    found === null ? 'git does not tell its version.' : `git ${version} is too old.`,
    `Install git ${OLDEST.join('.')} or newer.`,
    'environment',
  );
}
