import { mkdirSync, readFileSync, renameSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tempDir } from './temp-dir.ts';

/**
 * A pull request of the stand-in's world; stand-ins/gh says what each field means and which default
 * it has.
 */
export interface StandInPullRequest extends Record<string, unknown> {
  repository: string;
  number: number;
  head: string;
  headCommit: string;
}

export interface StandInWorld extends Record<string, unknown> {
  mode?: string | null;
  pullRequests?: StandInPullRequest[];
}

export interface GhStandIn {
  /** With this environment `gh` is the stand-in, in this world. */
  env: Record<string, string>;
  /** As it is now. */
  world(): StandInWorld;
  /** Replaces parts of the world. */
  set(world: StandInWorld): void;
  /** Changes the pull request with this number. */
  setPullRequest(number: number, changes: Partial<StandInPullRequest>): void;
  /** The calls so far, oldest first. */
  calls(): { args: string[]; cwd: string; variables: Record<string, unknown>; query: string }[];
}

/** A world for the stand-in for gh, in a folder of this test alone. */
export function ghStandIn(world: StandInWorld = {}, folder = tempDir()): GhStandIn {
  const path = join(folder, 'github.json');
  const read = (): StandInWorld => JSON.parse(readFileSync(path, 'utf8'));
  const change = (edit: (now: StandInWorld) => StandInWorld): void => {
    lock(`${path}.lock`);
    try {
      writeFileSync(`${path}.next`, JSON.stringify(edit(read())));
      renameSync(`${path}.next`, path);
    } finally {
      rmdirSync(`${path}.lock`);
    }
  };
  writeFileSync(path, JSON.stringify(world));
  return {
    env: {
      PATH: `${join(import.meta.dirname, 'stand-ins')}:${process.env.PATH ?? ''}`,
      HOME: folder,
      GH_STAND_IN: path,
    },
    world: read,
    set: (changes) => change((now) => ({ ...now, ...changes })),
    setPullRequest(number, changes) {
      change((now) => ({
        ...now,
        pullRequests: (now.pullRequests ?? []).map((pull) =>
          pull.number === number ? { ...pull, ...changes } : pull,
        ),
      }));
    },
    calls() {
      let text: string;
      try {
        text = readFileSync(`${path}.calls`, 'utf8');
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
        throw error;
      }
      return text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line));
    },
  };
}

/** Takes the folder that the stand-in takes too; throws when it is not free within five seconds. */
function lock(path: string): void {
  const deadline = Date.now() + 5_000;
  for (;;) {
    try {
      mkdirSync(path);
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || Date.now() > deadline) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}
