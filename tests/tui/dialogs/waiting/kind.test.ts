import { describe, expect, test } from 'vitest';
import type { Snapshot } from '#app.ts';
import { fakeOperations, KEYS, mountDashboard, NOW } from '../../../support/dashboard.tsx';
import { fixingSnapshot } from '../../../support/fixing-snapshot.ts';
import { ASKS_PLAN, ASKS_QUESTIONS } from '../../../support/requests.ts';
import {
  aRow,
  aSnapshot,
  asksCommand,
  projectNamed,
  requestOf,
  sessionAsking,
} from '../../../support/snapshots.ts';

/** #1 and #3 ask for the same command, #2 has questions, #4 a plan, #5 failed before them; in this order since an hour ago. */
function waiting(...gone: number[]): Snapshot {
  const payloads = [
    asksCommand('npm test'),
    ASKS_QUESTIONS,
    asksCommand('npm test'),
    {
      ...ASKS_PLAN,
      tool_input: { plan: Array.from({ length: 60 }, (_, n) => `step ${n}`).join('\n') },
    },
  ];
  const ids = [1, 2, 3, 4].filter((id) => !gone.includes(id));
  const kinds = ['permission', 'question', 'permission', 'plan'] as const;
  return aSnapshot({
    projects: [projectNamed(1, 'web-shop'), projectNamed(2, 'api')],
    tasks: [
      ...[1, 2, 3, 4].map((id) =>
        aRow(id, { title: `Task ${id}`, status: 'working', projectId: 1 + (id % 2) }),
      ),
      aRow(5, {
        title: 'Task 5',
        status: 'error',
        updatedAt: new Date(NOW - 5_400_000).toISOString(),
      }),
    ],
    sessions: new Map(
      ids.map((id) => sessionAsking(id, kinds[id - 1] ?? 'permission', `detail ${id}`)),
    ),
    requests: ids.map((id) => requestOf(id, payloads[id - 1] ?? {}, 60 - id)),
  });
}

async function open(snapshot = waiting(), more: Parameters<typeof mountDashboard>[1] = {}) {
  const { operations, calls } = fakeOperations({});
  const dashboard = await mountDashboard(snapshot, { operations, ...more });
  await dashboard.press('w');
  return { ...dashboard, calls };
}

const ANSWERS_1 = { task: [1, 3], request: ['request-1', 'request-3'] };

