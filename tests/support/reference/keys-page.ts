import { keyLabel } from '#format/key.ts';
import { KEYMAP } from '#tui/keys/keymap.ts';
import { code, page, table } from './markdown.ts';

const CONTEXTS: Record<(typeof KEYMAP)[number]['context'], string> = {
  everywhere: 'Everywhere on the dashboard',
  projects: 'Projects',
  tasks: 'Tasks',
  session: 'The session panel',
  waiting: 'What needs you',
  reason: 'A reason for a no',
  filter: 'While filtering',
  confirm: 'A question',
  help: 'Help',
  details: 'Details',
  history: 'History',
  checks: 'Checks of a pull request',
  graph: 'The tree of what waits for what',
  subtasks: 'Subtasks',
  form: 'A form',
  diff: 'The diff of a task',
  comment: 'A comment on the diff',
  search: 'Searching in the diff',
  palette: 'The command palette',
  ask: 'A line to fill in',
  page: 'A page of text',
};

/** docs/reference/keys.md */
export function keysPage(): string {
  const sections = Object.entries(CONTEXTS).map(([context, title]) => {
    const bindings = KEYMAP.filter((binding) => binding.context === context);
    const rows = bindings.map((binding) => [
      binding.keys.map((key) => code(keyLabel(key))).join(' ') || '–',
      binding.label,
      'fixed' in binding ? '' : code(binding.action),
    ]);
    return `## ${title}\n\n${table(['keys', 'what they do', 'action'], rows)}`;
  });
  const intro =
    'An action in the last column can have other keys: `[keys]` in [the settings](settings.md) names the action and the key. What has none (–) is in the command palette.';
  return page('Keys', 'src/tui/keys/', [intro, ...sections]);
}
