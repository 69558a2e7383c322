import { describe, expect, test } from 'vitest';
import type { ActivityName } from '#domain/activity.ts';
import { sendToSession } from '#operations/session/send.ts';
import { recordHook } from '#operations/session/update.ts';
import { launchTask } from '#operations/task/launch.ts';
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

/** A Claude that takes what was pasted when Enter comes, as its hook reports it. */
function takes(shop: Workshop, sessionId: string, prompt: (pasted: string) => string): void {
  const { tmux } = shop.app;
  let pasted = '';
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
      const payload = { hook_event_name: 'UserPromptSubmit', prompt: prompt(pasted) };
      const at = shop.app.clock.now();
      recordHook(shop.app.store, { uid: `u${at}`, sessionId, at, payload });
    },
  };
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

  test('that Claude does not take is refused after one more Enter', async () => {
    const shop = workshop();
    const { id } = await atPrompt(shop);
    expect(refused(await sendToSession.run(shop.app, { task: id, text: 'x' })).reason).toContain(
      'did not take',
    );
    expect(shop.tmux.sent.filter((each) => each === 'Enter')).toHaveLength(2);
  });

  test('that arrived as something else is not taken for ours', async () => {
    const shop = workshop();
    const { id, session } = await atPrompt(shop);
    takes(shop, session.id, () => 'what the person typed meanwhile');
    refused(await sendToSession.run(shop.app, { task: id, text: 'ours' }));
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
