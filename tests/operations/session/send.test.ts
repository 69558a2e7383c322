import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ActivityName } from '#domain/activity.ts';
import { sendToSession } from '#operations/session/send.ts';
import { recordHook } from '#operations/session/update.ts';
import { launchTask } from '#operations/task/launch.ts';
import { park } from '#store/spool.ts';
import { aRound } from '../../support/feedback.ts';
import { granted, refused, type Workshop, workshop } from '../../support/workshop.ts';

async function atPrompt(shop: Workshop, name: ActivityName = 'idle') {
  const task = shop.addTask();
  granted(await launchTask.run(shop.app, { task: [task.id] }));
  const session = shop.app.store.sessions.openOf(task.id);
  if (session === null) throw new Error('No session.');
  const activity = { name, source: 'hook', since: shop.app.clock.now(), detail: null } as const;
  shop.app.store.write(() => shop.app.store.sessions.update(session.id, { activity }, null));
  return { id: task.id, session };
}

/** Lets something happen at each Enter: it gets what was pasted, and the how manieth Enter it is. */
function onEnter(shop: Workshop, react: (pasted: string, count: number) => void): void {
  const { tmux } = shop.app;
  let pasted = '';
  let count = 0;
  shop.app.tmux = {
    ...tmux,
    panes: tmux.panes,
    socket: tmux.socket,
    readText: tmux.readText,
    endSession: tmux.endSession,
    paste: async (pane, text) => {
      pasted = text;
      await tmux.paste(pane, text);
    },
    sendKeys: async (pane, keys) => {
      await tmux.sendKeys(pane, keys);
      if (!keys.includes('Enter')) return;
      count += 1;
      react(pasted, count);
    },
  };
}

/** A Claude that takes what was pasted at this Enter, as its hook reports it. */
function takes(
  shop: Workshop,
  sessionId: string,
  prompt: (pasted: string) => string,
  enter = 1,
): void {
  onEnter(shop, (pasted, count) => {
    if (count !== enter) return;
    const payload = { hook_event_name: 'UserPromptSubmit', prompt: prompt(pasted) };
    const at = shop.app.clock.now();
    recordHook(shop.app.store, { uid: `u${at}`, sessionId, at, payload });
  });
}

function screenWith(box: string): string {
  return `❯ an earlier prompt\n\n● Done.\n\n────────\n❯ ${box}\n────────\n  ? for shortcuts\n`;
}

function enters(shop: Workshop): number {
  return shop.tmux.sent.filter((each) => each === 'Enter').length;
}

