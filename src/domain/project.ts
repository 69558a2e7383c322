import { type Refusal, refuse } from './error.ts';

/** `rests` until somebody launches an autonomous task of it; `runs` starts what is ready; `paused` a person stopped it. */
export type QueueState = 'rests' | 'runs' | 'paused';

export interface Project {
  id: number;
  uuid: string;
  name: string;
  /** Absolute path of the main working tree. */
  path: string;
  defaultBranch: string;
  /** Remote that tasks push to; null for a repository without any. */
  remote: string | null;
  /** Where pull requests live; null for a repository without a forge. */
  forge: { host: string; repository: string } | null;
  queue: QueueState;
  createdAt: string;
}

const MAX_NAME_LENGTH = 100;

/** Why a name cannot be a project's; undefined when it can. Any script is fine; control characters and blanks alone are not. */
export function whyNotName(name: string): Refusal | undefined {
  if (name.trim() === '') {
    return refuse(
      'A project needs a name.',
      'Give it one: claustre add-project NAME PATH',
      'invalid',
    );
  }
  if (name.length > MAX_NAME_LENGTH) {
    return refuse(
      `A project's name has at most ${MAX_NAME_LENGTH} characters.`,
      undefined,
      'invalid',
    );
  }
  if (/\p{Cc}/u.test(name)) {
    return refuse("A project's name cannot hold control characters.", undefined, 'invalid');
  }
  return undefined;
}

/** A folder name made of an arbitrary name: only [a-z0-9-], never empty, at most `limit` characters. */
export function slug(text: string, limit: number, fallback: string): string {
  const plain = text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}+/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  const cut = plain.slice(0, limit).replace(/-+$/, '');
  return cut === '' ? fallback : cut;
}
