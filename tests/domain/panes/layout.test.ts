import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isLayoutProblem, type PaneLayout, readLayout, stepsTo } from '#domain/panes/layout.ts';

const CLAUDE = { pane: 'claude' } as const;
const SHELL = { pane: 'shell' } as const;

/** The layout, or a failed test. */
function read(value: unknown): PaneLayout {
  const found = readLayout(value);
  if (isLayoutProblem(found)) throw new Error(`${found.path}: ${found.problem}`);
  return found;
}

describe('a layout', () => {
  test.each([
    [
      'texts',
      { type: 'split', direction: 'vertical', ratio: 30, first: 'shell', second: 'claude' },
    ],
    ['tables', { direction: 'vertical', ratio: 30, first: SHELL, second: CLAUDE }],
  ])('is read with its leaves as %s', (_, value) => {
    const expected = { direction: 'vertical', ratio: 30, first: SHELL, second: CLAUDE };
    expect(read(value)).toEqual(expected);
  });

  test('is side by side in halves when nothing else is said, and a leaf may stand alone', () => {
    const halves = { direction: 'horizontal', ratio: 50, first: CLAUDE, second: SHELL };
    expect(read({ first: 'claude', second: 'shell' })).toEqual(halves);
    expect(read(CLAUDE)).toEqual(CLAUDE);
  });

  test.each([
    [-5, 1],
    [0, 1],
    [33.4, 33],
    [120, 99],
  ])('has a ratio of %d clamped to %d', (ratio, clamped) => {
    const value = read({ ratio, first: 'claude', second: 'shell' });
    expect(value).toMatchObject({ ratio: clamped });
  });

  test.each([
    [{ first: 'shell', second: 'shell' }, [], 'it has no pane for "claude"'],
    [{ first: 'claude', second: 'claude' }, [], 'it has 2 panes for "claude"'],
    [SHELL, [], 'no pane'],
    [{ first: 'claude' }, [], '"second" is missing'],
    [{ first: 'claude', second: 'vim' }, ['second'], 'expected "claude" or "shell"'],
    [{ first: { pane: 'x' }, second: 'claude' }, ['first', 'pane'], 'expected "claude"'],
    [{ first: 'claude', second: 3 }, ['second'], 'expected "claude" or "shell", or a table'],
    [{ direction: 'up', first: 'claude', second: 'shell' }, ['direction'], 'side by side'],
    [{ ratio: '50', first: 'claude', second: 'shell' }, ['ratio'], 'a number from 1 to 99'],
    [{ type: 'tab', first: 'claude', second: 'shell' }, ['type'], 'expected "split"'],
    [{ frist: 'claude', second: 'shell' }, ['frist'], 'expected one of type, direction'],
    [
      { first: 'claude', second: { first: 'shell', second: { first: 'shell' } } },
      ['second', 'second'],
      '"second" is missing',
    ],
  ])('%j is wrong, and it is said where', (value, path, problem) => {
    const found = readLayout(value);
    expect(found).toMatchObject({ path, problem: expect.stringContaining(problem) });
  });

  test('is not nested without end', () => {
    let deep: object = { first: 'claude', second: 'shell' };
    for (let depth = 0; depth < 20; depth += 1) deep = { first: deep, second: 'shell' };
    expect(readLayout(deep)).toMatchObject({ problem: expect.stringContaining('nested deeper') });
  });
});

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Where each leaf of the tree is in a square of 1 × 1, from left to right in the tree. */
function boxes(layout: PaneLayout, box: Box): (Box & { pane: string })[] {
  if ('pane' in layout) return [{ ...box, pane: layout.pane }];
  const [one, other] = cut(box, layout.direction === 'horizontal', layout.ratio);
  return [...boxes(layout.first, one), ...boxes(layout.second, other)];
}

function cut(box: Box, sideways: boolean, percent: number): [Box, Box] {
  const share = percent / 100;
  const { x, y, width, height } = box;
  return sideways
    ? [
        { ...box, width: width * share },
        { ...box, x: x + width * share, width: width * (1 - share) },
      ]
    : [
        { ...box, height: height * share },
        { ...box, y: y + height * share, height: height * (1 - share) },
      ];
}

/** Does the steps as tmux would. */
function play(layout: PaneLayout): Box[] {
  const panes: Box[] = [{ x: 0, y: 0, width: 1, height: 1 }];
  for (const { of, side, percent } of stepsTo(layout)) {
    const from = panes[of];
    if (from === undefined) throw new Error(`No pane ${of} is there yet.`);
    const sideways = side === 'left' || side === 'right';
    const before = side === 'left' || side === 'up';
    const [one, other] = cut(from, sideways, before ? percent : 100 - percent);
    panes[of] = before ? other : one;
    panes.push(before ? one : other);
  }
  return panes;
}

const round = ({ x, y, width, height }: Box) => [x, y, width, height].map((n) => n.toFixed(6));

test('the steps make the layout, whatever it is, with Claude where it belongs', () => {
  const shells = fc.letrec<{ node: PaneLayout; split: PaneLayout; leaf: PaneLayout }>((tie) => ({
    leaf: fc.constant(SHELL),
    split: fc.record({
      direction: fc.constantFrom('horizontal' as const, 'vertical' as const),
      ratio: fc.integer({ min: 1, max: 99 }),
      first: tie('node'),
      second: tie('node'),
    }),
    node: fc.oneof({ depthSize: 'small', withCrossShrink: true }, tie('leaf'), tie('split')),
  })).node;
  const withClaude = (node: PaneLayout, turns: readonly boolean[]): PaneLayout => {
    if ('pane' in node) return CLAUDE;
    const [second, ...rest] = turns;
    return second
      ? { ...node, second: withClaude(node.second, rest) }
      : { ...node, first: withClaude(node.first, rest) };
  };
  void fc.assert(
    fc.property(shells, fc.array(fc.boolean()), (tree, turns) => {
      const layout = withClaude(tree, turns);
      const wanted = boxes(layout, { x: 0, y: 0, width: 1, height: 1 });
      const [claude, ...others] = play(layout);
      const wantedClaude = wanted.find(({ pane }) => pane === 'claude');
      expect(claude && round(claude)).toEqual(wantedClaude && round(wantedClaude));
      const sorted = (list: readonly Box[]) => list.map((box) => round(box).join()).sort();
      expect(sorted(others)).toEqual(sorted(wanted.filter(({ pane }) => pane === 'shell')));
    }),
  );
});
