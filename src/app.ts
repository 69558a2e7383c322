import type { Claude } from '#adapters/claude/claude.ts';
import type { Clock } from '#adapters/clock.ts';
import type { Desktop } from '#adapters/desktop/desktop.ts';
import type { Notifier } from '#adapters/desktop/notifier.ts';
import type { Folders } from '#adapters/folders.ts';
import type { Gh } from '#adapters/gh/gh.ts';
import type { Git } from '#adapters/git/git.ts';
import type { Host } from '#adapters/host.ts';
import type { Log } from '#adapters/log.ts';
import type { Memory } from '#adapters/memory.ts';
import type { Ports } from '#adapters/ports.ts';
import type { Shell } from '#adapters/shell/shell.ts';
import type { Tmux } from '#adapters/tmux/tmux.ts';
import type { Config } from '#config/load.ts';
import type { Paths } from '#config/paths.ts';
import type { Changes, Store } from '#store/store.ts';

export type { PullRequestRef } from '#adapters/gh/gh.ts';
export type {
  KnownBranch,
  MergeSide,
  TouchedFiles,
  WorkRequest,
  WorktreeState,
} from '#adapters/git/git.ts';
export type { Pane, TmuxClient, TmuxTerminal } from '#adapters/tmux/tmux.ts';
export type { Snapshot, TaskRow } from '#store/snapshot.ts';
export type { Config, Paths, Store };

/** The outside things that an operation may use; it names in its signature those that it needs. Surfaces read `store.snapshot` only. */
export interface App {
  paths: Paths;
  config: Config;
  store: Store;
  changes: Changes;
  git: Git;
  gh: Gh;
  tmux: Tmux;
  claude: Claude;
  desktop: Desktop & Notifier;
  clock: Clock;
  log: Log;
  host: Host & Memory & Ports & { folders: Folders; shell: Shell };
}
