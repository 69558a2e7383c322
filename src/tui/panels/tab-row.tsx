import type { Snapshot } from '#app.ts';
import { type PlacedTab, placeTabs, SEPARATOR, tabsOf } from '#tui/sessions/tabs.ts';
import { BOLD, DIM, type Theme } from '#tui/theme.ts';
import type { View } from '#tui/view.ts';
import { fitSpans, Line, type Look, type Span, span } from '#tui/widgets/line.tsx';

interface Props {
  snapshot: Snapshot;
  view: View;
  theme: Theme;
}

/** The row of the open sessions of all projects. It stays when the last one ends, so that nothing below it moves. */
export function TabRow({ snapshot, view, theme }: Props) {
  const { columns } = view.size;
  const tabs = tabsOf(snapshot);
  if (tabs.length === 0) {
    return <Line spans={fitSpans([span(' No session is open.', DIM)], columns)} />;
  }
  const { left, right, tabs: shown } = placeTabs(tabs, view.taskId, columns);
  const spans: Span[] = [span(left ? ' ◀ ' : ' '.repeat(shown[0]?.x ?? 0), DIM)];
  for (const [index, tab] of shown.entries()) {
    if (index > 0) spans.push(span(SEPARATOR, DIM));
    spans.push(span(tab.text, lookOf(tab, view, theme)));
  }
  if (right) spans.push(span(' ▶', DIM));
  return <Line spans={fitSpans(spans, columns)} />;
}

function lookOf({ taskId, asks }: PlacedTab, view: View, theme: Theme): Look {
  const look = asks ? theme.look('warning') : {};
  return taskId === view.taskId ? { ...look, ...BOLD, inverse: true } : look;
}
