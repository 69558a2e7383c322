import { execFile, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { TaskView } from '#domain/task-view.ts';
import { type GhStandIn, ghStandIn } from './gh-stand-in.ts';
import { type TempRepo, tempRepo } from './temp-repo.ts';
import { waitFor } from './wait-for.ts';

const ROOT = dirname(dirname(import.meta.dirname));
const DIST = join(ROOT, 'dist');

/** What a call of claustre ended with. */
export interface Called {
  exitCode: number;
  stdout: string;
  stderr: string;
}

/** A line of an agent's transcript; the stand-in writes what it was called with and each prompt as it got it. */
export interface TranscriptLine extends Record<string, unknown> {
  type: string;
  message?: { role?: string; content?: unknown };
}

/** A throw-away world in which claustre is used as a person does: by its commands, in a home of its own. */
export interface Journey {
  repo: TempRepo;
  home: string;
  /** The data directory. */
  claustreHome: string;
  env: Record<string, string>;
  github: GhStandIn;
  /** Calls claustre and returns what it ended with, whatever that is. */
  claustre(...args: string[]): Promise<Called>;
  /** The same with a text on standard input, or in other surroundings. */
  claustreWith(
    more: { input?: string; env?: Record<string, string>; cwd?: string },
    ...args: string[]
  ): Promise<Called>;
  /** Calls claustre, which must succeed, with --json and returns the document. */
  json<T = TaskView>(...args: string[]): Promise<T>;
  show(task: number): Promise<TaskView>;
  /** Waits until `show` tells what is wanted. */
  until(what: string, task: number, fact: (task: TaskView) => boolean): Promise<TaskView>;
  /** Waits until a task has a status. */
  reaches(task: number, status: TaskView['status']): Promise<TaskView>;
  /** Waits until the agent has answered that many prompts and is at its own again. */
  turnEnds(task: number, turns?: number): Promise<TaskView>;
  /** Presses keys in the pane of a task. */
  keys(task: number, ...keys: string[]): Promise<void>;
  /** What stands on the screen of a task's pane. */
  screen(task: number): Promise<string>;
  /** Runs tmux on claustre's own server. */
  tmux(...args: string[]): string;
  transcript(task: TaskView): TranscriptLine[];
  /** Process id of the supervisor; null when none ever ran. */
  supervisor(): number | null;
  /** The branches of the repository. */
  branches(): string[];
}

export interface JourneyOptions {
  /** false: a repository without a remote. "github": its remote is named as one of GitHub's, and the stand-in for gh knows it. */
  remote?: boolean | 'github';
  config?: string;
  /** Nobody has told Claude yet that the repository is trusted. */
  untrusted?: boolean;
  /** Do not register the repository as project "app". */
  unregistered?: boolean;
}

/** Makes the world and registers the repository as project "app". Everything that runs in it ends with the test. */
export async function journey(options: JourneyOptions = {}): Promise<Journey> {
  const { remote = true, config = '' } = options;
  const repo = tempRepo({ remote: remote !== false });
  const home = join(repo.root, 'home');
  const claustreHome = join(home, '.claustre');
  const bin = join(repo.root, 'bin');
  const github = ghStandIn(
    { repositories: { 'acme/app': { path: repo.remote } } },
    mkdir(join(repo.root, 'github')),
  );
  const env: Record<string, string> = {
    ...repo.env,
    PATH: [bin, join(ROOT, 'node_modules', '.bin'), github.env.PATH].join(delimiter),
    HOME: home,
    GH_STAND_IN: github.env.GH_STAND_IN ?? '',
    TMUX_TMPDIR: repo.root,
    TERM: 'xterm-256color',
    LANG: 'C.UTF-8',
  };
  mkdir(bin);
  const claude = join(bin, 'claude');
  writeFileSync(claude, `#!/bin/sh\nexec '${process.execPath}' '${join(DIST, 'agent.js')}' "$@"\n`);
  chmodSync(claude, 0o755);
  // Nothing of a test appears on the desktop of whoever runs it.
  for (const notifier of ['notify-send', 'terminal-notifier']) {
    writeFileSync(join(bin, notifier), '#!/bin/sh\n', { mode: 0o755 });
  }
  if (!options.untrusted) {
    const state = { projects: { [repo.path]: { hasTrustDialogAccepted: true } } };
    writeFileSync(join(home, '.claude.json'), JSON.stringify(state));
  }
  if (config !== '') {
    mkdir(claustreHome);
    writeFileSync(join(claustreHome, 'config.toml'), config);
  }
  if (remote === 'github') nameAsGithub(repo, env, bin);
  const world = createWorld({ repo, home, claustreHome, env, github });
  onTestFinished(() => end(world));
  if (!options.unregistered) await world.json('add-project', 'app', repo.path);
  return world;
}

function mkdir(path: string): string {
  mkdirSync(path, { recursive: true });
  return path;
}

/** For everybody the remote is GitHub's; what git's ssh reaches there is the repository that lies beside. */
function nameAsGithub({ git, remote }: TempRepo, env: Record<string, string>, bin: string): void {
  const ssh = join(bin, 'ssh-to-remote');
  const lines = ['for command; do :; done', `exec "\${command%% *}" '${remote}'`];
  writeFileSync(ssh, `#!/bin/sh\n${lines.join('\n')}\n`, { mode: 0o755 });
  env.GIT_SSH_COMMAND = ssh;
  git('remote', 'set-url', 'origin', 'git@github.com:acme/app.git');
}

type Parts = Pick<Journey, 'repo' | 'home' | 'claustreHome' | 'env' | 'github'>;

function createWorld(parts: Parts): Journey {
  const { env, repo, claustreHome } = parts;
  const world: Journey = {
    ...parts,
    claustre: (...args) => call(args, env, repo.root),
    claustreWith: (more, ...args) =>
      call(args, { ...env, ...more.env }, more.cwd ?? repo.root, more.input),
    async json<T>(...args: string[]) {
      const [command = '', ...rest] = args;
      const called = await world.claustre(command, '--json', ...rest);
      if (called.exitCode === 0) return JSON.parse(called.stdout) as T;
      throw new Error(`claustre ${args.join(' ')} ended with ${called.exitCode}: ${called.stderr}`);
    },
    show: (task) => world.json('show', String(task)),
    async until(what, task, fact) {
      let last: TaskView | undefined;
      try {
        return await waitFor(what, async () => {
          last = await world.show(task);
          return fact(last) && last;
        });
      } catch (error) {
        throw new Error(`Waited for ${what}; it is ${JSON.stringify(last)}`, { cause: error });
      }
    },
    async reaches(task, status) {
      const seconds = '40';
      const called = await world.claustre('wait', `${task}`, '--for', status, '--timeout', seconds);
      const now = await world.show(task);
      if (called.exitCode === 0) return now;
      throw new Error(`#${task} did not become ${status}: ${called.stderr} ${JSON.stringify(now)}`);
    },
    turnEnds: (task, turns = 1) =>
      world.until(`turn ${turns} to end`, task, (view) => {
        // It is idle between its start and its first prompt, too.
        const answers = world.transcript(view).filter(isAnswer);
        // Whose work is delivered is ended soon, and can be resumed.
        const rests = view.session?.activity === 'idle' || view.session?.parked === true;
        return rests && answers.length >= turns;
      }),
    async keys(task, ...keys) {
      world.tmux('send-keys', '-t', `=${await sessionOf(world, task)}:`, ...keys);
    },
    async screen(task) {
      return world.tmux('capture-pane', '-p', '-t', `=${await sessionOf(world, task)}:`);
    },
    tmux(...args) {
      const done = spawnSync('tmux', ['-L', 'claustre', ...args], { env, encoding: 'utf8' });
      if (done.status === 0) return done.stdout;
      throw new Error(`tmux ${args.join(' ')}: ${done.stderr}`);
    },
    transcript(task) {
      const name = `${task.session?.claudeSessionId}.jsonl`;
      const folder = join(parts.home, '.claude', 'projects');
      if (!existsSync(folder)) return [];
      const path = readdirSync(folder, { recursive: true, encoding: 'utf8' }).find((each) =>
        each.endsWith(name),
      );
      if (path === undefined) return [];
      const lines = readFileSync(join(folder, path), 'utf8').trim().split('\n');
      return lines.map((line) => JSON.parse(line));
    },
    supervisor() {
      const path = join(claustreHome, 'supervisor.pid');
      return existsSync(path) ? Number(readFileSync(path, 'utf8')) : null;
    },
    branches: () => repo.git('for-each-ref', '--format=%(refname:short)', 'refs/heads').split('\n'),
  };
  return world;
}

function isAnswer({ type, message }: TranscriptLine): boolean {
  const [part] = Array.isArray(message?.content) ? message.content : [];
  return type === 'assistant' && part?.type === 'text';
}

async function sessionOf(world: Journey, task: number): Promise<string> {
  const { session } = await world.show(task);
  if (session === null) throw new Error(`#${task} has no session.`);
  return session.tmux.session;
}

/** Longer than any command takes that is not told to wait. */
const CALL_TIMEOUT_MS = 25_000;

function call(
  args: readonly string[],
  env: Record<string, string>,
  cwd: string,
  input = '',
): Promise<Called> {
  return new Promise((done) => {
    const options = { env, cwd, timeout: CALL_TIMEOUT_MS, maxBuffer: 64 * 1024 * 1024 };
    const child = execFile(
      process.execPath,
      [join(DIST, 'main.js'), ...args],
      options,
      (error, stdout, stderr) => {
        const exitCode = typeof error?.code === 'number' ? error.code : error === null ? 0 : -1;
        done({ exitCode, stdout, stderr });
      },
    );
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input);
  });
}