describe('the list of what needs a person', () => {
  test('opens at the oldest with all of what is asked; w goes to the next and round', async () => {
    const { press, see, frame } = await open();
    // The failed task waits longest: its time is that of its change.
    await see('▸ error');
    await press('w');
    const shown = await frame();
    expect(shown).toMatch(/▸ permission .* 2 sessions: Bash: npm test .*y allow/);
    expect(shown).toContain('#1 Task 1  api');
    expect(shown).toContain('what it is for');
    await press('w');
    await see(/▸ question .*1-3 choose/);
    await press('w', 'w');
    await see('▸ error');
    await press(KEYS.esc);
    expect(await frame()).not.toContain('Needs you');
  });

  test('says so when nothing does', async () => {
    const { see } = await open(aSnapshot());
    await see('Nothing needs you right now.');
  });

  test('A allows for the rest of the session what the line says, and nothing where Claude offers nothing', async () => {
    const { press, calls, see } = await open();
    await press('A');
    await see('Nothing is offered here');
    await press('w');
    await see('A allows for the rest of the session: Bash(npm test)');
    await press('A');
    expect(calls).toEqual([{ name: 'answerSession', input: { ...ANSWERS_1, always: true } }]);
  });

  test('y allows, of all sessions that ask for the same, and does not go on by itself', async () => {
    const { press, calls, see } = await open(waiting(), { read: () => waiting(1, 3) });
    await press('w', 'y');
    expect(calls).toEqual([{ name: 'answerSession', input: ANSWERS_1 }]);
    await see(/▸ ✓ .* 2 sessions: Bash: npm test/);
    await press('y');
    expect(calls).toHaveLength(1);
    await see('It does not wait any more.');
  });

  test('n asks for a reason in one line; Esc there answers nothing', async () => {
    const { press, calls, see } = await open();
    await press('w', 'n', 'Use ', KEYS.esc);
    expect(calls).toEqual([]);
    await press('n', 'Use the script.');
    await see('> Use the script.');
    await press(KEYS.enter);
    expect(calls).toEqual([
      { name: 'answerSession', input: { ...ANSWERS_1, deny: 'Use the script.' } },
    ]);
    await see('2 sessions');
  });

  test('digits choose in a question, one after the other', async () => {
    const { press, calls, see } = await open();
    await press('w', 'w', '2', '3', '1');
    expect(calls).toEqual([]);
    await see('✓ Which db?  Postgres');
    await see('✓ 3. Logs');
    await press('y');
    expect(calls).toEqual([
      { name: 'answerSession', input: { task: [2], request: ['request-2'], choice: ['2', '1,3'] } },
    ]);
  });

  test('a long plan can be read to its end before it is approved', async () => {
    const { press, see, frame, calls } = await open();
    await press('w', 'w', 'w');
    await see(/▸ plan .*y approve/);
    for (let page = 0; page < 8; page += 1) await press(' ');
    await see('step 59');
    // One page back is one page back, however often somebody asked for more than there is.
    await press('\u0015');
    expect(await frame()).not.toContain('step 59');
    await press('y');
    expect(calls[0]?.input).toMatchObject({ task: [4] });
  });

  test('a failure is tried again; what removes or publishes still asks', async () => {
    const merges = waiting();
    const review = aRow(6, { title: 'Task 6', status: 'in_review', push: 'local' });
    const { operations, calls } = fakeOperations({ mergeTask: { confirm: () => 'Merge it?' } });
    const { press, see } = await open(
      { ...merges, tasks: [...merges.tasks, review] },
      { operations },
    );
    await press('y');
    expect(calls).toEqual([{ name: 'retryTask', input: { task: 5 } }]);
    await press('w', 'w', 'w', 'w');
    await see(/▸ ready .*y merge…/);
    await press('y');
    await see('Merge it?');
    expect(calls).toHaveLength(1);
    await press('y');
    expect(calls.at(-1)).toEqual({ name: 'mergeTask', input: { task: 6, ready: true } });
  });

  test('what comes or goes moves no row, and a key meant for what is over answers nothing else', async () => {
    const { press, state, see, calls } = await open(waiting(4));
    await press('w');
    state.setSnapshot(waiting(1));
    await see(/▸ ✓ .*2 sessions/);
    await press('y');
    expect(calls).toEqual([]);
    await see(/¶|plan/);
    await press('w');
    await see(/▸ question/);
  });

  test('Enter goes into the session that asks, and to the task of anything else', async () => {
    const { press, calls, state } = await open();
    await press(KEYS.enter);
    expect(calls).toEqual([]);
    expect(state.get().view).toMatchObject({ dialog: null, taskId: 5 });
    await press('w', 'w', KEYS.enter);
    expect(calls).toEqual([{ name: 'attachSession', input: { task: 1 } }]);
    expect(state.get().view).toMatchObject({ dialog: null, taskId: 1, projectId: 2 });
  });

  test('a text that is typed or pasted into it answers nothing', async () => {
    const { press, paste, calls } = await open();
    await press('w', 'yes please');
    await paste('y');
    expect(calls).toEqual([]);
  });
});

test.each([
  [60, 20],
  [80, 24],
])('in %i x %i cells each row of the list says why', async (columns, rows) => {
  const dashboard = await mountDashboard(fixingSnapshot(), { columns, rows });
  await dashboard.press('w');
  const frame = await dashboard.frame();
  expect(frame).toMatch(/#2 All r.*…: failed: lint +y fix/);
  expect(frame).toMatch(/#4 Nobo.*: conflicts +Enter go/);
  expect(frame).toMatch(/#7 It i.*: behind main +y open/);
});
