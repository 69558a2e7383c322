import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Comment } from '#domain/review/comment.ts';
import { openStore, type Store } from '#store/store.ts';
import { AT, addProject, addTask } from '../support/builders.ts';
import { tempDir } from '../support/temp-dir.ts';

const event = { kind: 'comment.test', source: 'person', at: AT } as const;

function shelf(): { store: Store; add: (more?: Partial<Comment>) => Comment } {
  const store = openStore(join(tempDir(), 'claustre.db'));
  onTestFinished(() => store.close());
  addProject(store);
  addTask(store);
  const plain = { file: 'ä.ts', side: 'new', fromLine: 1, toLine: 2, quote: '+x\n y' } as const;
  const add = (more: Partial<Comment> = {}) =>
    store.write(() =>
      store.comments.add(
        { ...plain, taskId: 1, text: 'Why?', writtenAt: AT, sentAt: null, ...more },
        event,
      ),
    );
  return { store, add };
}

test('a comment comes back as it was, and as a draft until it is sent', () => {
  const { store, add } = shelf();
  const one = add();
  const two = add({ side: 'old', text: 'Größe\n👩‍🚀' });
  expect(store.comments.find(one.id)).toEqual(one);
  expect(store.comments.ofTask(1)).toEqual([one, two]);
  store.write(() => store.comments.markSent([one.id], AT, { ...event, taskId: 1 }));
  expect(store.comments.draftsOf(1)).toEqual([two]);
  expect(store.comments.find(one.id)?.sentAt).toBe(AT);
  expect(store.events.ofTask(1, 1)[0]?.data).toEqual({ comments: [one.id] });
});

test('its words can change, it can go, and no number is given twice', () => {
  const { store, add } = shelf();
  const one = add();
  store.write(() => store.comments.setText(one.id, 'Because.', '2030', event));
  expect(store.comments.find(one.id)).toEqual({ ...one, text: 'Because.', writtenAt: '2030' });
  store.write(() => store.comments.remove(one.id, event));
  expect(store.comments.find(one.id)).toBeNull();
  expect(add().id).toBeGreaterThan(one.id);
});

test('a file is viewed with the hash of what was seen', () => {
  const { store } = shelf();
  const mark = (file: string, hash: string) =>
    store.write(() => store.viewedFiles.mark({ taskId: 1, file, hash, at: AT }, event));
  mark('a', '1');
  mark('a', '2');
  mark('b', '3');
  expect(store.viewedFiles.ofTask(1)).toEqual({ a: '2', b: '3' });
  store.write(() => store.viewedFiles.unmark(1, 'a', event));
  expect(store.viewedFiles.ofTask(1)).toEqual({ b: '3' });
  expect(store.events.ofTask(1, 9)).toHaveLength(5);
});