/** Ends the tmux server and waits for the supervisor, which runs on it: it must not write into a folder that is being removed. */
async function end(world: Journey): Promise<void> {
  const kill = () =>
    spawnSync('tmux', ['-L', 'claustre', 'kill-server'], { env: world.env, timeout: 5_000 });
  kill();
  const pid = world.supervisor();
  if (pid !== null) await waitFor('the supervisor to end', () => !isAlive(pid));
  // It may have asked for its server once more just before it ended.
  kill();
}

/** Whether a process runs. One that has ended, and that nobody has asked for its exit code yet, does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    const stat = `/proc/${pid}/stat`;
    return !existsSync(stat) || !/\) [ZX] /.test(readFileSync(stat, 'utf8'));
  } catch (error) {
    if (['ESRCH', 'ENOENT'].includes((error as NodeJS.ErrnoException).code ?? '')) return false;
    throw error;
  }
}

/** A prompt whose commands the stand-in agent runs. */
export function script(words: string, ...commands: string[]): string {
  return [words, ...commands.map((command) => `\`\`\`sh\n${command}\n\`\`\``)].join('\n\n');
}

/** A command that writes a file and commits it. */
export function commits(file: string, text: string): string {
  return `printf '%s\\n' '${text}' > ${file} && git add ${file} && git commit -q -m 'Add ${file}'`;
}
