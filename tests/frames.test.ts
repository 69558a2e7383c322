import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { App, Snapshot } from '#app.ts';
import type { Until } from '#domain/dependency.ts';
import type { DependencyGraph } from '#operations/dependency/graph.ts';
import { fakeOperations, KEYS, mountDashboard, NOW } from './support/dashboard.tsx';
import { aComment, aReading } from './support/diff-reading.ts';
import { fixingSnapshot } from './support/fixing-snapshot.ts';
import { queueSnapshot } from './support/queue-snapshot.ts';
import { reviewSnapshot, someProof } from './support/review-snapshot.ts';
import { aSnapshot, fullSnapshot, troubleSnapshot } from './support/snapshots.ts';
import { taskViewOf } from './support/task-view.ts';

const SIZES = [
  [60, 20],
  [80, 24],
  [120, 40],
  [200, 60],
] as const;

const QUARTER_AGO = new Date(NOW - 15 * 60_000).toISOString();

const SCENES: Record<string, () => Snapshot> = {
  empty: () => aSnapshot(),
  full: fullSnapshot,
  trouble: troubleSnapshot,
  review: reviewSnapshot,
  fixing: fixingSnapshot,
  queue: queueSnapshot,
  paused: () => queueSnapshot({ queue: { pausedAt: QUARTER_AGO, pauseReason: 'release' } }),
};

const CASES = Object.keys(SCENES).flatMap((scene) =>
  SIZES.map(([columns, rows]) => ({ scene, columns, rows })),
);

const APP = {
  config: { forProject: () => ({ task: { mode: 'supervised', push: 'pr' } }) },
} as unknown as App;

const DIALOG_OPERATIONS = {
  showTask: {
    run: () =>
      taskViewOf({
        id: 4,
        title: 'Upgrade to Node 24',
        prompt: 'Upgrade everything.\n\nThen run all tests.',
        createdAt: '2026-01-01T10:00:00.000Z',
        subtasks: [
          { text: 'Upgrade', done: true },
          { text: 'Run the tests', done: false },
        ],
      }),
  },
  taskEvents: { run: () => [] },
  readDiff: { run: () => aReading({ comments: [aComment()] }) },
  lookAtRepository: {
    run: () => ({
      path: '/home/ada/code/shop',
      name: 'shop',
      remote: 'origin',
      forge: { host: 'github.com', repository: 'ada/shop' },
      defaultBranch: 'main',
    }),
  },
  completePath: {
    run: () => ({
      folders: Array.from({ length: 11 }, (_, index) => ({
        path: `~/code/folder-${index}/`,
        name: `folder-${index}`,
        isRepository: index === 2,
      })),
      more: 0,
      nowhere: false,
    }),
  },
  dependencyGraph: { run: () => GRAPH },
  removeTask: {
    confirm: () => 'Delete #4 "Upgrade to Node 24"? 2 commits are saved first; z brings it back.',
  },
};

/** A diamond with what is in its way. */
const GRAPH = ((): DependencyGraph => {
  const node = (id: number, title: string, trouble: string | null = null) =>
    ({ id, title, status: 'pending', project: 'app', trouble }) as const;
  const edge = (taskId: number, afterId: number, until: Until = 'done') => ({
    ...{ taskId, afterId, until },
    met: false,
  });
  return {
    ...{ project: 'app', task: 4 },
    tasks: [
      node(3, 'Count the last item, too'),
      node(4, 'Upgrade to Node 24'),
      node(5, 'Use what Node 24 brings', '#3 is in error'),
      node(60, 'Say in the notes of the release what came with the new Node', '#3 is in error'),
      node(61, 'Release', 'held: killed'),
    ],
    edges: [edge(5, 3), edge(5, 4, 'pr_green'), edge(60, 5), edge(60, 4, 'merged'), edge(61, 60)],
  };
})();

const REVIEWED = taskViewOf({
  ...{ id: 6, title: 'Two have approved it', prompt: 'Count the last item, too.' },
  ...{ status: 'in_review', turn: { of: 'you', text: 'ready to merge' } },
});

const DIALOG_KEYS: Record<string, string[]> = {
  form: ['n', 'Fix the parser.', KEYS.altEnter, 'Then rest.', KEYS.shiftTab, 'kill it', KEYS.enter],
  project: ['a', 'shop'],
  folders: ['a', KEYS.tab, '~/code/'],
  confirm: ['d'],
  help: ['?'],
  details: ['v'],
  history: ['H'],
  checks: ['c'],
  graph: ['t', 'jj'],
  working: [KEYS.up, KEYS.up],
  waiting: ['w'],
  question: ['w', 'w', '2', '1'],
  reason: ['w', 'n', 'Use the script.'],
  subtasks: ['s', KEYS.up],
  diff: ['D'],
  comment: ['D', 'jjj', 'V', 'j', 'c', 'Why both?'],
  palette: [':', 'pro'],
  ask: [':', 'priority', KEYS.enter],
};

