import { expect, test } from 'vitest';
import { addComment } from '#operations/comment/add.ts';
import { granted, launchedTask, refused, workshop } from '../../support/workshop.ts';

async function withDiff() {
  const shop = workshop();
  const { id, session } = await launchedTask(shop);
  shop.repo.commit({ 'src/a.txt': 'one\ntwo\nthree\n' }, session.worktree);
  const add = (place: string, text = 'Why?', more = {}) =>
    addComment.run(shop.app, { task: id, place, text, old: false, ...more });
  return { shop, id, add };
}

test('a comment is a draft with its lines as they stand in the diff', async () => {
  const { shop, id, add } = await withDiff();
  const comment = granted(await add('src/a.txt:2-3', ' Why?\n'));
  expect(comment).toMatchObject({
    ...{ file: 'src/a.txt', side: 'new', fromLine: 2, toLine: 3, text: 'Why?', sentAt: null },
    quote: '+two\n+three',
  });
  expect(shop.app.store.comments.ofTask(id)).toEqual([comment]);
  expect(addComment.describe?.(comment)).toContain(`claustre send-comments ${id}`);
});

test('who sees the lines says them, and nothing is read again', async () => {
  const { shop, id } = await withDiff();
  shop.app.git.diff = () => Promise.reject(new Error('read again'));
  const input = { task: id, place: 'gone.txt:7', text: 'x', old: true, quote: '-was' };
  expect(granted(await addComment.run(shop.app, input))).toMatchObject({
    ...{ file: 'gone.txt', side: 'old', fromLine: 7, quote: '-was' },
  });
});

test('lines that are not in the diff, and what is no place or no words, are refused', async () => {
  const { shop, add } = await withDiff();
  expect(refused(await add('src/a.txt:9')).code).toBe('not_found');
  expect(refused(await add('other.txt:1')).hint).toContain('claustre diff');
  expect(refused(await add('src/a.txt')).code).toBe('invalid');
  expect(refused(await add('src/a.txt:1', '  ')).code).toBe('invalid');
  const bare = shop.addTask();
  const no = await addComment.run(shop.app, { task: bare.id, place: 'a:1', text: 'x', old: false });
  expect(refused(no).reason).toContain('no worktree');
  expect(refused(await add('a:1', 'x', { task: 99, quote: '+a' })).code).toBe('not_found');
});
