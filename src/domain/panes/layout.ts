/** The panes that a session begins with: a tree of splits. Exactly one leaf is Claude, the others are shells. */
export type PaneLayout = PaneLeaf | PaneSplit;

export interface PaneLeaf {
  readonly pane: 'claude' | 'shell';
}

export interface PaneSplit {
  /** `horizontal` puts them side by side, `vertical` one above the other. */
  readonly direction: 'horizontal' | 'vertical';
  /** Percent of the room that the first part gets, from 1 to 99. */
  readonly ratio: number;
  readonly first: PaneLayout;
  readonly second: PaneLayout;
}

export const CLAUDE_ALONE: PaneLayout = { pane: 'claude' };

/** What is wrong with a layout, and at which key of it. */
export interface LayoutProblem {
  readonly path: readonly string[];
  readonly problem: string;
}

export function isLayoutProblem(read: PaneLayout | LayoutProblem): read is LayoutProblem {
  return 'problem' in read;
}

/** Deeper than this no pane would have room. */
const MAX_DEPTH = 6;
const LEAVES = 'expected "claude" or "shell"';

/**
 * Reads a layout in either of its two spellings: leaves as texts (`first = "shell"`) with an optional `type = "split"`, or as tables
 * (`first = { pane = "shell" }`). The ratio is clamped. Returns the first thing that is wrong with it.
 */
export function readLayout(value: unknown): PaneLayout | LayoutProblem {
  const read = readNode(value, []);
  if (isLayoutProblem(read)) return read;
  const claudes = leavesOf(read).filter((leaf) => leaf === 'claude').length;
  if (claudes === 1) return read;
  const problem = `it has ${claudes === 0 ? 'no pane' : `${claudes} panes`} for "claude", expected exactly one`;
  return { path: [], problem };
}

function leavesOf(layout: PaneLayout): string[] {
  if ('pane' in layout) return [layout.pane];
  return [...leavesOf(layout.first), ...leavesOf(layout.second)];
}

function readNode(value: unknown, path: readonly string[]): PaneLayout | LayoutProblem {
  const wrong = (key: string | null, problem: string): LayoutProblem => ({
    path: key === null ? path : [...path, key],
    problem,
  });
  if (path.length > MAX_DEPTH) return wrong(null, `it is nested deeper than ${MAX_DEPTH} splits`);
  if (typeof value === 'string') return readLeaf(value) ?? wrong(null, LEAVES);
  if (!isTable(value)) return wrong(null, `${LEAVES}, or a table with "first" and "second"`);
  const allowed = 'pane' in value ? LEAF_KEYS : SPLIT_KEYS;
  const unknown = Object.keys(value).find((key) => !allowed.includes(key));
  if (unknown !== undefined) return wrong(unknown, `expected one of ${allowed.join(', ')}`);
  if ('pane' in value) return readLeaf(value.pane) ?? wrong('pane', LEAVES);
  if (value.type !== undefined && value.type !== 'split') return wrong('type', 'expected "split"');
  const { direction = 'horizontal', ratio = 50 } = value;
  if (direction !== 'horizontal' && direction !== 'vertical') {
    return wrong('direction', 'expected "horizontal" (side by side) or "vertical"');
  }
  if (typeof ratio !== 'number' || !Number.isFinite(ratio)) {
    return wrong('ratio', 'expected a number from 1 to 99');
  }
  for (const key of ['first', 'second']) {
    if (value[key] === undefined) return wrong(null, `"${key}" is missing: ${LEAVES}, or a split`);
  }
  const first = readNode(value.first, [...path, 'first']);
  if (isLayoutProblem(first)) return first;
  const second = readNode(value.second, [...path, 'second']);
  if (isLayoutProblem(second)) return second;
  return { direction, ratio: Math.max(1, Math.min(99, Math.round(ratio))), first, second };
}

const LEAF_KEYS = ['pane', 'type'];
const SPLIT_KEYS = ['type', 'direction', 'ratio', 'first', 'second'];

function readLeaf(value: unknown): PaneLeaf | null {
  return value === 'claude' || value === 'shell' ? { pane: value } : null;
}

function isTable(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** One pane to open. Panes are numbered in the order in which they are opened; number 0 is Claude's, which is there. */
export interface PaneStep {
  /** Number of the pane that gives up room. */
  readonly of: number;
  readonly side: 'left' | 'right' | 'up' | 'down';
  /** Percent of that pane's room that the new one gets. */
  readonly percent: number;
}

/** The splits that make a layout out of Claude's pane alone, in their order. */
export function stepsTo(layout: PaneLayout): PaneStep[] {
  const steps: PaneStep[] = [];
  const make = (node: PaneLayout, pane: number): void => {
    if ('pane' in node) return;
    const { direction, ratio, first, second } = node;
    // The pane that is there stays on Claude's side, or is the first of two shells.
    const before = leavesOf(second).includes('claude');
    const [opened, kept] = before ? [first, second] : [second, first];
    const sides =
      direction === 'horizontal' ? (['left', 'right'] as const) : (['up', 'down'] as const);
    const percent = before ? ratio : 100 - ratio;
    steps.push({ of: pane, side: before ? sides[0] : sides[1], percent });
    const number = steps.length;
    make(kept, pane);
    make(opened, number);
  };
  make(layout, 0);
  return steps;
}