describe('a text that is sent', () => {
  test('is pasted into an emptied box, submitted, and counts once Claude took it', async () => {
    const shop = workshop();
    const { id, session } = await atPrompt(shop);
    takes(shop, session.id, (pasted) => pasted.trim());
    granted(await sendToSession.run(shop.app, { task: id, text: 'go\ton' }));
    expect(shop.tmux.sent.at(-2)).toBe('go    on\n');
    expect(shop.tmux.sent.at(-1)).toBe('Enter');
    expect(new Set(shop.tmux.sent.slice(0, -2))).toEqual(new Set(['C-u']));
  });

  test('empties a box of many lines: one that was cut off while it sent leaves them there', async () => {
    const shop = workshop();
    const { id, session } = await atPrompt(shop);
    shop.tmux.screen = screenWith(
      Array.from({ length: 30 }, (_, line) => `Line ${line}.`).join('\n'),
    );
    takes(shop, session.id, (pasted) => pasted.trim());
    granted(await sendToSession.run(shop.app, { task: id, text: 'Go on.' }));
    expect(shop.tmux.sent.filter((key) => key === 'C-u').length).toBeGreaterThanOrEqual(30);
  });

  test('waits for a Claude that has just started: it would take keys for text', async () => {
    const shop = workshop();
    const { id, session } = await atPrompt(shop);
    const { clock, store } = shop.app;
    const since = clock.now();
    const at: number[] = [];
    takes(shop, session.id, (pasted) => pasted);
    const { sendKeys } = shop.app.tmux;
    Object.assign(shop.app.tmux, {
      sendKeys: async (pane: string, keys: readonly string[]) => {
        at.push(clock.now() - since);
        await sendKeys(pane, keys);
      },
    });
    granted(await sendToSession.run(shop.app, { task: id, text: 'First.' }));
    expect(at[0]).toBe(1_500);
    const turn = { promptedAt: clock.now(), turnEndedAt: clock.now() };
    const activity = { name: 'idle', source: 'hook', since: clock.now(), detail: null } as const;
    store.write(() => store.sessions.update(session.id, { ...turn, activity }, null));
    clock.advance(1);
    const before = clock.now() - since;
    await sendToSession.run(shop.app, { task: id, text: 'Second.' });
    expect(at[2]).toBe(before);
  });

  test('that stays in the box is refused after one more Enter', async () => {
    const shop = workshop();
    const { id } = await atPrompt(shop);
    shop.tmux.screen = screenWith('x');
    expect(refused(await sendToSession.run(shop.app, { task: id, text: 'x' })).reason).toContain(
      'did not take',
    );
    expect(enters(shop)).toBe(2);
  });

  test('that arrived as something else is not taken for ours', async () => {
    const shop = workshop();
    const { id, session } = await atPrompt(shop);
    takes(shop, session.id, () => 'what the person typed meanwhile');
    const no = refused(await sendToSession.run(shop.app, { task: id, text: 'ours' }));
    expect(no.reason).toContain('not known');
    expect(enters(shop)).toBe(1);
  });

  test('is taken when its report was parked because the database was busy', async () => {
    const shop = workshop();
    const { id, session } = await atPrompt(shop);
    onEnter(shop, (pasted) => {
      const body = JSON.stringify({ hook_event_name: 'UserPromptSubmit', prompt: pasted });
      const at = shop.app.clock.now();
      const report = { uid: 'parked', sessionId: session.id, at, kind: 'hook' as const, body };
      park(join(dirname(shop.app.paths.database), 'spool'), report);
    });
    granted(await sendToSession.run(shop.app, { task: id, text: 'go on' }));
    expect(enters(shop)).toBe(1);
  });

  test.each([
    ['busy', null],
    ['waiting', 'permission prompt'],
  ] as const)(
    'gets no second Enter once Claude is %s: that could approve what it asks',
    async (status, waitingFor) => {
      const shop = workshop();
      const { id, session } = await atPrompt(shop);
      onEnter(shop, () => {
        const reading = { status, waitingFor, claudeSessionId: session.claudeSessionId };
        const statusUpdatedAt = shop.app.clock.now() + 1;
        shop.files.set(session.pid ?? 0, { ...reading, statusUpdatedAt });
      });
      shop.tmux.screen = screenWith('go on');
      const no = refused(await sendToSession.run(shop.app, { task: id, text: 'go on' }));
      expect(no.reason).toContain('not known');
      expect(no.hint).toContain(`claustre attach ${id}`);
      expect(enters(shop)).toBe(1);
    },
  );

  test('gets no second Enter when the box does not hold it any more', async () => {
    const shop = workshop();
    const { id } = await atPrompt(shop);
    shop.tmux.screen = screenWith('Try "fix the tests"');
    const no = refused(await sendToSession.run(shop.app, { task: id, text: 'go on' }));
    expect(no.reason).toContain('not known');
    expect(enters(shop)).toBe(1);
  });

  test.each([
    ['of one line', 'go on', 'go on'],
    ['that is wrapped', 'one two three', 'one two\n  three'],
    ['of many lines', 'a\nb\nc\nd', '[Pasted text #1 +3 lines]'],
  ])('%s gets the second Enter while the box still holds it', async (_which, text, box) => {
    const shop = workshop();
    const { id, session } = await atPrompt(shop);
    shop.tmux.screen = screenWith(box);
    takes(shop, session.id, (pasted) => pasted.trim(), 2);
    granted(await sendToSession.run(shop.app, { task: id, text }));
    expect(enters(shop)).toBe(2);
  });
});

describe('nothing is typed', () => {
  test.each([
    ['permission', 'waits for an answer'],
    ['question', 'waits for an answer'],
    ['plan', 'waits for an answer'],
    ['working', 'Claude works'],
    ['starting', 'Claude works'],
    ['limited', 'usage limit'],
    ['ended', 'has ended'],
  ] as const)('while Claude is in "%s"', async (name, reason) => {
    const shop = workshop();
    const readAt = shop.app.clock.now();
    shop.app.store.attempts.setLimit({
      ...{ window: 'five_hour', usedPercent: 100, resetsAt: readAt + 60_000, readAt },
    });
    const { id } = await atPrompt(shop, name);
    expect(refused(await sendToSession.run(shop.app, { task: id, text: 'x' })).reason).toContain(
      reason,
    );
    expect(shop.tmux.sent).toEqual([]);
  });

  test('when the input box is not on the screen', async () => {
    const shop = workshop();
    const { id } = await atPrompt(shop);
    shop.tmux.screen = 'Rewind\n  1. before\n';
    refused(await sendToSession.run(shop.app, { task: id, text: 'x' }));
    expect(shop.tmux.sent).toEqual([]);
  });

  test('of more than a paste can carry', async () => {
    const shop = workshop();
    const { id } = await atPrompt(shop);
    const no = refused(await sendToSession.run(shop.app, { task: id, text: 'x'.repeat(100_001) }));
    expect(no.hint).toContain('file');
  });
});

test('nothing is sent while a round of the review loop works in the same worktree', async () => {
  const shop = workshop();
  const { id } = await atPrompt(shop);
  const { store, clock } = shop.app;
  const { id: _, ...round } = aRound({ taskId: id, pullRequestId: null, endedAt: null });
  const event = { kind: 'review.begin', source: 'claustre', at: clock.iso() } as const;
  store.write(() => store.rounds.add({ ...round, outcome: null }, event));
  const no = refused(await sendToSession.run(shop.app, { task: id, text: 'More.' }));
  expect(no.reason).toBe(`A round of the review loop works in the worktree of #${id}.`);
  expect(shop.tmux.sent).toEqual([]);
});
