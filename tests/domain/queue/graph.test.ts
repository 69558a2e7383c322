import { describe, expect, test } from 'vitest';
import type { Until } from '#domain/dependency.ts';
import { around, type GraphRow, graphRows, openGroups } from '#domain/queue/graph.ts';

const edge = (taskId: number, afterId: number, until: Until = 'done', met = false) => ({
  taskId,
  afterId,
  until,
  met,
});

/** A diamond with a tail, and a pair beside it. */
const EDGES = [edge(2, 1), edge(3, 1), edge(4, 2), edge(4, 3, 'merged'), edge(5, 4), edge(11, 10)];

function drawn(rows: readonly GraphRow[]): string[] {
  return rows.map(({ id, more, also, isAgain }) => {
    const others = also.map((each) => `+${each.id}`).join('');
    return `${more.map((goesOn) => (goesOn ? '|' : ' ')).join('')}${id}${others}${isAgain ? ' again' : ''}`;
  });
}

test('a task with several parents is drawn once, and referred to below the others', () => {
  const rows = graphRows(new Set([1, 2, 3, 4, 5, 10, 11]), EDGES);
  expect(drawn(rows)).toEqual(['1', '|2', '| 4+3', '|  5', ' 3', '  4 again', '10', ' 11']);
  expect(rows[5]).toMatchObject({ until: 'merged', met: false });
});

test('what lies outside is not drawn', () => {
  expect(drawn(graphRows(new Set([4, 5]), EDGES))).toEqual(['4', ' 5']);
});

test('forty tasks that all wait for each other are forty rows and their references', () => {
  const layers = Array.from({ length: 10 }, (_, layer) =>
    Array.from({ length: 4 }, (_, place) => layer * 4 + place + 1),
  );
  const edges = layers.flatMap((ids, layer) =>
    ids.flatMap((id) => (layers[layer - 1] ?? []).map((parent) => edge(id, parent))),
  );
  const rows = graphRows(new Set(layers.flat()), edges);
  expect(rows.filter(({ isAgain }) => !isAgain)).toHaveLength(40);
  expect(rows).toHaveLength(4 + edges.length);
});

test('a long row of tasks is drawn', () => {
  const edges = Array.from({ length: 2_000 }, (_, index) => edge(index + 2, index + 1));
  expect(graphRows(around(1, edges), edges)).toHaveLength(2_001);
});

describe('which tasks are shown', () => {
  test('of a task: what it waits for and what waits for it', () => {
    expect([...around(2, EDGES)].toSorted((a, b) => a - b)).toEqual([1, 2, 4, 5]);
    expect(around(99, EDGES)).toEqual(new Set([99]));
  });

  test('of a project: groups in which something is to be done', () => {
    const done = new Set([1, 10, 11]);
    const groups = openGroups(
      EDGES,
      (id) => done.has(id),
      () => true,
    );
    expect([...groups].toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5]);
    expect(
      openGroups(
        EDGES,
        () => false,
        (id) => id === 11,
      ),
    ).toEqual(new Set([11, 10]));
  });
});
