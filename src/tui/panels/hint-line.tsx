import type { Snapshot } from '#app.ts';
import { type Context, type KeyBinding, type Keymap, keyLabel } from '#tui/keymap.ts';
import { whyNot } from '#tui/rules.ts';
import { DIM, type Theme } from '#tui/theme.ts';
import { contextsOf } from '#tui/use-keyboard.ts';
import type { View } from '#tui/view.ts';
import { cells } from '#tui/widgets/fit.ts';
import { fitSpans, Line, type Span, span, spread } from '#tui/widgets/line.tsx';
import { toastLines, toastLook } from './status-line.tsx';

interface Props {
  snapshot: Snapshot;
  view: View;
  theme: Theme;
  keymap: Keymap;
}

/** The last row: the keys that mean something here, in an order that never changes; those that would be refused are dimmed. */
export function HintLine({ snapshot, view, theme, keymap }: Props) {
  const [, rest] = toastLines(view);
  if (rest !== undefined) {
    const said = [span(' '), span(rest, toastLook(view, theme))];
    return <Line spans={fitSpans(said, view.size.columns)} />;
  }
  const noTask = view.dialog === null && !view.filtering && view.taskId === null;
  const contexts = openContexts(view).filter((context) => !(noTask && context === 'tasks'));
  const hinted = keymap.bindings.filter(
    ({ context, hint: word }) => word !== undefined && contexts.includes(context),
  );
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
  if (view.dialog !== null) {
    const { kind } = view.dialog;
    return [kind === 'task' || kind === 'project' ? 'form' : kind];
  }
  return view.filtering ? ['filter'] : contextsOf(view);
}

function hint({ keys, hint: word }: KeyBinding, theme: Theme, enabled: boolean): Span[] {
  const key = keyLabel(keys[0] ?? '');
  if (!enabled) return [span(`${key} ${word}  `, DIM)];
  return [span(key, theme.look('accent')), span(` ${word}  `)];
}

function width(spans: readonly Span[]): number {
  return spans.reduce((sum, { text }) => sum + cells(text), 0);
}
