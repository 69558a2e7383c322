import { keyLabel } from '#format/key.ts';
import type { HelpDialog } from '#tui/dialogs/dialog.ts';
import type { DialogProps } from '#tui/dialogs/kind.ts';
import { firstRow, placeNote } from '#tui/dialogs/scroll.ts';
import type { Context } from '#tui/keys/binding.ts';
import type { KeyBinding } from '#tui/keys/keymap.ts';
import type { Keymap } from '#tui/keys/own-keys.ts';
import { BOLD, DIM, type Theme } from '#tui/theme.ts';
import { filled } from '#tui/widgets/fit.ts';
import { type Spans, span } from '#tui/widgets/line.tsx';
import { insideWidth, Panel } from '#tui/widgets/panel.tsx';
import { textField } from '#tui/widgets/text-field.ts';

const SECTIONS: readonly (readonly [Context, string])[] = [
  ['tasks', 'Task queue'],
  ['session', 'Session panel'],
  ['projects', 'Projects'],
  ['everywhere', 'Everywhere'],
  ['waiting', 'Needs you'],
  ['reason', 'A reason'],
  ['form', 'Forms'],
  ['subtasks', 'Subtasks'],
  ['details', 'Details'],
  ['history', 'History'],
  ['checks', 'Checks'],
  ['graph', 'Graph'],
  ['diff', 'The diff of a task'],
  ['comment', 'A comment on it'],
  ['search', 'Searching in it'],
  ['filter', 'Filter'],
  ['confirm', 'Questions'],
  ['palette', 'Command palette'],
  ['ask', 'A line to fill in'],
  ['page', 'A page of text'],
];

const KEY_CELLS = 18;

/** Every key, made of the keymap itself; typing narrows it down. */
export function HelpPanel({ dialog, keymap, theme, area }: DialogProps<HelpDialog>) {
  const width = insideWidth(area.width);
  const rows = helpLines(keymap, dialog, theme);
  const room = Math.max(1, area.height - 4);
  const top = firstRow(dialog, rows.length, room);
  return (
    <Panel
      title="Help"
      note={placeNote(top, rows.length, room)}
      width={area.width}
      height={area.height}
      border={theme.look('border_focused')}
      titleLook={BOLD}
      lines={[
        [
          span('/ ', theme.look('accent')),
          ...textField(dialog.filter, true, 'type to find a key', width - 2),
        ],
        [],
        ...rows.slice(top, top + room),
      ]}
    />
  );
}

/** The bindings whose keys, words or action contain the filter, by section; those of where the person is come first. */
function helpLines(keymap: Keymap, { filter, here }: HelpDialog, theme: Theme): Spans[] {
  const wanted = filter.text.trim().toLowerCase();
  const lines: Spans[] = [];
  const place = (context: Context) =>
    here.includes(context) ? here.indexOf(context) : here.length;
  const sections = SECTIONS.toSorted(([one], [other]) => place(one) - place(other));
  for (const [context, title] of sections) {
    const found = keymap.bindings.filter(
      (binding) => binding.context === context && textOf(binding).includes(wanted),
    );
    if (found.length === 0) continue;
    if (lines.length > 0) lines.push([]);
    lines.push([span(title, { ...theme.look('text_accent'), bold: true })]);
    for (const binding of found) {
      const keys = binding.keys.map(keyLabel).join(' ');
      lines.push([span(`  ${filled(keys, KEY_CELLS)}`, BOLD), span(binding.label)]);
    }
  }
  if (wanted === '') {
    lines.push([], [span('In a session', { ...theme.look('text_accent'), bold: true })]);
    lines.push([
      span(`  ${filled(keymap.returnKey, KEY_CELLS)}`, BOLD),
      span('back here; all other keys are tmux’s and Claude’s'),
    ]);
  }
  return lines.length > 0 ? lines : [[span('No key for that.', DIM)]];
}

function textOf({ keys, label, action }: KeyBinding): string {
  return `${keys.map(keyLabel).join(' ')} ${label} ${action}`.toLowerCase();
}
