import type { Snapshot } from '#app.ts';
import { keyLabel } from '#format/key.ts';
import { contextOf, hintsIn } from '#tui/dialogs/kinds.ts';
import type { Context } from '#tui/keys/binding.ts';
import type { KeyBinding } from '#tui/keys/keymap.ts';
import type { Keymap } from '#tui/keys/own-keys.ts';
import { whyNot } from '#tui/rules.ts';
import { DIM, type Theme } from '#tui/theme.ts';
import { contextsOf } from '#tui/use-keyboard.ts';
import type { View } from '#tui/view.ts';
import { cells } from '#tui/widgets/fit.ts';
import { fitSpans, Line, type Span, span, spread } from '#tui/widgets/line.tsx';
import { toastLines } from './status-line.tsx';

interface Props {
  snapshot: Snapshot;
  view: View;
  theme: Theme;
  keymap: Keymap;
}

/** The last row: the keys that mean something here, in an order that never changes; those that would be refused are dimmed. */
export function HintLine({ snapshot, view, theme, keymap }: Props) {
  const [, rest] = toastLines(view, theme);
  if (rest !== undefined) return <Line spans={fitSpans([span(' '), rest], view.size.columns)} />;
  const noTask = view.dialog === null && !view.filtering && view.taskId === null;
  const contexts = openContexts(view).filter((context) => !(noTask && context === 'tasks'));
  const open = keymap.bindings.filter(
    (binding) => binding.hint !== undefined && contexts.includes(binding.context),
  );
  const hinted = view.dialog === null ? open : hintsIn(view.dialog, open);
  const pinned = hinted.filter(({ action }) => action === 'help' || action === 'quit');
  const right = pinned.flatMap((binding) => hint(binding, theme, true));
  let room = view.size.columns - 1 - width(right);
  const left: Span[] = [span(' ')];
  for (const binding of hinted) {
    if (pinned.includes(binding)) continue;
    const enabled = view.dialog !== null || whyNot(binding.action, snapshot, view) === undefined;
    const spans = hint(binding, theme, enabled);
    room -= width(spans);
    if (room < 0) break;
    left.push(...spans);
  }
  return <Line spans={spread(left, right, view.size.columns)} />;
}

/** The contexts whose keys are in force. */
function openContexts(view: View): readonly Context[] {
  if (view.dialog !== null) return [contextOf(view.dialog)];
  return view.filtering ? ['filter'] : contextsOf(view);
}

function hint(binding: KeyBinding, theme: Theme, enabled: boolean): Span[] {
  const { keys, pair, hint: word } = binding;
  const key = (pair ? keys : keys.slice(0, 1)).map(keyLabel).join('/');
  if (!enabled) return [span(`${key} ${word}  `, DIM)];
  return [span(key, theme.look('accent')), span(` ${word}  `)];
}

function width(spans: readonly Span[]): number {
  return spans.reduce((sum, { text }) => sum + cells(text), 0);
}
