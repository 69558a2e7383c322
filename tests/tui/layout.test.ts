import { describe, expect, test } from 'vitest';
import { factRows, layOutDashboard, pictureArea } from '#tui/layout.ts';
import { FOCUSES } from '#tui/view.ts';

describe('the layout', () => {
  test('fills the main area without a gap or an overlap at every size', () => {
    for (let columns = 40; columns <= 260; columns += 1) {
      for (let rows = 12; rows <= 70; rows += 1) {
        for (const focus of FOCUSES) {
          for (const [withTabs, typing] of [
            [false, false],
            [true, false],
            [false, true],
            [true, true],
          ]) {
            const layout = layOutDashboard({ columns, rows }, focus, withTabs, typing);
            const panels = [
              ...[layout?.projects, layout?.statistics, layout?.usage],
              ...[layout?.tasks, layout?.session],
            ];
            let cells = 0;
            for (const area of [...panels, layout?.tabs])
              cells += area ? area.width * area.height : 0;
            expect(cells, `${columns}x${rows} ${focus}`).toBe(columns * (rows - 3));
          }
        }
      }
    }
  });

  test('has two columns from 72 columns on, one panel at a time below', () => {
    expect(layOutDashboard({ columns: 72, rows: 24 }, 'tasks')?.narrow).toBe(false);
    const narrow = layOutDashboard({ columns: 71, rows: 24 }, 'session');
    expect(narrow).toMatchObject({ narrow: true, tasks: null, projects: null });
    expect(narrow?.session).not.toBeNull();
  });

  test('has a row of tabs from 72 columns and 24 rows on, when there are sessions', () => {
    const tabs = { x: 0, y: 1, width: 72, height: 1 };
    const size = { columns: 72, rows: 24 };
    expect(layOutDashboard(size, 'tasks', true)).toMatchObject({ tabs, stage: { y: 2 } });
    expect(layOutDashboard(size, 'tasks')?.tabs).toBeNull();
    expect(layOutDashboard({ ...size, rows: 23 }, 'tasks', true)?.tabs).toBeNull();
    expect(layOutDashboard({ ...size, columns: 71 }, 'tasks', true)?.tabs).toBeNull();
  });

  test('is none when the terminal is too small', () => {
    expect(layOutDashboard({ columns: 39, rows: 24 }, 'tasks')).toBeNull();
    expect(layOutDashboard({ columns: 80, rows: 11 }, 'tasks')).toBeNull();
  });

  test('depends on the focus only where one panel has room', () => {
    const sizes = FOCUSES.map((focus) => layOutDashboard({ columns: 100, rows: 30 }, focus));
    expect(sizes[0]).toEqual(sizes[1]);
    expect(sizes[1]).toEqual(sizes[2]);
  });

  test('a pane that is typed into has most of the room', () => {
    const heightOf = (columns: number, rows: number) =>
      pictureArea(layOutDashboard({ columns, rows }, 'session', false, true)?.session ?? null, true)
        ?.height;
    expect([heightOf(60, 20), heightOf(80, 24), heightOf(120, 40), heightOf(200, 50)]).toEqual([
      14, 18, 27, 37,
    ]);
    expect(layOutDashboard({ columns: 120, rows: 40 }, 'session', false, true)?.tasks?.height).toBe(
      7,
    );
    expect(layOutDashboard({ columns: 80, rows: 24 }, 'session', false, true)?.tasks).toBeNull();
  });

  test('the picture lies inside the session panel', () => {
    const session = layOutDashboard({ columns: 120, rows: 40 }, 'tasks')?.session ?? null;
    const picture = pictureArea(session);
    if (session === null || picture === null) throw new Error('no area');
    expect(picture.x).toBe(session.x + 2);
    expect(picture.x + picture.width).toBe(session.x + session.width - 2);
    expect(picture.y + picture.height).toBe(session.y + session.height - 1);
    expect(pictureArea({ x: 0, y: 0, width: 100, height: 8 })).toBeNull();
  });

  test('a low session panel has a row less for facts', () => {
    const at = (height: number) => factRows({ x: 0, y: 0, width: 100, height });
    expect([at(12), at(13), at(14), at(40)]).toEqual([4, 4, 5, 5]);
  });
});
