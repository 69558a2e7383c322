import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { GateRun } from '#domain/gate/gate.ts';
import { runGates } from '#operations/gate/run.ts';
import { type GateStage, gateStage } from '../../support/gate-stage.ts';
import { granted } from '../../support/workshop.ts';

const TEST = { name: 'test', command: 'npm test' };

const run = async ({ app, work }: GateStage, choice = {}) =>
  granted(await runGates(app, work, choice));

describe('the gates of a project', () => {
  test('are run in the worktree, each recorded before it begins and when it has ended', async () => {
    const stage = gateStage([TEST, { name: 'lint', command: 'npm run lint', timeoutSecs: 30 }]);
    stage.shell.ends['npm run lint'] = { outcome: 'failed', exitCode: 1 };
    const told: GateRun[] = [];
    const result = await run(stage, { tell: (each: GateRun) => told.push(each) });
    expect(stage.shell.asked.map(({ command, timeoutSecs }) => [command, timeoutSecs])).toEqual([
      ['npm test', 600],
      ['npm run lint', 30],
    ]);
    expect(stage.shell.asked[0]).toMatchObject({
      worktree: stage.work.session.worktree,
      env: { KEPT: 'yes', CLAUSTRE_GATE: 'test', CLAUSTRE_BASE_COMMIT: 'base' },
    });
    expect(result.runs.map(({ gate, outcome }) => [gate, outcome])).toEqual([
      ['test', 'passed'],
      ['lint', 'failed'],
    ]);
    expect(result.failing.map(({ gate }) => gate)).toEqual(['lint']);
    expect(told.map(({ gate, outcome }) => [gate, outcome])).toEqual([
      ['test', null],
      ['test', 'passed'],
      ['lint', null],
      ['lint', 'failed'],
    ]);
    expect(stage.app.store.gateRuns.of(1)).toEqual(result.runs);
    expect(stage.app.store.events.ofTask(1, 1)).toMatchObject([
      { kind: 'gate.run', data: { gate: 'lint', outcome: 'failed', exitCode: 1 } },
    ]);
  });

  test('of none there is nothing to run', async () => {
    expect(await run(gateStage([]))).toEqual({ runs: [], failing: [], autofixed: [] });
  });

  test('can be chosen by name', async () => {
    const stage = gateStage([TEST, { name: 'lint', command: 'npm run lint' }]);
    expect((await run(stage, { names: ['lint'] })).runs.map(({ gate }) => gate)).toEqual(['lint']);
  });

  test('that cannot be inspected is a refusal', async () => {
    const stage = gateStage([TEST]);
    stage.git.broken = true;
    expect(await runGates(stage.app, stage.work)).toMatchObject({ refused: true });
    expect(stage.shell.held).toEqual([]);
  });
});

describe('a gate that passed for a commit', () => {
  test('is not run again for it', async () => {
    const stage = gateStage([TEST]);
    const first = await run(stage);
    expect(await run(stage)).toEqual(first);
    expect(stage.shell.asked).toHaveLength(1);
    await run(stage, { again: true });
    expect(stage.shell.asked).toHaveLength(2);
  });

  test.each([
    ['the commit is another', (stage: GateStage) => Object.assign(stage.git, { head: 'after' })],
    ['something lies beside it', (stage: GateStage) => Object.assign(stage.git, { changed: 1 })],
    ['the command is another', (stage: GateStage) => stage.gates([{ ...TEST, command: 'make' }])],
  ])('is run again when %s', async (_, change) => {
    const stage = gateStage([TEST]);
    await run(stage);
    change(stage);
    await run(stage);
    expect(stage.shell.asked).toHaveLength(2);
  });

  test('while somebody worked in it says nothing of the commit', async () => {
    const stage = gateStage([TEST]);
    stage.shell.during = () => void Object.assign(stage.git, { head: 'after' });
    const { runs } = await run(stage);
    expect(runs).toMatchObject([{ headCommit: 'head', clean: false, outcome: 'passed' }]);
  });

  test('may leave new files', async () => {
    const stage = gateStage([TEST]);
    stage.shell.during = () => void Object.assign(stage.git, { untracked: 2 });
    expect((await run(stage)).runs).toMatchObject([{ clean: true }]);
  });
});

describe('a gate with an autofix', () => {
  const LINT = { name: 'lint', command: 'lint', autofix: 'format' };

  test('that mends it passes, and says that its files are in no commit', async () => {
    const stage = gateStage([LINT]);
    stage.shell.ends.lint = { outcome: 'failed', exitCode: 1 };
    stage.shell.during = ({ command }) => {
      if (command !== 'format') return;
      stage.git.files = ['a.ts', 'b.ts'];
      stage.shell.ends.lint = { outcome: 'passed', exitCode: 0 };
    };
    const { runs, failing, autofixed } = await run(stage);
    expect(stage.shell.asked.map(({ command }) => command)).toEqual(['lint', 'format', 'lint']);
    expect(failing).toEqual([]);
    expect(autofixed).toEqual(runs);
    expect(runs).toMatchObject([
      { outcome: 'passed', clean: false, note: 'Autofix changed 2 files.' },
    ]);
    expect(stage.app.store.gateRuns.of(1).map(({ outcome }) => outcome)).toEqual([
      'failed',
      'passed',
    ]);
  });

  test('that changes nothing is not run twice', async () => {
    const stage = gateStage([LINT]);
    stage.shell.ends.lint = { outcome: 'failed', exitCode: 1 };
    const { failing, autofixed } = await run(stage);
    expect(stage.shell.asked.map(({ command }) => command)).toEqual(['lint', 'format']);
    expect([failing.length, autofixed.length]).toEqual([1, 0]);
  });

  test('that passes does not need it', async () => {
    const stage = gateStage([LINT]);
    await run(stage);
    expect(stage.shell.asked.map(({ command }) => command)).toEqual(['lint']);
  });
});

describe('two who call at once', () => {
  test('wait for each other: the second finds what the first did', async () => {
    const stage = gateStage([TEST]);
    const results = await Promise.all([run(stage), run(stage)]);
    expect(results[0]).toEqual(results[1]);
    expect(stage.shell.asked).toHaveLength(1);
    expect(stage.shell.held).toEqual([]);
  });

  test('and a place that is taken is waited for', async () => {
    const stage = gateStage([TEST]);
    const giveBack = stage.shell.takePlace();
    const running = run(stage);
    await Promise.resolve();
    expect(stage.shell.asked).toHaveLength(0);
    giveBack?.();
    expect((await running).runs).toHaveLength(1);
  });
});

test('a run that was cut off with its runner is ended by the next one', async () => {
  const stage = gateStage([TEST]);
  const { app, work } = stage;
  app.store.write(() =>
    app.store.gateRuns.add({
      ...{ taskId: 1, sessionId: work.session.id, gate: 'test', command: 'npm test' },
      ...{ headCommit: 'head', clean: true, startedAt: 1 },
    }),
  );
  await run(stage);
  expect(app.store.gateRuns.of(1)).toMatchObject([
    { outcome: 'unknown', note: 'It was cut off.', endedAt: app.clock.now() },
    { outcome: 'passed' },
  ]);
});

test('gates are read from the main working tree: the copy that a task has in its worktree is none', async () => {
  const stage = gateStage([TEST]);
  const { session } = stage.work;
  stage.gates([{ ...TEST, command: 'true' }], session.worktree);
  writeFileSync(join(session.worktree, 'x'), '');
  const { runs } = await run(stage);
  expect(runs.map(({ command }) => command)).toEqual(['npm test']);
});
