import { expect, test } from 'vitest';
import { sendComments } from '#operations/comment/send.ts';
import { recordHook } from '#operations/session/update.ts';
import { granted, launchedTask, refused, type Workshop, workshop } from '../../support/workshop.ts';

async function withDrafts(activity: 'idle' | 'permission' = 'idle') {
  const shop = workshop();
  const { id, session } = await launchedTask(shop);
  const { store, clock } = shop.app;
  const at = clock.iso();
  const add = (fromLine: number) =>
    store.write(() => {
      const place = { file: 'a.txt', side: 'new', fromLine, toLine: fromLine } as const;
      const words = { quote: `+line ${fromLine}`, text: `Why ${fromLine}?` };
      return store.comments.add(
        { ...place, ...words, taskId: id, writtenAt: at, sentAt: null },
        { kind: 'comment.add', source: 'person', at },
      );
    });
  const drafts = [add(3), add(7)];
  const state = { name: activity, source: 'hook', since: clock.now(), detail: null } as const;
  store.write(() => store.sessions.update(session.id, { activity: state }, null));
  clock.advance(1_000);
  const pasted = () => shop.tmux.sent.filter((each) => each.includes('review comment'));
  return {
    shop,
    id,
    session,
    drafts,
    add,
    pasted,
    send: () => sendComments.run(shop.app, { task: id }),
  };
}

/** Claude's report that it took what was pasted last. */
function report(shop: Workshop, sessionId: string): void {
  const prompt = shop.tmux.sent.findLast((each) => each.includes('review comment'));
  const payload = { hook_event_name: 'UserPromptSubmit', prompt };
  const at = shop.app.clock.now();
  recordHook(shop.app.store, { uid: `u${at}`, sessionId, at, payload });
}

function takesAtEnter(shop: Workshop, sessionId: string): void {
  const { tmux } = shop.app;
  const { panes, socket, readText, endSession, paste } = tmux;
  shop.app.tmux = {
    ...{ ...tmux, panes, socket, readText, endSession, paste },
    sendKeys: async (pane, keys) => {
      await tmux.sendKeys(pane, keys);
      if (keys.includes('Enter')) report(shop, sessionId);
    },
  };
}

test('all drafts go to Claude as one prompt, and are sent once it took that', async () => {
  const { shop, id, session, drafts, pasted, send } = await withDrafts();
  takesAtEnter(shop, session.id);
  const ids = drafts.map((draft) => draft.id);
  expect(granted(await send())).toEqual({ task: id, comments: ids });
  expect(pasted()).toHaveLength(1);
  expect(pasted()[0]).toMatch(/1\. a\.txt:3[\s\S]*\+line 3[\s\S]*Why 3\?[\s\S]*2\. a\.txt:7/);
  expect(shop.app.store.comments.draftsOf(id)).toEqual([]);
  expect(refused(await send()).reason).toContain('no draft comments');
});

test('while Claude asks something nothing is sent and the drafts stay', async () => {
  const { shop, id, pasted, send } = await withDrafts('permission');
  expect(refused(await send()).reason).toContain('waits for an answer');
  expect(pasted()).toEqual([]);
  expect(shop.app.store.comments.draftsOf(id)).toHaveLength(2);
});

test('what Claude reported too late is not sent a second time', async () => {
  const { shop, id, session, pasted, send } = await withDrafts();
  expect(refused(await send()).reason).toContain('not known');
  expect(shop.app.store.comments.draftsOf(id)).toHaveLength(2);
  report(shop, session.id);
  expect(granted(await send()).comments).toHaveLength(2);
  expect(pasted()).toHaveLength(1);
});

test('a draft that was changed on the way is still a draft', async () => {
  const { shop, id, session, drafts, send } = await withDrafts();
  takesAtEnter(shop, session.id);
  const { clock, store } = shop.app;
  clock.wait = async (ms) => {
    clock.advance(ms);
    const event = { kind: 'comment.edit', source: 'person' as const, at: clock.iso() };
    store.write(() => store.comments.setText(drafts[0]?.id ?? 0, 'Other.', clock.iso(), event));
  };
  expect(granted(await send()).comments).toEqual([drafts[1]?.id]);
  expect(store.comments.draftsOf(id).map(({ text }) => text)).toEqual(['Other.']);
});

test('a task that there is not is refused', async () => {
  expect(refused(await sendComments.run(workshop().app, { task: 9 })).code).toBe('not_found');
});
