import type { Snapshot } from '#app.ts';
import type { TaskStatus } from '#domain/task.ts';
import { formatMinutes } from '#format/duration.ts';
import { statusSign } from '#format/status.ts';
import { attentionOf } from '#tui/attention.ts';
import type { Keymap } from '#tui/keys/own-keys.ts';
import { keyOf } from '#tui/keys/sentences.ts';
import { countsOf } from '#tui/queue.ts';
import { DIM, GLYPHS, type Theme } from '#tui/theme.ts';
import { FOCUSES, type View } from '#tui/view.ts';
import { cells } from '#tui/widgets/fit.ts';
import { Line, type Span, span, spread } from '#tui/widgets/line.tsx';

const TOTALS: readonly TaskStatus[] = ['working', 'pending', 'in_review'];

interface Props {
  snapshot: Snapshot;
  view: View;
  theme: Theme;
  keymap: Keymap;
  narrow: boolean;
}

/** The first row: what runs, and how much of it waits for the person. Where only one panel has room it names the panels instead. */
export function TitleBar({ snapshot, view, theme, keymap, narrow }: Props) {
  const { columns } = view.size;
  const right = [needs(snapshot, theme), span(' ')];
  const name = span(' claustre', { ...theme.look('accent_primary'), bold: true });
  // The names of the panels bring their own blanks.
  const gap = narrow ? ' ' : '  ';
  const paused = pausedSpan(snapshot, view, theme);
  const first = paused === null ? [name] : [name, paused];
  const taken = [...right, ...first].reduce((sum, { text }) => sum + cells(text), gap.length);
  let room = columns - taken;
  const left: Span[] = [...first, span(gap)];
  for (const each of narrow ? panels(view, room, theme, keymap) : totals(snapshot)) {
    room -= cells(each.text);
    if (room < 0) break;
    left.push(each);
  }
  return <Line spans={spread(left, right, columns)} />;
}

/** That nothing starts by itself anywhere, and for how long already; null while it does. */
function pausedSpan({ queue }: Snapshot, { now }: View, theme: Theme): Span | null {
  if (queue.pausedAt === null) return null;
  const since = formatMinutes(now - Date.parse(queue.pausedAt));
  return span(`  ${GLYPHS.paused} paused ${since}`.trimEnd(), {
    ...theme.look('warning'),
    bold: true,
  });
}

const PANELS = [
  ['to_projects', 'Projects'],
  ['to_tasks', 'Tasks'],
  ['to_session', 'Session'],
] as const;

/** The panels with the key that leads to each; where they have no room, the one that is shown. */
function panels({ focus }: View, room: number, theme: Theme, keymap: Keymap): Span[] {
  const names = PANELS.map(([action, name]) => {
    const key = keyOf(keymap, action);
    return key === null ? ` ${name} ` : ` ${key} ${name} `;
  });
  const spans = names.map((name, index) =>
    FOCUSES[index] === focus
      ? span(name, { ...theme.look('tab_active'), bold: true })
      : span(name, theme.quiet('tab_inactive')),
  );
  return cells(names.join('')) <= room ? spans : spans.filter(({ look }) => look?.bold);
}

function totals(snapshot: Snapshot): Span[] {
  return TOTALS.map((status) => {
    const count = snapshot.projects.reduce(
      (sum, { id }) => sum + (countsOf(snapshot, id)[status] ?? 0),
      0,
    );
    return span(` ${count} ${statusSign(status).label} `, DIM);
  });
}

function needs(snapshot: Snapshot, theme: Theme): Span {
  let count = 0;
  for (const found of attentionOf(snapshot).values()) count += found;
  if (count === 0) return span('nothing needs you', DIM);
  const words = count === 1 ? '1 needs you' : `${count} need you`;
  return span(`${GLYPHS.needsYou} ${words}`, { ...theme.look('accent_secondary'), bold: true });
}