/** Dialogs of a task that has a worktree, or a pull request. */
const TASKS: Record<string, number> = { diff: 1, comment: 1, checks: 3 };

/** What comes a moment after the keys. */
const DIALOG_ANSWERS: Record<string, string> = { project: '✓ /home/ada', folders: '✓ /home/ada' };

const DIALOGS = Object.entries(DIALOG_KEYS).flatMap(([name, keys]) =>
  [[40, 12] as const, ...SIZES].map(([columns, rows]) => ({
    name,
    keys,
    columns,
    rows,
    view: { taskId: TASKS[name] ?? 4 },
  })),
);

const GOLDEN = join(import.meta.dirname, 'tui', 'frames');
const compared = new Set<string>();

function compare(name: string, shown: string): void {
  const frame = `${shown}\n`;
  const path = join(GOLDEN, `frames-${name}.txt`);
  compared.add(basename(path));
  if (process.env.GOLDEN === 'write') {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, frame);
  }
  expect(frame).toBe(existsSync(path) ? readFileSync(path, 'utf8') : '(no such file)');
}

describe('the whole screen', () => {
  test.each(CASES)('$scene at $columns x $rows is as it was', async ({ scene, columns, rows }) => {
    const dashboard = await mountDashboard(SCENES[scene]?.() ?? aSnapshot(), {
      ...{ columns, rows, view: scene === 'review' ? { taskId: 6 } : {} },
    });
    compare(`${scene}-${columns}x${rows}`, await dashboard.frame());
  });

  test.each(DIALOGS)('$name at $columns x $rows is as it was', async (scene) => {
    const { name, columns, rows, keys, view } = scene;
    const { operations } = fakeOperations(DIALOG_OPERATIONS);
    const dashboard = await mountDashboard(troubleSnapshot(), {
      ...{ columns, rows, view, operations, app: APP },
    });
    await dashboard.press(...keys);
    await dashboard.see(DIALOG_ANSWERS[name] ?? '');
    compare(`${name}-${columns}x${rows}`, await dashboard.frame());
  });

  const sizes = [40, 41, 59, 60, 71, 72, 79, 80, 99, 100, 120, 200].flatMap((columns) =>
    [12, 13, 16, 17, 24, 50].map((rows) => ({ columns, rows })),
  );
  test('fills the terminal and never overflows it, whatever its size', async () => {
    for (const { columns, rows } of sizes) {
      const dashboard = await mountDashboard(troubleSnapshot(), { columns, rows });
      const lines = (await dashboard.frame()).split('\n');
      expect(lines[0], `${columns}x${rows}`).toMatch(/^ claustre/);
      expect(lines.at(-1), `${columns}x${rows}`).toContain('help');
      const hasTabs = columns >= 72 && rows >= 24;
      if (hasTabs) expect(lines[1], `${columns}x${rows}`).toMatch(/^ +◆?. #\d+ /);
      expect(lines[hasTabs ? 2 : 1], `${columns}x${rows}`).toMatch(/╮$/);
      expect(lines[rows - 3], `${columns}x${rows}`).toMatch(/^╰.*╯$/);
    }
  });

  test.each(SIZES)('what speaks for a merge at %i x %i is as it was', async (columns, rows) => {
    const snapshot = reviewSnapshot();
    const { operations } = fakeOperations({
      showTask: { run: () => ({ ...REVIEWED, proof: someProof(snapshot) }) },
      taskEvents: { run: () => [] },
    });
    const view = { taskId: 6 };
    const dashboard = await mountDashboard(snapshot, { columns, rows, view, operations, app: APP });
    await dashboard.press('v');
    compare(`proof-${columns}x${rows}`, await dashboard.frame());
  });

  test('is one sentence when the terminal is too small', async () => {
    const dashboard = await mountDashboard(fullSnapshot(), { columns: 39, rows: 11 });
    expect(await dashboard.frame()).toContain('claustre needs 40x12 cells');
  });

  test('follows a resize and stays whole', async () => {
    const dashboard = await mountDashboard(fullSnapshot(), { columns: 120, rows: 40 });
    dashboard.terminal.resize(80, 24);
    await dashboard.see(/2 need you\s*\n/);
    const lines = (await dashboard.frame()).split('\n');
    expect(lines[21]).toMatch(/^╰.*╯╰.*╯$/);
    expect(lines[23]).toContain('q quit');
  });

  test.each(SIZES)('a pane that is typed into at %i x %i is as it was', async (columns, rows) => {
    const view = { taskId: 1, typing: 1, focus: 'session' as const };
    const dashboard = await mountDashboard(troubleSnapshot(), { columns, rows, view });
    compare(`typing-${columns}x${rows}`, await dashboard.frame());
  });

  test('no golden file is left of a frame that is not drawn', () => {
    const stray = readdirSync(GOLDEN).filter((name) => !compared.has(name));
    if (process.env.GOLDEN === 'write') for (const name of stray) rmSync(join(GOLDEN, name));
    else expect(stray).toEqual([]);
  });
});
