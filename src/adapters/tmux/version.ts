import { type Refusal, refuse } from '#domain/error.ts';

const OLDEST = { major: 3, minor: 2 };

/**
 * Reads what `tmux -V` prints and returns the version as written. Refuses (`environment`) what is
 * older than 3.2: `new-session -e` and the flags of the control client came with it. Builds without
 * a number ("master", OpenBSD's own) are newer than any release that matters and are taken as they
 * are.
 */
export function readVersion(output: string): string | Refusal {
  const version = output.trim().replace(/^tmux\s+/, '');
  const number = /^(?:next-)?(\d+)\.(\d+)/.exec(version);
  if (number === null) {
    if (/^(master|openbsd-)/.test(version)) return version;
    return refuse(
      `The version of tmux could not be read from "${version.slice(0, 80)}".`,
      'Check what `tmux -V` prints; claustre needs tmux 3.2 or newer.',
      'environment',
    );
  }
  const major = Number(number[1]);
  const minor = Number(number[2]);
  if (major > OLDEST.major || (major === OLDEST.major && minor >= OLDEST.minor)) return version;
  return refuse(
    `tmux ${version} is too old: claustre needs ${OLDEST.major}.${OLDEST.minor} or newer.`,
    'Install a newer tmux and make sure that it comes first in PATH.',
    'environment',
  );
}
