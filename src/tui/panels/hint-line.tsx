import type { Snapshot } from '#app.ts';
import { keyLabel } from '#format/key.ts';
import { offersFix } from '#tui/attention.ts';
import { contextOf, editsText, hintsIn } from '#tui/dialogs/kinds.ts';
import type { Context } from '#tui/keys/binding.ts';
import { contextsOf } from '#tui/keys/contexts.ts';
import type { ActionId, KeyBinding } from '#tui/keys/keymap.ts';
import type { Keymap } from '#tui/keys/own-keys.ts';
import { whyNot } from '#tui/rules.ts';
import type { Theme } from '#tui/theme.ts';
import { selectedTask, type View } from '#tui/view.ts';
import { cells } from '#tui/widgets/fit.ts';
import { fitSpans, Line, type Span, span, spread } from '#tui/widgets/line.tsx';
import { toastLines } from './status-line.tsx';

interface Props {
  snapshot: Snapshot;
  view: View;
  theme: Theme;
  keymap: Keymap;
}

/** More than a few words at the bottom are read by nobody; help and the palette have the rest. */
const MOST_HINTS = 8;
/** The ends of the row have these, in rows that are wide enough the palette too. */
const PINNED: ReadonlySet<ActionId> = new Set(['help', 'quit']);
const PALETTE_FROM_COLUMNS = 72;
/** How a text is written and left is told before where the rest is. */
const HINTS_BEFORE_HELP = 4;

/** The last row: the first few keys that do something here, now, for what is selected; in an order that never changes. */
export function HintLine({ snapshot, view, theme, keymap }: Props) {
  const [, rest] = toastLines(view, theme);
  if (rest !== undefined) return <Line spans={fitSpans([span(' '), rest], view.size.columns)} />;
  if (view.typing !== null) return <TypingHint task={view.typing} keymap={keymap} theme={theme} />;
  const noTask = view.dialog === null && !view.filtering && view.taskId === null;
  const contexts = openContexts(view).filter((context) => !(noTask && context === 'tasks'));
  const open = keymap.bindings.filter(
    (binding) => binding.hint !== undefined && contexts.includes(binding.context),
  );
  const hinted = view.dialog === null ? open : hintsIn(view.dialog, open);
  const help = helpInText(view, keymap);
  const { columns } = view.size;
  const pinned = hinted.filter(
    ({ action }) => PINNED.has(action) || (action === 'palette' && columns >= PALETTE_FROM_COLUMNS),
  );
  const right = pinned.flatMap((binding) => hint(binding, theme));
  let room = columns - 1 - width(right);
  const left: Span[] = [span(' ')];
  // Where something stands against the merge the key that mends it is told instead; the other one works all the same.
  const stands = view.dialog === null && whyNot('fix', { snapshot, view }, keymap) === undefined;
  const task = selectedTask(snapshot, view);
  const offered = task === null || offersFix(task, snapshot, view.now);
  const others = hinted.filter(
    (binding) =>
      !pinned.includes(binding) &&
      binding.action !== 'palette' &&
      !(binding.action === 'merge' && stands) &&
      !(binding.action === 'fix' && !offered) &&
      (view.dialog !== null || whyNot(binding.action, { snapshot, view }, keymap) === undefined),
  );
  const shown = others.slice(0, MOST_HINTS - pinned.length);
  for (const binding of shown.toSpliced(HINTS_BEFORE_HELP, 0, ...help)) {
    const spans = hint(binding, theme);
    room -= width(spans);
    if (room < 0) break;
    left.push(...spans);
  }
  return <Line spans={spread(left, right, view.size.columns)} />;
}

/** While a pane is typed into, every key but one is its own. */
function TypingHint({ task, keymap, theme }: Pick<Props, 'keymap' | 'theme'> & { task: number }) {
  const spans = [
    span(` typing into #${task}  `),
    span(keymap.returnKey, theme.look('accent')),
    span(' back to the dashboard'),
  ];
  return <Line spans={spans} />;
}

/** Where text is typed, a key that is no text leads to the help. */
function helpInText({ dialog, filtering }: View, keymap: Keymap): KeyBinding[] {
  const isTyped = dialog === null ? filtering : dialog.kind !== 'help' && editsText(dialog);
  if (!isTyped) return [];
  return keymap.bindings
    .filter(({ action, context }) => action === 'help' && context === 'everywhere')
    .map((binding) => ({ ...binding, keys: binding.keys.filter(writesNothing) }))
    .filter(({ keys }) => keys.length > 0);
}

const writesNothing = (key: string): boolean => key.length > 1 && key !== 'space';

/** The contexts whose keys are in force. */
function openContexts(view: View): readonly Context[] {
  if (view.dialog !== null) return [contextOf(view.dialog)];
  return view.filtering ? ['filter'] : contextsOf(view);
}

function hint(binding: KeyBinding, theme: Theme): Span[] {
  const { keys, pair, hint: word } = binding;
  const key = (pair ? keys : keys.slice(0, 1)).map(keyLabel).join('/');
  return [span(key, theme.look('accent_primary')), span(` ${word}  `)];
}

function width(spans: readonly Span[]): number {
  return spans.reduce((sum, { text }) => sum + cells(text), 0);
}
