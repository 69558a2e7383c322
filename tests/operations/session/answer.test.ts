import { describe, expect, test } from 'vitest';
import { answerSession } from '#operations/session/answer.ts';
import { takeAnswer } from '#operations/session/take-answer.ts';
import { recordHook } from '#operations/session/update.ts';
import { ASKS_BASH, ASKS_QUESTIONS } from '../../support/requests.ts';
import { granted, launchedTask, refused, type Workshop, workshop } from '../../support/workshop.ts';

/** A launched task whose Claude asks. Its hook waits as this process, or not at all. */
async function asking(shop: Workshop, payload: object = ASKS_BASH, waiter?: number) {
  const { id, session } = await launchedTask(shop);
  const at = shop.app.clock.now() + 10;
  const report = { uid: `ask-${id}`, sessionId: session.id, at, payload };
  recordHook(shop.app.store, { ...report, waiter: waiter ?? process.pid });
  return id;
}

/** Hooks that look whenever somebody waits for them. */
function hooksLook(shop: Workshop): void {
  const { clock, store } = shop.app;
  const { wait } = clock;
  clock.wait = async (ms) => {
    await wait(ms);
    for (const { id } of store.requests.open()) takeAnswer(store, id, clock.now());
  };
}

const answerIn = (shop: Workshop, id: string) => {
  const request = shop.app.store.requests.find(id);
  return [request?.answer, request?.closedBy];
};

describe('an answer', () => {
  test('is yes when nothing else is said, and counts when the hook took it', async () => {
    const shop = workshop();
    hooksLook(shop);
    const id = await asking(shop);
    const done = granted(await answerSession.run(shop.app, { task: [id] }));
    expect(done.answered).toEqual([{ task: id, kind: 'permission', text: 'Bash: npm test' }]);
    expect(answerSession.describe?.(done)).toBe(`Allowed in #${id}: Bash: npm test`);
    expect(answerIn(shop, `ask-${id}`)).toEqual([{ behavior: 'allow' }, 'answered']);
    expect(shop.app.store.sessions.openOf(id)?.activity.name).toBe('working');
  });

  test('is a yes for the session where Claude offers one', async () => {
    const shop = workshop();
    hooksLook(shop);
    const id = await asking(shop);
    expect(shop.app.store.requests.find(`ask-${id}`)?.always).toBe('Bash(npm test)');
    granted(await answerSession.run(shop.app, { task: [id], always: true }));
    expect(answerIn(shop, `ask-${id}`)[0]).toEqual({ behavior: 'allow', always: true });
    const other = await asking(shop, { ...ASKS_BASH, permission_suggestions: undefined });
    const no = refused(await answerSession.run(shop.app, { task: [other], always: true }));
    expect(no.reason).toContain('offers nothing');
    const both = { task: [other], always: true, deny: true };
    expect(refused(await answerSession.run(shop.app, both)).code).toBe('invalid');
    expect(answerIn(shop, `ask-${other}`)).toEqual([null, null]);
  });

  test('is no with a reason, or a choice', async () => {
    const shop = workshop();
    hooksLook(shop);
    const [denied, chosen] = [await asking(shop), await asking(shop, ASKS_QUESTIONS)];
    const no = await answerSession.run(shop.app, { task: [denied], deny: 'Not now.' });
    expect(answerSession.describe?.(granted(no))).toBe(`Denied in #${denied}: Bash: npm test`);
    const yes = await answerSession.run(shop.app, { task: [chosen], choice: ['2', '1,3'] });
    expect(answerSession.describe?.(granted(yes))).toMatch(`Answered in #${chosen}: `);
    const message = 'Not now.';
    expect(answerIn(shop, `ask-${denied}`)[0]).toEqual({ behavior: 'deny', message });
    expect(answerIn(shop, `ask-${chosen}`)[0]).toMatchObject({
      answers: { 'Which db?': 'Postgres', 'Which features?': 'Login, Logs' },
    });
  });

  test('for several tasks answers those that wait and says which do not', async () => {
    const shop = workshop();
    hooksLook(shop);
    const [one, other] = [await asking(shop), await asking(shop)];
    const { id: idle } = await launchedTask(shop);
    const done = granted(await answerSession.run(shop.app, { task: [one, idle, other] }));
    expect(answerSession.describe?.(done)).toBe(
      `Allowed in #${one}, #${other}: Bash: npm test\nClaude asks nothing in #${idle}.`,
    );
    expect(answerSession.failed?.(done)).toBe('refused');
  });

  test('of two requests of one task names the one that was taken beside the one that was not', async () => {
    const shop = workshop();
    const id = await asking(shop);
    const { store, clock } = shop.app;
    const sessionId = store.sessions.openOf(id)?.id ?? '';
    const report = { uid: 'other', sessionId, at: clock.now() + 20, payload: ASKS_BASH };
    recordHook(store, { ...report, waiter: process.pid });
    const { wait } = clock;
    clock.wait = async (ms) => {
      await wait(ms);
      takeAnswer(store, `ask-${id}`, clock.now());
    };
    const both = { task: [id], request: [`ask-${id}`, 'other'] };
    const done = granted(await answerSession.run(shop.app, both));
    expect(done.answered).toEqual([{ task: id, kind: 'permission', text: 'Bash: npm test' }]);
    expect(done.refused).toHaveLength(1);
  });
});

