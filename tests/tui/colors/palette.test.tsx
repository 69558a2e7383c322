import { expect, test } from 'vitest';
import { isRefusal } from '#domain/error.ts';
import { paletteOf } from '#tui/colors/palette.ts';
import { createTheme, type Theme } from '#tui/theme.ts';
import { mountDashboard } from '../../support/dashboard.tsx';
import { troubleSnapshot } from '../../support/snapshots.ts';

function theme(...given: Parameters<typeof createTheme>): Theme {
  const made = createTheme(...given);
  if (isRefusal(made)) throw new Error(made.reason);
  return made;
}

async function looks(given: Theme): Promise<string[]> {
  const { frame, terminal } = await mountDashboard(troubleSnapshot(), { theme: given });
  await frame();
  const cells = Array.from({ length: 30 }, (_, y) =>
    Array.from({ length: 100 }, (__, x) => terminal.screen.cell(x, y).replace(/^".*" \d /, '')),
  );
  return [...new Set(cells.flat())];
}

/** Foreground and background as the terminal itself has them. */
const NONE = /^0:-1 0:-1 /;

test('without colours no cell has any, and what is bold or dim still is', async () => {
  const found = await looks(theme({ accent: 'red' }, 'none'));
  expect(found.filter((look) => !NONE.test(look))).toEqual([]);
  expect(found.some((look) => look.endsWith('bold'))).toBe(true);
  expect(found.some((look) => look.endsWith('dim'))).toBe(true);
});

test('text and what is beside it take their own colours', async () => {
  const found = await looks(theme({ text_primary: 'white', text_secondary: 'blue' }));
  expect(found.filter((look) => look.includes('dim'))).toEqual([]);
  expect(found.some((look) => look.endsWith(' 0:-1 '))).toBe(true);
});

test('is the same object for the same theme', () => {
  const plain = theme({});
  expect(paletteOf(plain)).toBe(paletteOf(plain));
});
