import { describe, expect, test } from 'vitest';
import { fakeOperations, KEYS, mountDashboard } from '../../../support/dashboard.tsx';
import { reviewSnapshot } from '../../../support/review-snapshot.ts';

const LONG =
  'Squash-merge acme/web-shop#46 "Count the last item in the basket, too, and say so in the mail" (14 commits, head 1234567, 12 checks passed; optional e2e failed, approved by ada, bob) into main? Also: retarget #47, #48, #49 to main first; delete task/count-the-last-item-0a1b2c3d on origin; then end the session (12 uncommitted files are saved).';

describe('a question before something is done', () => {
  const ask = async (question: string, columns: number, rows: number): Promise<string> => {
    const { operations } = fakeOperations({ mergeTask: { confirm: () => question } });
    const view = { taskId: 6 };
    const dashboard = await mountDashboard(reviewSnapshot(), { columns, rows, view, operations });
    await dashboard.press('m');
    const shown = await dashboard.frame();
    await dashboard.press(KEYS.esc);
    return shown;
  };
  const words = (frame: string): string => frame.replace(/[│╭╮╰╯─\s]+/g, ' ');

  test.each([
    [60, 20],
    [80, 24],
    [120, 40],
  ])('is there to its end in %i x %i cells', async (columns, rows) => {
    const frame = await ask(LONG, columns, rows);
    expect(words(frame)).toContain('(12 uncommitted files are saved).');
    expect(frame).toContain('y yes');
  });

  test('leaves the row that it is about in view where there is room', async () => {
    expect(await ask('Merge #46?', 60, 20)).toContain('▸ ◐ in review #6');
    expect(await ask(LONG, 60, 20)).not.toContain('▸ ◐ in review #6');
    expect(await ask(LONG, 120, 40)).toContain('▸ ◐ in review');
  });

  test('keeps its keys on the last row where it fills everything else', async () => {
    const frame = await ask(LONG.repeat(3), 60, 20);
    expect(frame.match(/y yes/g)).toHaveLength(1);
    expect(frame.split('\n').at(-1)).toContain('y yes  n no');
  });
});
