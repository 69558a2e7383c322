import type { Setting } from '#config/setting.ts';
import { FREE_TABLES, LISTS, TABLES, WHOLE_TABLES } from '#config/settings.ts';
import { toToml } from './settings-page.ts';

const WIDTH = 96;

/** Lines of comments, broken between words. */
function comment(text: string): string {
  const lines: string[] = [];
  let line = '#';
  for (const word of text.split(' ')) {
    if (line.length + word.length + 1 > WIDTH) {
      lines.push(line);
      line = '#';
    }
    line += ` ${word}`;
  }
  return [...lines, line].join('\n');
}

/** A value after `#key = `; long lists take a line for each few values. */
function assignment(key: string, value: string): string {
  const plain = `#${key} = ${value}`;
  if (plain.length <= WIDTH || !value.startsWith('[')) return plain;
  const lines: string[] = [];
  let line = '# ';
  for (const part of value.slice(1, -1).split(/, (?=")/)) {
    if (line.length + part.length + 3 > WIDTH) {
      lines.push(line);
      line = '# ';
    }
    line += ` ${part},`;
  }
  return [`#${key} = [`, ...lines, line, '#]'].join('\n');
}

function entry(key: string, setting: Setting<unknown>): string {
  const value = toToml(setting.default) || setting.example || '""';
  const unset = toToml(setting.default) === '' ? ' Not set by default.' : '';
  return `${comment(`${setting.sentence}${unset}`)}\n${assignment(key, value)}`;
}

/** config.example.toml: every key as a comment, with its sentence and default. */
export function configExample(): string {
  const head = comment(
    'Settings of claustre, each with its default. Copy what you want to change to config.toml in the data directory ($CLAUSTRE_HOME, else ~/.claustre) or to .claustre/config.toml in a repository, and take the # away. Made from src/config/settings.ts by `npm run golden`.',
  );
  const tables = Object.entries(TABLES).map(([name, { sentence, keys }]) => {
    const entries = Object.entries(keys as Record<string, Setting<unknown>>);
    const parts = entries.map(([key, setting]) => entry(key, setting));
    return [`${comment(sentence)}\n[${name}]`, ...parts].join('\n\n');
  });
  const free = Object.entries(FREE_TABLES).map(
    ([name, { sentence, example }]) => `${comment(sentence)}\n[${name}]\n#${example}`,
  );
  const wholes = Object.entries(WHOLE_TABLES).map(([name, { sentence, example }]) => {
    const lines = example.map((line) => `#${line}`);
    return [comment(sentence), `[${name}]`, ...lines].join('\n');
  });
  const lists = Object.entries(LISTS).map(([name, { sentence, keys }]) => {
    const entries = Object.entries(keys as Record<string, Setting<unknown>>);
    const parts = entries.map(([key, { sentence: does, example }]) => {
      return `${comment(does)}\n${assignment(key, example ?? '""')}`;
    });
    return [`${comment(sentence)}\n#[[${name}]]`, ...parts].join('\n\n');
  });
  return `${[head, ...tables, ...wholes, ...free, ...lists].join('\n\n')}\n`;
}
