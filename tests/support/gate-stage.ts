import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ClaudePrint } from '#adapters/claude/claude.ts';
import type { PrintEnd, PrintTrace } from '#adapters/claude/run-print.ts';
import type { ShellEnd, ShellRequest } from '#adapters/shell/shell.ts';
import { refuse } from '#domain/error.ts';
import type { Gate } from '#domain/gate/gate.ts';
import { addProject, addSession, addTask, fakeApp } from './fake-app.ts';
import { printed } from './review-stage.ts';

/** What a project's file says of a gate. */
type Said = Partial<Gate> & Pick<Gate, 'name' | 'command'>;

export type GateStage = ReturnType<typeof gateStage>;

/** A task with a worktree in a project with these gates, a shell that does what it is told, and a git that says what stands here. */
export function gateStage(said: readonly Said[]) {
  const git = { head: 'head', changed: 0, untracked: 0, files: [] as string[], broken: false };
  const shell = shellThat();
  const claude: JudgingClaude = {
    ...{ asked: [], trace: null, alive: false },
    works: async () => printed([]),
  };
  const app = fakeApp({
    git: {
      inspectWorktree: async () =>
        git.broken
          ? refuse('It cannot be inspected.')
          : { ...git, branch: 'task/x', ahead: 1, unpushed: 0 },
      touchedFiles: async () => ({ head: git.head, files: [], uncommitted: git.files }),
    },
    claude: {
      environmentOf: () => ({ KEPT: 'yes' }),
      readLayers: () => null,
      readPrint: () => claude.trace,
      print: async (request) => {
        claude.asked.push(request);
        const stopped = Promise.withResolvers<PrintEnd>();
        const stop = (): void => stopped.resolve({ exitCode: null, result: null, words: '' });
        return { ended: Promise.race([claude.works(), stopped.promise]), stop };
      },
    },
    host: { shell, isAlive: () => claude.alive },
  });
  const path = join(app.paths.home, 'repositories', 'app');
  const worktree = join(app.paths.home, 'worktree');
  const gates = (these: readonly Said[], where = path): void => writeGates(where, these);
  gates(said);
  mkdirSync(worktree, { recursive: true });
  const project = addProject(app, { path });
  const task = addTask(app, project, { status: 'working' });
  const session = addSession(app, task, { worktree, baseCommit: 'base' });
  return { app, git, shell, claude, gates, work: { task, project, session } };
}

/** A Claude that prints: what it was asked, what it does then, and what it left. */
interface JudgingClaude {
  asked: ClaudePrint[];
  works(): Promise<PrintEnd>;
  trace: PrintTrace | null;
  alive: boolean;
}

function shellThat() {
  const held: string[] = [];
  const take = (name: string) => (): (() => void) | null => {
    if (held.includes(name)) return null;
    held.push(name);
    return () => void held.splice(held.indexOf(name), 1);
  };
  const it = {
    asked: [] as ShellRequest[],
    /** How commands end; others pass. */
    ends: {} as Record<string, Partial<ShellEnd>>,
    during: (_request: ShellRequest): void => undefined,
    /** What is claimed and not given back. */
    held,
    async run(request: ShellRequest): Promise<ShellEnd> {
      it.asked.push(request);
      const end = it.ends[request.command];
      it.during(request);
      const log = `/logs/${request.name}.log`;
      return { outcome: 'passed', exitCode: 0, note: null, log, ...end };
    },
    claim: (sessionId: string) => take(sessionId)(),
    takePlace: take('a place'),
    readLog: (path: string): string | null => `the end of ${path}`,
  };
  return it;
}

function writeGates(folder: string, gates: readonly Said[]): void {
  const entries = gates.map(({ timeoutSecs, autofix, protected: files, ...gate }) => [
    '[[gates]]',
    `name = ${JSON.stringify(gate.name)}`,
    `command = ${JSON.stringify(gate.command)}`,
    ...(timeoutSecs === undefined ? [] : [`timeout_secs = ${timeoutSecs}`]),
    ...(autofix ? [`autofix = ${JSON.stringify(autofix)}`] : []),
    ...(files === undefined ? [] : [`protected = ${JSON.stringify(files)}`]),
  ]);
  mkdirSync(join(folder, '.claustre'), { recursive: true });
  writeFileSync(join(folder, '.claustre', 'config.toml'), `${entries.flat().join('\n')}\n`);
}
