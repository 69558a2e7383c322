import type { App } from '#app.ts';
import { foldActivity } from '#domain/activity.ts';
import { isRefusal, type Refusal, refuse } from '#domain/error.ts';
import type { Project } from '#domain/project.ts';
import { openIn, type Runner, type Session } from '#domain/session.ts';
import type { Task } from '#domain/task.ts';
import { worktreeEnvironment } from '#domain/worktree/environment.ts';
import { isJudgedFirst } from '#operations/delivery/proved.ts';
import { ensureSupervisor } from '#operations/supervisor/ensure.ts';
import { takePorts } from '#operations/worktree/take-ports.ts';
import { openLayout } from './open-layout.ts';

/** Size of a pane until somebody attaches: wide enough that nothing of Claude's screen wraps. */
const COLUMNS = 200;
const ROWS = 50;

export interface PaneStart {
  /** Goes on with the session's conversation instead of starting it. */
  resume: boolean;
  prompt: string | null;
  runner: Runner;
}

/**
 * Starts Claude in the pane of a session that is being opened by this process, in its tmux session if that is still there, else in a new one of the same name. Returns the session
 * as recorded, with the pane; refuses what Claude or tmux refuse.
 */
export async function startPane(
  app: App,
  session: Session,
  task: Task,
  project: Project,
  start: PaneStart,
): Promise<Session | Refusal> {
  const { store, claude, tmux, clock } = app;
  const settings = app.config.forProject(project.path);
  // A Claude that prints has nothing to do without a prompt.
  const runner = start.prompt === null ? 'interactive' : start.runner;
  const ports = await takePorts(app, session, project);
  const program = await claude.prepare({
    sessionId: session.id,
    claudeSessionId: session.claudeSessionId,
    resume: start.resume,
    worktree: session.worktree,
    mode: task.mode,
    runner,
    prompt: start.prompt,
    systemPrompt: claude.readLayers(project.path),
    model: settings.claude.model,
    effort: settings.claude.effort,
    permissionMode: settings.claude.permissionMode[task.mode],
    permissions: settings.permissions,
    setup:
      start.resume || settings.worktree.setup === null
        ? null
        : { command: settings.worktree.setup, timeoutSecs: settings.worktree.setupTimeoutSecs },
    env: app.host.environment,
    worktreeEnv: worktreeEnvironment({ ...session, ...ports }),
  });
  if (isRefusal(program)) return program;
  const request = {
    name: session.id,
    cwd: session.worktree,
    env: program.env,
    argv: program.argv,
  };
  const there = (await tmux.panes()).some((pane) => pane.session === session.id);
  const label = `#${task.id} ${task.title}`;
  const shell = claude.writeShell(session.id, app.host.environment);
  // Noted before it starts: what the pane reports from then on is newer, and must not be overwritten.
  const activity = foldActivity(session.activity, { kind: 'launched', at: clock.now() });
  const { claudeSessionId } = session;
  const mustProve = isJudgedFirst(app, task, project);
  const changes = { activity, claudeSessionId, runner, mustProve };
  store.write(() => store.sessions.update(session.id, changes, null));
  const pane = there
    ? await tmux.respawn(request)
    : await tmux.createSession({ ...request, columns: COLUMNS, rows: ROWS, label, shell });
  if (isRefusal(pane)) return pane;
  const event = {
    kind: start.resume ? 'session.resume' : 'session.start',
    source: 'claustre' as const,
    at: clock.iso(),
    data: { claudeSessionId },
  };
  const opened = store.write(() => store.sessions.move(session, openIn(pane, clock.now()), event));
  if (opened === null) {
    // Somebody took the session for dead and ended it: this Claude is nobody's.
    await tmux.endSession(session.id);
    return refuse(`#${task.id} was ended while it was being launched.`);
  }
  if (!there) await openLayout(app, opened, settings.layout, shell);
  await ensureSupervisor(app);
  return opened;
}