describe('is refused', () => {
  test('where nothing is asked, with what to do instead', async () => {
    const shop = workshop();
    const { id } = await launchedTask(shop);
    const task = shop.addTask();
    expect(refused(await answerSession.run(shop.app, { task: [99] })).code).toBe('not_found');
    expect(refused(await answerSession.run(shop.app, { task: [task.id] })).hint).toContain(
      'launch',
    );
    expect(refused(await answerSession.run(shop.app, { task: [id] })).reason).toBe(
      `Claude asks nothing in #${id}.`,
    );
  });

  test('where the hook has ended: Claude can still be answered in its pane', async () => {
    const shop = workshop();
    const id = await asking(shop, ASKS_BASH, 999_999);
    const { reason, hint } = refused(await answerSession.run(shop.app, { task: [id] }));
    expect(reason).toContain("Claude's own dialog does.");
    expect(hint).toContain(`claustre attach ${id}`);
    expect(shop.app.store.requests.find(`ask-${id}`)?.waiter).toBeNull();
  });

  test('and taken back when the hook does not take it in time', async () => {
    const shop = workshop();
    const id = await asking(shop);
    expect(refused(await answerSession.run(shop.app, { task: [id] })).reason).toContain(
      'Nothing waits any more',
    );
    expect(answerIn(shop, `ask-${id}`)).toEqual([null, null]);
    expect(takeAnswer(shop.app.store, `ask-${id}`, shop.app.clock.now())).toBeNull();
    expect(shop.app.store.sessions.openOf(id)?.activity.name).toBe('permission');
  });

  test('where somebody else was faster, whose answer stands', async () => {
    const shop = workshop();
    const id = await asking(shop);
    const { store } = shop.app;
    const first = { behavior: 'deny', message: 'No.' } as const;
    store.write(() => store.requests.setAnswer(`ask-${id}`, first));
    expect(refused(await answerSession.run(shop.app, { task: [id] })).reason).toContain('already');
    expect(answerIn(shop, `ask-${id}`)).toEqual([first, null]);
  });

  test('where the named request is over, though the task asks something else by now', async () => {
    const shop = workshop();
    hooksLook(shop);
    const id = await asking(shop);
    const wanted = { task: [id], request: ['an-older-one'] };
    expect(refused(await answerSession.run(shop.app, wanted)).reason).toContain('already');
    expect(answerIn(shop, `ask-${id}`)).toEqual([null, null]);
  });

  test('with a choice that does not fit, before anything is answered', async () => {
    const shop = workshop();
    hooksLook(shop);
    const [one, other] = [await asking(shop), await asking(shop, ASKS_QUESTIONS)];
    expect(refused(await answerSession.run(shop.app, { task: [one, other] })).code).toBe('invalid');
    expect(answerIn(shop, `ask-${one}`)).toEqual([null, null]);
    const both = { task: [other], deny: true, choice: ['1'] };
    expect(refused(await answerSession.run(shop.app, both)).code).toBe('invalid');
  });
});
