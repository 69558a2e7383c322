import { describe, expect, test } from 'vitest';
import type { App } from '#app.ts';
import { KEYS, mountDashboard } from '../../support/dashboard.tsx';
import { fixingSnapshot } from '../../support/fixing-snapshot.ts';
import { aSnapshot, fullSnapshot, troubleSnapshot } from '../../support/snapshots.ts';

const lastRow = async (dashboard: Awaited<ReturnType<typeof mountDashboard>>) =>
  (await dashboard.frame()).split('\n').at(-1) ?? '';

describe('the hints', () => {
  test('are those of the focused panel, made of the keymap', async () => {
    const dashboard = await mountDashboard(fullSnapshot());
    expect(await lastRow(dashboard)).toMatch(
      /^ Enter session {2}l launch {2}m merge {2}o PR {2}D diff .*: commands {2}\? help {2}q quit/,
    );
    await dashboard.press('1');
    expect(await lastRow(dashboard)).not.toContain('kill');
  });

  test('do not offer what is going on already, nor a list with nothing in it', async () => {
    const dashboard = await mountDashboard(troubleSnapshot(), { view: { taskId: 1 } });
    expect(await lastRow(dashboard)).toMatch(/^ Enter session {2}D diff {2}n new {2}r done {2}/);
    expect(await lastRow(dashboard)).not.toContain('launch');
    const calm = await mountDashboard(aSnapshot());
    expect(await lastRow(calm)).not.toContain('needs you');
  });

  test('are few, and only of what can be done with what is selected', async () => {
    const dashboard = await mountDashboard(fullSnapshot(), { columns: 200, view: { taskId: 6 } });
    const row = await lastRow(dashboard);
    expect(row).toContain('e edit');
    expect(row).not.toMatch(/session|merge|PR/);
    expect(row.match(/\S+ [a-z ]+(?: {2}|$)/g)?.length).toBeLessThanOrEqual(8);
  });

  test('tell of what mends it, not of the merge that something stands against', async () => {
    const dashboard = await mountDashboard(fixingSnapshot(), { view: { taskId: 3 } });
    expect(await lastRow(dashboard)).toContain('f fix  o PR');
    expect(await lastRow(dashboard)).not.toContain('merge');
    const behind = await mountDashboard(fixingSnapshot(), { view: { taskId: 7 } });
    expect(await lastRow(behind)).toContain('m merge  o PR');
  });

  test('do not offer to have it fixed where that is switched off', async () => {
    const dashboard = await mountDashboard(fixingSnapshot(), { view: { taskId: 4 } });
    expect(await lastRow(dashboard)).toContain('o PR');
    expect(await lastRow(dashboard)).not.toMatch(/fix|merge/);
  });

  test('are those of the dialog that is open', async () => {
    const dashboard = await mountDashboard(fullSnapshot());
    await dashboard.press('/');
    expect(await lastRow(dashboard)).toContain('Enter keep  Esc show all  Alt+? help');
    await dashboard.press(KEYS.esc, '?');
    expect(await lastRow(dashboard)).toContain('Esc close');
  });

  test('while a pane is typed into tell the one key that is not the pane’s', async () => {
    const dashboard = await mountDashboard(fullSnapshot());
    dashboard.state.update((view) => ({ ...view, typing: 4 }));
    expect(await lastRow(dashboard)).toBe(' typing into #4  Ctrl+Q back to the dashboard');
  });

  test('of tasks are left out where there is none', async () => {
    const dashboard = await mountDashboard(aSnapshot());
    expect(await lastRow(dashboard)).toMatch(/^ a add project {2}/);
    expect(await lastRow(dashboard)).not.toMatch(/launch|new/);
  });

  test('of a form are those of the field that has the focus', async () => {
    const app = {
      config: { forProject: () => ({ task: { mode: 'supervised', push: 'pr' } }) },
    } as unknown as App;
    const dashboard = await mountDashboard(fullSnapshot(), { app });
    await dashboard.press('n');
    const inPrompt = await lastRow(dashboard);
    expect(inPrompt).toMatch(/Enter save {2}Tab next field {2}Alt\+Enter new line {2}Esc leave/);
    expect(inPrompt).toContain('Alt+? help');
    await dashboard.press(KEYS.tab);
    expect(await lastRow(dashboard)).toMatch(/Enter save {2}←\/→ choose {2}Tab next field {2}Esc/);
    await dashboard.press(KEYS.tab);
    expect(await lastRow(dashboard)).toMatch(/Enter save {2}Tab next field {2}Esc leave/);
    await dashboard.press(KEYS.shiftTab, KEYS.shiftTab, KEYS.shiftTab);
    expect(await lastRow(dashboard)).toMatch(/Ctrl\+S save {2}Enter add step {2}Tab next field/);
  });

  test('make way for what is said last beside an error that stands', async () => {
    const dashboard = await mountDashboard(fullSnapshot());
    dashboard.context.toasts.show('It broke.', 'bad');
    dashboard.context.toasts.show('It went on.', 'good');
    const rows = (await dashboard.frame()).split('\n');
    expect(rows.at(-2)).toMatch(/^ ✗ It broke\./);
    expect(rows.at(-1)).toMatch(/^ ✓ It went on\./);
  });

  test('of a dialog stay, however long the good news is', async () => {
    const dashboard = await mountDashboard(fullSnapshot(), { columns: 60, rows: 20 });
    dashboard.context.toasts.show(`${'many words '.repeat(8)}and an end`, 'good');
    await dashboard.press('?');
    expect(await lastRow(dashboard)).toContain('Esc close');
    expect((await dashboard.frame()).split('\n').at(-2)).toMatch(/^ ✓ many words/);
  });

  test('make way for the second row of a long toast', async () => {
    const dashboard = await mountDashboard(fullSnapshot(), { columns: 60, rows: 20 });
    dashboard.context.toasts.show(`${'many words '.repeat(8)}and an end`, 'bad');
    const rows = (await dashboard.frame()).split('\n');
    expect(rows.at(-2)).toMatch(/^ ✗ many words/);
    expect(rows.at(-1)).toContain('and an end');
  });
});
