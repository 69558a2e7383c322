import { describe, expect, test } from 'vitest';
import type { App, Pane, TmuxClient } from '#app.ts';
import { refuse } from '#domain/error.ts';
import type { Overlay } from '#tui/picture/overlay.ts';
import { createPicture, lastRows } from '#tui/picture.ts';
import { waitFor } from '../support/wait-for.ts';

const SIZE = { columns: 100, rows: 30 };
const AREA = { x: 2, y: 5, width: 20, height: 3 };
const TARGET = { session: 's-1', pane: '%1' };

function setUp(panes: Partial<Pane>[], screen: string[] = ['one', 'two', 'three', 'four', '']) {
  const notes: (string | null)[] = [];
  const shown: string[][] = [];
  let connections = 0;
  let end: () => void = () => undefined;
  const client: TmuxClient = {
    panes: async () => panes as Pane[],
    capture: async () => screen,
    watch: () => () => undefined,
    setLabel: async () => undefined,
    setNeeds: async () => undefined,
    onClose: (callback) => {
      end = callback;
    },
    close: () => undefined,
  };
  const tmux = {
    connect: async () => {
      connections += 1;
      return client;
    },
  } as unknown as App['tmux'];
  const overlay = {
    setRectangle: () => undefined,
    setRows: (rows: string[]) => void shown.push(rows),
  } as unknown as Parameters<typeof createPicture>[1];
  const picture = createPicture(tmux, overlay, (note) => void notes.push(note));
  return { picture, notes, shown, connections: () => connections, end: () => end() };
}

describe('the picture', () => {
  test('shows the end of the pane, where the prompt is', async () => {
    const { picture, shown, connections } = setUp([TARGET]);
    expect(connections()).toBe(0);
    picture.place(AREA, SIZE);
    picture.follow(TARGET);
    await waitFor('rows', () => shown.length > 0);
    expect(shown[0]).toEqual(['two', 'three', 'four']);
    picture.close();
  });

  test('of a pane number that is another session’s now is not shown', async () => {
    const { picture, notes, shown } = setUp([{ session: 'other', pane: '%1' }]);
    picture.place(AREA, SIZE);
    picture.follow(TARGET);
    await waitFor('the note', () => notes.includes('The pane of this session is gone.'));
    expect(shown).toEqual([]);
    picture.close();
  });

  test('is shown again after its cells were taken by a dialog, or by a resize', async () => {
    const { picture, shown } = setUp([TARGET]);
    picture.place(AREA, SIZE);
    picture.follow(TARGET);
    await waitFor('rows', () => shown.length === 1);
    picture.place(null, SIZE);
    picture.place(AREA, SIZE);
    await waitFor('rows again', () => shown.length === 2);
    picture.place(AREA, { columns: 101, rows: 30 });
    await waitFor('rows a third time', () => shown.length === 3);
    picture.close();
  });

  test('a tmux that cannot be reached is a sentence', async () => {
    const notes: (string | null)[] = [];
    const tmux = {
      connect: async () => refuse('tmux is not installed.'),
    } as unknown as App['tmux'];
    const overlay = { setRectangle: () => undefined } as unknown as Parameters<
      typeof createPicture
    >[1];
    const picture = createPicture(tmux, overlay, (note) => void notes.push(note));
    picture.follow(TARGET);
    await waitFor('the note', () => notes.includes('No picture: tmux is not installed.'));
    picture.close();
  });

  test('is settled once its client is connected, or cannot be', async () => {
    const { picture, shown } = setUp([TARGET]);
    await picture.settled();
    picture.place(AREA, SIZE);
    picture.follow(TARGET);
    await picture.settled();
    await waitFor('rows', () => shown.length === 1);
    picture.close();
    const broken = { connect: () => Promise.reject(new Error('no tmux')) };
    const overlay = { setRectangle: () => undefined } as unknown as Overlay;
    const other = createPicture(broken as unknown as App['tmux'], overlay, () => undefined);
    other.follow(TARGET);
    await other.settled();
    other.close();
  });

  test('connects anew when the client ended', async () => {
    const { picture, shown, connections, end } = setUp([TARGET]);
    picture.place(AREA, SIZE);
    picture.follow(TARGET);
    await waitFor('rows', () => shown.length === 1);
    end();
    await waitFor('a second client', () => connections() === 2);
    await waitFor('rows again', () => shown.length === 2);
    picture.close();
  });
});

test.each([
  [['a', 'b', 'c'], 2, [1, 3]],
  [['a', '', ''], 2, [0, 2]],
  [['a', 'b', '', ''], 2, [0, 2]],
  [['a'], 3, [0, 1]],
  [['', '', ''], 2, [0, 2]],
])('of the rows %j in %i cells those are shown', (rows, height, range) => {
  expect(lastRows(rows, height)).toEqual(range);
});
