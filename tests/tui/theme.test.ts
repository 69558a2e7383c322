import { describe, expect, test } from 'vitest';
import { isRefusal } from '#domain/error.ts';
import { TASK_STATUSES } from '#domain/task.ts';
import { COLORS, type ColorName } from '#tui/colors/names.ts';
import { createTheme, PLAIN_THEME, type Theme } from '#tui/theme.ts';

function theme(...given: Parameters<typeof createTheme>): Theme {
  const made = createTheme(...given);
  if (isRefusal(made)) throw new Error(made.reason);
  return made;
}

const NAMES = Object.keys(COLORS) as ColorName[];

describe('the theme', () => {
  test('takes colours by meaning and by status, in the words of either', () => {
    const made = theme({ working: '#00ff00', accent: 'light_magenta', status_done: 'red' });
    expect(made.status('working')).toEqual({ color: '#00ff00' });
    expect(made.look('accent')).toEqual({ color: 'magentaBright' });
    expect(made.status('done')).toEqual({ color: 'red' });
    expect(made.status('error')).toEqual(PLAIN_THEME.status('error'));
  });

  test('a meaning without a colour of its own follows the one that it is like', () => {
    const made = theme({ accent: 'blue', good: 'none' });
    expect(made.look('form_border_task')).toEqual({ color: 'blue' });
    expect(made.status('working')).toEqual({});
    expect(theme({ accent: 'blue', border_focused: 'red' }).look('form_border_task')).toEqual({
      color: 'red',
    });
  });

  test('every colour can be set by its name, and is looked at', () => {
    for (const name of NAMES) {
      expect(theme({ [name]: '#010203' }).look(name), name).toEqual({ color: '#010203' });
    }
  });

  test.each(['dark', 'light'] as const)('every status has a colour on a %s background', (base) => {
    const made = theme({ base });
    for (const status of TASK_STATUSES) expect(made.status(status).color).toBeTruthy();
    if (base === 'light') expect(made.look('warning')).not.toEqual(PLAIN_THEME.look('warning'));
  });

  test('a screen without colours has none, whatever is set', () => {
    const made = theme({ accent: 'red', base: 'light' }, 'none');
    expect(made.colors).toBe(false);
    for (const name of NAMES) expect(made.look(name)).toEqual({});
    expect(theme({ base: 'none' }).colors).toBe(false);
  });

  test('what is beside the text is dimmed until it has a colour', () => {
    expect(PLAIN_THEME.quiet('form_dim')).toEqual({ dim: true });
    expect(theme({ text_secondary: 'blue' }).quiet('form_dim')).toEqual({ color: 'blue' });
    expect(theme({ text_secondary: 'blue' }).activity('idle')).toEqual({ color: 'blue' });
  });

  test.each([
    [{ sky: 'blue' }, '[theme] has no colour for "sky".'],
    [{ accent: 'sky' }, '[theme] "accent" is "sky", which is no colour.'],
    [{ working: '#12' }, 'which is no colour'],
    [{ base: 'beige' }, '[theme] "base" is "beige", which is no background.'],
  ])('%j is refused in a sentence', (overrides, reason) => {
    const refused = createTheme(overrides as unknown as Record<string, string>);
    expect(isRefusal(refused) && refused.reason).toContain(reason);
  });
});
