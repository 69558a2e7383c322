import { describe, expect, test } from 'vitest';
import { isRefusal } from '#domain/error.ts';
import { createTheme, PLAIN_THEME } from '#tui/theme.ts';

describe('the theme', () => {
  test('takes colours by meaning and by status', () => {
    const theme = createTheme({ working: '#00ff00', accent: 'magentaBright' });
    if (isRefusal(theme)) throw new Error(theme.reason);
    expect(theme.status('working')).toEqual({ color: '#00ff00' });
    expect(theme.look('accent')).toEqual({ color: 'magentaBright' });
    expect(theme.status('error')).toEqual(PLAIN_THEME.status('error'));
  });

  test.each([
    [{ sky: 'blue' }, '[theme] has no colour for "sky".'],
    [{ accent: 'sky' }, '[theme] "accent" is "sky", which is no colour.'],
    [{ working: '#12' }, 'which is no colour'],
  ])('%j is refused in a sentence', (overrides, reason) => {
    const refused = createTheme(overrides as unknown as Record<string, string>);
    expect(isRefusal(refused) && refused.reason).toContain(reason);
  });
});
