import type { Setting } from '#config/setting.ts';
import { FREE_TABLES, LISTS, TABLES, WHOLE_TABLES } from '#config/settings.ts';
import { COLORS } from '#tui/colors/names.ts';
import { code, page, table } from './markdown.ts';

/** A value as TOML writes it; "" for what is not set. */
export function toToml(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return `[${value.map(toToml).join(', ')}]`;
  if (typeof value !== 'object') return JSON.stringify(value);
  const set = Object.entries(value).filter(([, inner]) => inner !== null);
  return `{ ${set.map(([key, inner]) => `${key} = ${toToml(inner)}`).join(', ')} }`;
}

function keysOf(keys: object): [string, Setting<unknown>][] {
  return Object.entries(keys);
}

/** docs/reference/settings.md */
export function settingsPage(): string {
  const tables = Object.entries(TABLES).map(([name, { sentence, keys }]) => {
    const rows = keysOf(keys).map(([key, setting]) => {
      const shown = toToml(setting.default);
      return [
        code(key),
        `${setting.sentence}${setting.home ? ' (Not in a project.)' : ''}`,
        setting.expected,
        shown === '' ? 'not set' : code(shown),
      ];
    });
    return `## [${name}]\n\n${sentence}\n\n${table(['key', 'what it does', 'value', 'default'], rows)}`;
  });
  const free = Object.entries(FREE_TABLES).map(
    ([name, { sentence, expected, example }]) =>
      `## [${name}]\n\n${sentence} Each value is ${expected}. Not in a project.\n\n\`\`\`toml\n[${name}]\n${example}\n\`\`\``,
  );
  const wholes = Object.entries(WHOLE_TABLES).map(
    ([name, { sentence, expected, example }]) =>
      `## [${name}]\n\n${sentence} It is ${expected}.\n\n\`\`\`toml\n[${name}]\n${example.join('\n')}\n\`\`\``,
  );
  const lists = Object.entries(LISTS).map(([name, { sentence, keys }]) => {
    const rows = keysOf(keys).map(([key, { sentence: does, expected, needed }]) => [
      code(key),
      needed ? `${does} It must be there.` : does,
      expected,
    ]);
    return `## [[${name}]]\n\n${sentence}\n\n${table(['key', 'what it does', 'value'], rows)}`;
  });
  const colors = Object.entries(COLORS).map(([name, { what, like, dark, light }]) => [
    code(name),
    what,
    like === undefined ? (dark === undefined ? 'none' : code(dark)) : `as ${code(like)}`,
    like === undefined ? (light === undefined ? 'none' : code(light)) : `as ${code(like)}`,
  ]);
  const theme = [
    'A colour is a name of the terminal\'s palette (`cyan`, `light_red`, `dark_gray`), `#ff8700`, `rgb(255, 135, 0)` or `none`. `base = "light"` chooses the other column. `focused` and `unfocused` are short for the borders, and a status may be called as it is everywhere else: `working = "green"`.',
    table(['colour of', 'what has it', 'dark', 'light'], colors),
  ].join('\n\n');
  const intro = [
    '`config.toml` lies in the data directory (`$CLAUSTRE_HOME`, else `~/.claustre`). A project may have its own in `<repository>/.claustre/config.toml`; what it says goes before, except where "Not in a project" stands. A list replaces the list below it; a table is laid over it key by key; of `[[…]]` there may be several, and one takes the place of another with its `name`.',
    'An unknown key or a value of a wrong type is an error that names the file, the line, the key and what was expected. A changed file counts from the next look on.',
  ];
  return page('Settings', 'src/config/settings.ts', [
    ...intro,
    ...tables,
    ...wholes,
    ...lists,
    ...free,
    theme,
  ]);
}
