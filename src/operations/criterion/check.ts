import type { App } from '#app.ts';
import type { PrintResult } from '#domain/claude/print-result.ts';
import { isRefusal, type Refusal, refuse } from '#domain/error.ts';
import {
  CRITERIA_SCHEMA,
  criteriaPermissions,
  criteriaPrompt,
  judged,
  judgedAlready,
  outcomeOf,
  unjudged,
} from '#domain/gate/criteria.ts';
import type { Criterion } from '#domain/gate/criterion.ts';
import { whenFree } from '#operations/gate/claim.ts';
import { type GatedWork, gatesOf } from '#operations/gate/run.ts';
import { addAttempt, CHECK_LIMIT_MS, type Check } from './attempt.ts';
import { awaitCheck, cutOffCheck } from './cut-off.ts';

const MAX_USD = 5;

/**
 * Lets a Claude that has not done the work judge its acceptance criteria, and records the verdicts with the commit and what it cost. What was
 * judged for the same commit, with nothing beside it, is not judged again. A check that a crash cut off is finished by the same call. Refuses
 * where nobody could judge: then nothing is recorded of the criteria.
 */
export async function checkCriteria(app: App, work: GatedWork): Promise<Criterion[] | Refusal> {
  const { store, host } = app;
  if (store.tasks.criteria(work.task.id).length === 0) return [];
  const release = await whenFree(app, () => host.shell.claim(work.session.id));
  try {
    const criteria = store.tasks.criteria(work.task.id);
    const before = await inspect(app, work);
    if (isRefusal(before)) return before;
    if (before.clean && judgedAlready(criteria, before.head)) return criteria;
    const texts = criteria.map(({ text }) => text);
    const cutOff = cutOffCheck(app, work, { headCommit: before.head, texts });
    const found = cutOff === null ? null : await awaitCheck(app, work.session, cutOff);
    const check = cutOff !== null && found !== null ? cutOff : begin(app, work, before.head, texts);
    const result = found ?? (await ask(app, work, criteria, check));
    if (isRefusal(result)) return result;
    const after = await inspect(app, work);
    const at = {
      headCommit: before.clean ? before.head : null,
      checkedAt: app.clock.iso(),
    };
    const moved = isRefusal(after) || after.head !== before.head || after.beside !== before.beside;
    if (result === 'late') {
      return record(app, work, unjudged(criteria, 'It was not judged within 20 minutes.', at));
    }
    if (moved) {
      const why = 'The worktree changed while it was judged.';
      return record(app, work, unjudged(criteria, why, { ...at, headCommit: null }));
    }
    return record(app, work, judged(criteria, result.output, at));
  } finally {
    release();
  }
}

async function inspect(app: App, { session }: GatedWork) {
  const state = await app.git.inspectWorktree(session.worktree, session.baseCommit);
  if (isRefusal(state)) return state;
  const { head, changed, untracked } = state;
  return { head, clean: changed + untracked === 0, beside: changed + untracked };
}

function begin({ store, clock }: App, work: GatedWork, head: string, texts: string[]): Check {
  const claudeSessionId = clock.uuid();
  const check: Check = {
    name: `criteria-${claudeSessionId}`,
    ...{ claudeSessionId, headCommit: head, texts, startedAt: clock.now() },
  };
  const event = { kind: 'criteria.begin', source: 'claustre' as const, at: clock.iso() };
  const about = { taskId: work.task.id, sessionId: work.session.id };
  store.write(() => void store.events.append({ ...event, ...about, data: { check } }));
  return check;
}

async function ask(
  app: App,
  work: GatedWork,
  criteria: readonly Criterion[],
  check: Check,
): Promise<PrintResult | 'late' | Refusal> {
  const run = await start(app, work, criteria, check);
  if (isRefusal(run)) return run;
  const over = new AbortController();
  let late = false;
  const timeUp = app.clock.wait(CHECK_LIMIT_MS, over.signal).then(() => {
    if (over.signal.aborted) return;
    late = true;
    run.stop();
  });
  const { result, exitCode, words } = await run.ended;
  over.abort();
  await timeUp;
  const outcome = late && result === null ? 'timed out' : outcomeOf(result);
  addAttempt(app, work.session, check, { outcome, result });
  if (late && result === null) return 'late';
  if (result !== null && result.failed === null) return result;
  const how = exitCode === null ? 'was ended' : `ended with exit code ${exitCode}`;
  const why = result?.failed ?? [`it ${how}.`, words.trim()].join(' ').trim();
  return refuse(
    `Claude could not judge the criteria: ${why}`,
    `Try again: claustre verify ${work.task.id} --criteria`,
    'environment',
  );
}

function start(
  app: App,
  { task, project, session }: GatedWork,
  criteria: readonly Criterion[],
  check: Check,
) {
  const { claude, config, host } = app;
  const settings = config.forProject(project.path);
  const gates = gatesOf(app, project);
  const { attemptUsd } = settings.budget;
  return claude.print({
    ...{ sessionId: session.id, name: check.name, claudeSessionId: check.claudeSessionId },
    ...{ worktree: session.worktree, shape: CRITERIA_SCHEMA },
    prompt: criteriaPrompt({ task, criteria, gates, baseCommit: session.baseCommit }),
    systemPrompt: claude.readLayers(project.path),
    model: settings.claude.model,
    effort: settings.claude.effort,
    // What no rule allows is refused, since nobody is there to be asked.
    permissionMode: 'default',
    permissions: criteriaPermissions(settings.permissions, gates),
    maxUsd: Math.min(attemptUsd ?? MAX_USD, MAX_USD),
    env: host.environment,
  });
}

function record(
  { store, clock }: App,
  { task, session }: GatedWork,
  criteria: Criterion[],
): Criterion[] {
  const count = (verdict: Criterion['verdict']): number =>
    criteria.filter((each) => each.verdict === verdict).length;
  const data = { met: count('met'), unmet: count('unmet'), unknown: count('unknown') };
  const event = { kind: 'criteria.check', source: 'claustre' as const, at: clock.iso(), data };
  store.write(() => {
    criteria.forEach((each, index) => {
      // The event tells of all of them.
      const isLast = index === criteria.length - 1;
      store.tasks.setVerdict(each, isLast ? { ...event, sessionId: session.id } : null);
    });
  });
  return store.tasks.criteria(task.id);
}
