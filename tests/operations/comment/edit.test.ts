import { expect, test } from 'vitest';
import type { Comment } from '#domain/review/comment.ts';
import { editComment } from '#operations/comment/edit.ts';
import { listComments } from '#operations/comment/list.ts';
import { removeComment } from '#operations/comment/remove.ts';
import { removeTask } from '#operations/task/remove.ts';
import { restoreTask } from '#operations/task/restore.ts';
import { granted, refused, type Workshop, workshop } from '../../support/workshop.ts';

function withDraft(more: Partial<Comment> = {}) {
  const shop = workshop();
  const { id } = shop.addTask();
  const at = shop.app.clock.iso();
  const plain = { file: 'a', side: 'new', fromLine: 1, toLine: 1, quote: '+a' } as const;
  const draft = shop.app.store.write(() =>
    shop.app.store.comments.add(
      { ...plain, taskId: id, text: 'Why?', writtenAt: at, sentAt: null, ...more },
      { kind: 'comment.add', source: 'person', at },
    ),
  );
  return { shop, id, draft };
}

const kinds = (shop: Workshop, id: number) =>
  shop.app.store.events.ofTask(id, 9).map(({ kind }) => kind);

test('a draft gets other words', async () => {
  const { shop, id, draft } = withDraft();
  shop.app.clock.advance(1_000);
  const changed = granted(
    await editComment.run(shop.app, { comment: draft.id, text: 'Why not? ' }),
  );
  expect(changed).toEqual({ ...draft, text: 'Why not?', writtenAt: shop.app.clock.iso() });
  expect(shop.app.store.comments.find(draft.id)).toEqual(changed);
  granted(await editComment.run(shop.app, { comment: draft.id, text: 'Why not?' }));
  expect(kinds(shop, id).filter((kind) => kind === 'comment.edit')).toHaveLength(1);
});

test('a draft that is deleted leaves its words in the answer and in the event', async () => {
  const { shop, id, draft } = withDraft();
  const gone = granted(await removeComment.run(shop.app, { comment: draft.id }));
  expect(removeComment.describe?.(gone)).toContain('Why?');
  expect(shop.app.store.comments.ofTask(id)).toEqual([]);
  expect(shop.app.store.events.ofTask(id, 1)[0]?.data).toMatchObject({ text: 'Why?' });
});

test('what Claude was told is not changed afterwards', async () => {
  const { shop, draft } = withDraft({ sentAt: '2026' });
  const given = { comment: draft.id, text: 'x' };
  expect(refused(await editComment.run(shop.app, given)).reason).toContain('sent');
  expect(refused(await removeComment.run(shop.app, given)).reason).toContain('sent');
  expect(refused(await removeComment.run(shop.app, { comment: 99 })).code).toBe('not_found');
  expect(refused(await editComment.run(shop.app, { ...given, text: '' })).code).toBe('invalid');
});

test('the list has drafts and sent ones', async () => {
  const { shop, id, draft } = withDraft();
  const listed = granted(await listComments.run(shop.app, { task: id }));
  expect(listed).toEqual([draft]);
  expect(listComments.describe?.(listed)).toBe(`${draft.id} draft a:1\n   Why?`);
  expect(listComments.describe?.([])).toBe('No comments.');
  expect(refused(await listComments.run(shop.app, { task: 99 })).code).toBe('not_found');
});

test('a task that is removed and restored has its comments again', async () => {
  const { shop, id, draft } = withDraft();
  granted(await removeTask.run(shop.app, { task: id }));
  expect(shop.app.store.comments.ofTask(id)).toEqual([]);
  granted(await restoreTask.run(shop.app, { task: id }));
  const [back] = shop.app.store.comments.ofTask(id);
  expect(back).toEqual({ ...draft, id: back?.id });
});
