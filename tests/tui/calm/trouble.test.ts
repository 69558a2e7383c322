import { expect, test } from 'vitest';
import { ClaustreError } from '#domain/error.ts';
import { createDatabaseTrouble, setTrouble } from '#tui/calm/trouble.ts';
import { mountDashboard } from '../../support/dashboard.tsx';
import { fullSnapshot } from '../../support/snapshots.ts';

const gone = new ClaustreError('environment', 'The database is gone.', { hint: 'Put it back.' });

test('what is wrong is shown as long as it is so, beside what is said meanwhile', async () => {
  const { context, frame } = await mountDashboard(fullSnapshot());
  const tell = createDatabaseTrouble(context.state, context.toasts);
  tell(gone);
  expect(await frame()).toContain('The database is gone. Put it back.');
  context.toasts.show('Moved #1 up.', 'good');
  expect(await frame()).toMatch(/The database is gone\. Put it back\.\s*\n.*Moved #1 up\./);
  tell(null);
  expect(await frame()).not.toContain('gone');
});

test('two things that are wrong leave a row for what was said last', async () => {
  const { context, frame } = await mountDashboard(fullSnapshot());
  setTrouble(context.state, 'database', 'No database.');
  setTrouble(context.state, 'supervisor', 'No supervisor.');
  expect(await frame()).toMatch(/No database\.\s*\n.*No supervisor\./);
  context.toasts.show('Something.', 'bad');
  expect(await frame()).toMatch(/No database\.\s*\n.*Something\./);
});

test('a bug is told once, however often it happens, and is no lasting sentence', async () => {
  const { context, state } = await mountDashboard(fullSnapshot());
  const tell = createDatabaseTrouble(state, context.toasts);
  tell(new Error('bug'));
  const [first] = state.get().view.toasts;
  tell(new Error('bug'));
  expect(state.get().view.toasts).toEqual([first]);
  expect(state.get().view.troubles).toEqual({});
});

test('the same sentence again changes nothing', async () => {
  const { context, state } = await mountDashboard(fullSnapshot());
  setTrouble(context.state, 'database', 'No database.');
  const { view } = state.get();
  setTrouble(context.state, 'database', 'No database.');
  expect(state.get().view).toBe(view);
});
