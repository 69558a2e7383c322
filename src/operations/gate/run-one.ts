import type { App } from '#app.ts';
import { isRefusal } from '#domain/error.ts';
import type { Gate, GateRun } from '#domain/gate/gate.ts';
import { stayedClean, type TestedState } from '#domain/gate/reuse.ts';
import type { Session } from '#domain/session.ts';
import type { Task } from '#domain/task.ts';

interface Place {
  task: Task;
  session: Session;
}

/**
 * Runs one gate and records how it went. Where it fails and has an autofix, that runs once and then the gate again, as a run of its own over a
 * worktree that is not clean any more.
 */
export async function runOneGate(
  app: App,
  place: Place,
  gate: Gate,
  tested: TestedState,
  tell: (run: GateRun) => void,
): Promise<{ run: GateRun; autofixed: boolean }> {
  const begun = begin(app, place, gate, tested);
  tell(begun);
  const run = await perform(app, place, gate, { begun, tested, note: null });
  tell(run);
  if (run.outcome !== 'failed' || gate.autofix === null) return { run, autofixed: false };
  const note = await autofix(app, place, gate, run);
  if (note === null) return { run, autofixed: false };
  const dirty = { ...tested, clean: false };
  const repeated = begin(app, place, gate, dirty);
  tell(repeated);
  const second = await perform(app, place, gate, { begun: repeated, tested: dirty, note });
  tell(second);
  return { run: second, autofixed: true };
}

/** The intent is recorded before anything runs: what a crash leaves is a run without an end. */
function begin(
  { store, clock }: App,
  { task, session }: Place,
  { name, command }: Gate,
  tested: TestedState,
): GateRun {
  const startedAt = clock.now();
  const run = { taskId: task.id, sessionId: session.id, gate: name, command, startedAt };
  return store.write(() => store.gateRuns.add({ ...run, ...tested }));
}

async function perform(
  app: App,
  { session }: Place,
  gate: Gate,
  { begun, tested, note }: { begun: GateRun; tested: TestedState; note: string | null },
): Promise<GateRun> {
  const end = await runLine(app, session, gate, gate.command, String(begun.id));
  const after = await app.git.inspectWorktree(session.worktree, session.baseCommit);
  const notes = [note, end.note].filter((each) => each !== null);
  const run: GateRun = {
    ...begun,
    ...end,
    clean: stayedClean(tested, isRefusal(after) ? null : after),
    endedAt: app.clock.now(),
    note: notes.length === 0 ? null : notes.join(' '),
  };
  const seconds = Math.round(((run.endedAt ?? run.startedAt) - run.startedAt) / 1000);
  const data = { gate: run.gate, outcome: run.outcome, exitCode: run.exitCode, seconds };
  const event = { kind: 'gate.run', source: 'claustre' as const, at: app.clock.iso(), data };
  app.store.write(() =>
    app.store.gateRuns.end(run, { ...event, data: { ...data, note: run.note } }),
  );
  return run;
}

/** Runs the autofix of a gate that failed; says what it changed, null when it surely changed nothing. */
async function autofix(
  app: App,
  { session }: Place,
  gate: Gate,
  run: GateRun,
): Promise<string | null> {
  const before = await uncommittedIn(app, session, run);
  await runLine(app, session, gate, gate.autofix ?? '', `${run.id}-autofix`);
  const after = await uncommittedIn(app, session, run);
  if (before?.length === 0 && after?.length === 0) return null;
  const changed = after?.filter((file) => before?.includes(file) !== true).length ?? 0;
  // What was changed already may be changed once more: that nobody sees without reading it.
  if (changed === 0) return 'Autofix ran over files that were changed before.';
  return `Autofix changed ${changed} ${changed === 1 ? 'file' : 'files'}.`;
}

/** null when git cannot tell. */
async function uncommittedIn(
  { git }: App,
  session: Session,
  run: GateRun,
): Promise<readonly string[] | null> {
  const touched = await git.touchedFiles(session.worktree, run.headCommit);
  return isRefusal(touched) ? null : touched.uncommitted;
}

function runLine(app: App, session: Session, gate: Gate, command: string, name: string) {
  const env = app.claude.environmentOf(session.id, app.host.environment);
  return app.host.shell.run({
    sessionId: session.id,
    name,
    command,
    worktree: session.worktree,
    env: { ...env, CLAUSTRE_GATE: gate.name, CLAUSTRE_BASE_COMMIT: session.baseCommit ?? '' },
    timeoutSecs: gate.timeoutSecs,
  });
}
