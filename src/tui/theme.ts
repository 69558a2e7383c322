import type { ActivityName } from '#domain/activity.ts';
import type { CheckVerdict } from '#domain/pull-request.ts';
import { TASK_STATUSES, type TaskStatus } from '#domain/task.ts';
import { type WrongSetting, wrongSetting } from './settings/wrong-setting.ts';
import type { Look } from './widgets/line.tsx';

/** Meanings that have a colour of their own. `[theme]` of the config sets them, and the statuses, by these words. */
const MEANINGS = {
  accent: 'cyan',
  focused: 'cyan',
  unfocused: 'gray',
  good: 'green',
  warning: 'yellow',
  bad: 'red',
  info: 'cyan',
} as const;

export type Meaning = keyof typeof MEANINGS;

const STATUS_COLORS: Record<TaskStatus, string> = {
  draft: 'cyan',
  pending: 'gray',
  working: 'green',
  interrupted: 'magenta',
  in_review: 'yellow',
  conflict: '#ffa500',
  ci_failed: 'redBright',
  done: 'blue',
  error: 'red',
};

export const GLYPHS = {
  selected: '▸',
  needsYou: '◆',
  done: '✓',
  open: '☐',
  current: '●',
  notChosen: '○',
  barFull: '█',
  barEmpty: '░',
  again: '↻',
  comment: '✎',
} as const;

export interface Theme {
  look(meaning: Meaning): Look;
  status(status: TaskStatus): Look;
  activity(name: ActivityName): Look;
  checks(verdict: CheckVerdict): Look;
}

export const DIM: Look = { dim: true };
export const BOLD: Look = { bold: true };

const COLOR =
  /^(#[0-9a-f]{6}|(black|red|green|yellow|blue|magenta|cyan|white)(Bright)?|gray|grey)$/i;

/** Colours by meaning, with the person's own over them; refuses what is no meaning or no colour, and says what there is. */
export function createTheme(overrides: Readonly<Record<string, string>>): Theme | WrongSetting {
  const meanings: Record<string, string> = { ...MEANINGS };
  const statuses: Record<string, string> = { ...STATUS_COLORS };
  for (const [name, color] of Object.entries(overrides)) {
    const table = name in meanings ? meanings : name in statuses ? statuses : null;
    if (table === null) {
      const known = [...Object.keys(MEANINGS), ...TASK_STATUSES].join(', ');
      const hint = `There are: ${known}.`;
      return wrongSetting(name, `[theme] has no colour for "${name}".`, hint);
    }
    if (!COLOR.test(color)) {
      return wrongSetting(
        name,
        `[theme] "${name}" is "${color}", which is no colour.`,
        'Use a name like "cyan" or "redBright", or "#ff8700".',
      );
    }
    table[name] = color;
  }
  return themeOf(meanings, statuses);
}

function themeOf(meanings: Record<string, string>, statuses: Record<string, string>): Theme {
  const color = (name: string | undefined): Look => (name === undefined ? {} : { color: name });
  const look = (meaning: Meaning) => color(meanings[meaning]);
  return {
    look,
    status: (status) => color(statuses[status]),
    activity(name) {
      if (name === 'permission' || name === 'question' || name === 'plan') return look('warning');
      if (name === 'limited' || name === 'lost') return look('bad');
      return name === 'working' || name === 'starting' ? look('good') : DIM;
    },
    checks(verdict) {
      if (verdict === 'passed') return look('good');
      return verdict === 'failed' ? look('bad') : look('warning');
    },
  };
}

/** The colours when nothing is set. */
export const PLAIN_THEME: Theme = themeOf({ ...MEANINGS }, { ...STATUS_COLORS });
