import { describe, expect, test } from 'vitest';
import { verifyTask } from '#operations/gate/verify.ts';
import { type GateStage, gateStage } from '../../support/gate-stage.ts';
import { printed } from '../../support/review-stage.ts';
import { granted, refused } from '../../support/workshop.ts';

const GATES = [
  { name: 'test', command: 'npm test' },
  { name: 'lint', command: 'lint' },
];
const EVENT = { kind: 'task.edit', source: 'person', at: '2026-01-01T12:00:00.000Z' } as const;

const verify = async ({ app }: GateStage, more = {}) =>
  granted(await verifyTask.run(app, { task: 1, ...more }));

describe('verify', () => {
  test('says that all gates pass', async () => {
    const verified = await verify(gateStage(GATES));
    expect(verified).toMatchObject({ task: 1, passed: true, criteria: null });
    expect(verified.gates[0]).toMatchObject({ gate: 'test', commit: 'head', output: null });
    expect(verifyTask.failed?.(verified)).toBeNull();
    expect(verifyTask.describe?.(verified)).toBe('✓ test passed (0 s)\n✓ lint passed (0 s)');
  });

  test('shows the end of what a red one said, and fails', async () => {
    const stage = gateStage(GATES);
    stage.git.untracked = 1;
    stage.shell.ends['npm test'] = { outcome: 'unknown', exitCode: 127, note: 'Not found.' };
    stage.shell.ends.lint = { outcome: 'failed', exitCode: 1 };
    stage.shell.readLog = () => `${'x\n'.repeat(99)}\u001b[31mno semicolon\u001b[0m\n`;
    const verified = await verify(stage);
    expect(verified.passed).toBe(false);
    expect(verified.gates[1]?.output?.split('\n')).toHaveLength(40);
    expect(verifyTask.failed?.(verified)).toBe('refused');
    const said = verifyTask.describe?.(verified).split('\n') ?? [];
    expect(said[0]).toBe('? test could not be run to its end. Not found. (0 s)');
    expect(said).toContain('✗ lint failed with exit code 1 (0 s)');
    expect(said).toContain('    no semicolon');
    expect(said.at(-1)).toBe('What is not committed was tested as well.');
  });

  test('one that cannot be run is a matter of the environment', async () => {
    const stage = gateStage(GATES);
    stage.shell.ends.lint = { outcome: 'unknown', exitCode: 127 };
    expect(verifyTask.failed?.(await verify(stage))).toBe('environment');
  });

  test('runs those that are named, and again when told to', async () => {
    const stage = gateStage(GATES);
    await verify(stage, { gate: ['lint'] });
    await verify(stage, { gate: ['lint'], again: true });
    expect(stage.shell.asked.map(({ command }) => command)).toEqual(['lint', 'lint']);
  });

  test('lets criteria be judged only when it is told to', async () => {
    const stage = gateStage([]);
    stage.app.store.write(() => stage.app.store.tasks.setCriteria(1, ['It builds'], EVENT));
    stage.app.clock.wait = async (_ms, signal) => {
      await new Promise<void>((done) => signal?.addEventListener('abort', () => done()));
    };
    stage.claude.works = async () =>
      printed([{ id: 'C1', verdict: 'unmet', seen: 'Red.', commands: ['make'], files: [] }]);
    const verified = await verify(stage, { criteria: true });
    expect(verified).toMatchObject({
      passed: false,
      criteria: [{ text: 'It builds', verdict: 'unmet', evidence: 'Red. (ran make)' }],
    });
    expect(verifyTask.failed?.(verified)).toBe('refused');
    expect(verifyTask.describe?.(verified)).toBe('✗ It builds\n    Red. (ran make)');
  });
});

describe('verify refuses', () => {
  const no = async (stage: GateStage, more = {}) =>
    refused(await verifyTask.run(stage.app, { task: 1, ...more })).reason;

  test('where there is nothing to run', async () => {
    expect(await no(gateStage([]))).toBe('"app" has no gates.');
    expect(await no(gateStage(GATES), { criteria: true })).toBe('#1 has no acceptance criteria.');
    expect(await no(gateStage(GATES), { gate: ['e2e'] })).toBe('"app" has no gate "e2e".');
    expect(await no(gateStage(GATES), { task: 9 })).toBe('There is no task #9.');
  });
});
