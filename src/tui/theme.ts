import type { ActivityName } from '#domain/activity.ts';
import type { CheckVerdict } from '#domain/pull-request/pull-request.ts';
import type { TaskStatus } from '#domain/task.ts';
import { colorOf } from './colors/color.ts';
import { COLORS, type ColorName, LOOKALIKES } from './colors/names.ts';
import { type WrongSetting, wrongSetting } from './settings/wrong-setting.ts';
import type { Look } from './widgets/line.tsx';

export const GLYPHS = {
  selected: '▸',
  needsYou: '◆',
  done: '✓',
  open: '☐',
  current: '●',
  notChosen: '○',
  barFull: '█',
  barEmpty: '░',
  reserve: '┊',
  again: '↻',
  comment: '✎',
  thread: '❝',
  overlap: '≈',
  risk: '!',
  paused: '‖',
} as const;

/** What the terminal's background is like; "none" is a screen without any colour. */
export type Base = 'dark' | 'light' | 'none';

export interface Theme {
  look(meaning: ColorName | 'focused' | 'unfocused'): Look;
  /** Dimmed where the meaning has no colour of its own. */
  quiet(meaning: ColorName): Look;
  status(status: TaskStatus): Look;
  activity(name: ActivityName): Look;
  checks(verdict: CheckVerdict): Look;
  /** Whether anything has a colour at all. */
  readonly colors: boolean;
}

export const DIM: Look = { dim: true };
export const BOLD: Look = { bold: true };

/**
 * Colours by meaning for this background, with the person's own over them; refuses what is no meaning or no colour, and says what there is.
 * `base` among the person's own names the background itself. A screen without colours stays without.
 */
export function createTheme(
  overrides: Readonly<Record<string, string>>,
  background: Base = 'dark',
): Theme | WrongSetting {
  const { base: named, ...own } = overrides;
  if (named !== undefined && !isBase(named)) {
    const hint = 'There are: dark, light, none.';
    return wrongSetting('base', `[theme] "base" is "${named}", which is no background.`, hint);
  }
  const base = background === 'none' ? 'none' : (named ?? background);
  const chosen: Partial<Record<ColorName, string>> = {};
  for (const [name, value] of Object.entries(own)) {
    const known = nameOf(name);
    if (known === null) {
      const hint = `There are: base, ${Object.keys(COLORS).join(', ')}.`;
      return wrongSetting(name, `[theme] has no colour for "${name}".`, hint);
    }
    const color = colorOf(value);
    if (color === null) {
      return wrongSetting(
        name,
        `[theme] "${name}" is "${value}", which is no colour.`,
        'Use a name like "cyan" or "red_bright", "#ff8700", or "none" for the terminal\'s own.',
      );
    }
    chosen[known] = color;
  }
  return themeOf(chosen, base);
}

function isBase(text: string): text is Base {
  return text === 'dark' || text === 'light' || text === 'none';
}

function nameOf(name: string): ColorName | null {
  const found = LOOKALIKES[name] ?? name;
  return Object.hasOwn(COLORS, found) ? (found as ColorName) : null;
}

function themeOf(chosen: Partial<Record<ColorName, string>>, base: Base): Theme {
  const looks = new Map<ColorName, Look>();
  const find = (name: ColorName): string => {
    const own = chosen[name];
    if (own !== undefined) return own;
    const { like, ...given } = COLORS[name];
    return base !== 'none' && given[base] !== undefined ? given[base] : like ? find(like) : '';
  };
  for (const name of Object.keys(COLORS) as ColorName[]) {
    const color = base === 'none' ? '' : find(name);
    looks.set(name, color === '' ? {} : { color });
  }
  const look: Theme['look'] = (name) => looks.get(nameOf(name) ?? 'text_primary') ?? {};
  const quiet = (name: ColorName): Look => (look(name).color === undefined ? DIM : look(name));
  return {
    look,
    quiet,
    colors: base !== 'none',
    status: (status) => look(`status_${status}`),
    activity(name) {
      if (name === 'permission' || name === 'plan') return look('status_paused');
      if (name === 'question') return look('status_waiting');
      if (name === 'limited') return look('rate_limit_warning');
      if (name === 'lost') return look('bad');
      if (name === 'working' || name === 'starting') return look('status_working');
      return quiet('text_secondary');
    },
    checks(verdict) {
      if (verdict === 'passed') return look('status_ci_passed');
      return verdict === 'failed' ? look('status_ci_failed') : look('status_ci_running');
    },
  };
}

/** The colours when nothing is set. */
export const PLAIN_THEME: Theme = themeOf({}, 'dark');
