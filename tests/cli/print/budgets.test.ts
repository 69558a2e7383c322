import { expect, test } from 'vitest';
import { printBudgets } from '#cli/print/budgets.ts';
import { createPaint } from '#cli/style.ts';

const sheet = { width: null, paint: createPaint(false), now: 0 };
const budget = { scope: 'task', task: 12, project: null, capUsd: 5, spentUsd: 4.8 } as const;

test('each budget says what is spent, left and not known', () => {
  const text = printBudgets(
    [
      { ...budget, leftUsd: 0.2, unknownAttempts: 2, holds: [] },
      { ...budget, scope: 'day', task: null, leftUsd: 0, unknownAttempts: 0, holds: [3, 4] },
      {
        ...{ ...budget, scope: 'project', task: null, project: 'app', capUsd: null },
        ...{ leftUsd: null, unknownAttempts: 0, holds: [] },
      },
    ],
    sheet,
  );
  expect(text).toMatch(/task +#12 +at least \$4.80 \(2 attempts unknown\) +\$5.00 +\$0.20/);
  expect(text).toMatch(/today +\$4.80 +\$5.00 +\$0.00 +#3 #4/);
  expect(text).toMatch(/project +app +\$4.80 +none/);
});

test('without a project nothing is spent', () => {
  expect(printBudgets([], sheet)).toContain('nothing is spent');
});
