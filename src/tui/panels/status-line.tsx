import { Box, Text } from 'ink';
import TextInput from 'ink-text-input';
import type { Snapshot } from '#app.ts';
import { isInTrouble } from '#domain/pull-request/host.ts';
import { formatHost, hostToTell } from '#format/host.ts';
import { plainLine } from '#format/text.ts';
import { waitingIn } from '#tui/attention.ts';
import type { Keymap } from '#tui/keys/own-keys.ts';
import { pressTo } from '#tui/keys/sentences.ts';
import { DIM, type Theme } from '#tui/theme.ts';
import { selectedQueue, type View } from '#tui/view.ts';
import { cells, clip, wrap } from '#tui/widgets/fit.ts';
import { fitSpans, Line, type Span, type Spans, span, spread } from '#tui/widgets/line.tsx';
import { textLine } from '#tui/widgets/text-field.ts';

/** With less room for it nothing is said of a host. */
const HOST_CELLS = 32;

interface Props {
  snapshot: Snapshot;
  view: View;
  theme: Theme;
  keymap: Keymap;
}

/** The row above the hints; always there. First what the person types, then what happened, what is being done, what waits. */
export function StatusLine(props: Props) {
  const { view } = props;
  const { columns } = view.size;
  if (view.filtering && view.filter.text === '') return <EmptyFilter />;
  const news = linesOf(props);
  const said = [span(' '), ...(news ?? whatWaits(props))];
  const host = saidOfHost(props);
  if (host === null) return <Line spans={fitSpans(said, columns)} />;
  const both = beside(said, host.span, columns);
  // That things wait stands in the title bar, too; why nothing new is read stands nowhere else.
  const alone = news === null && host.inTrouble ? [span(' '), host.span] : said;
  return <Line spans={fitSpans(both ?? alone, columns)} />;
}

/** Both on one row, what is said of the host cut; null where there is no room for both. */
function beside(said: Spans, host: Span, columns: number): Spans | null {
  const taken = said.reduce((sum, { text }) => sum + cells(text), 0);
  const room = columns - taken - 3;
  if (room < Math.min(HOST_CELLS, cells(host.text))) return null;
  return spread(said, [{ ...host, text: clip(host.text, room) }, span(' ')], columns);
}

/** What is left of the budget at GitHub, or why it cannot be asked; gives way to everything else. */
function saidOfHost({ snapshot, view, theme }: Props): { span: Span; inTrouble: boolean } | null {
  const state = hostToTell(snapshot.hosts, view.now);
  const text = state === null ? null : formatHost(state, view.now);
  if (state === null || text === null) return null;
  const inTrouble = isInTrouble(state, view.now);
  return { span: span(text, inTrouble ? theme.look('warning') : DIM), inTrouble };
}

/** What the person types, what happened or what is being done; null while that is nothing. */
function linesOf({ snapshot, view, theme }: Props): Spans | null {
  const { columns } = view.size;
  if (view.filtering) {
    const found = selectedQueue(snapshot, view).rows.length;
    const count = `  ${found} found`;
    return [
      span('/', theme.look('accent')),
      ...textLine(view.filter, Math.max(8, columns - count.length - 4)),
      span(count, DIM),
    ];
  }
  const [toast] = toastLines(view, theme);
  if (toast !== undefined) return [toast];
  if (view.busy.length > 0)
    return [span(plainLine(view.busy.join('  ')), theme.look('toast_info'))];
  return null;
}

function whatWaits({ snapshot, view, keymap }: Props): Spans {
  // How many there are stands in the title bar.
  if (waitingIn(snapshot).length === 0 || view.dialog !== null) return [];
  return [span(pressTo(keymap, 'next_waiting', 'to see what needs you'), DIM)];
}

/** How a message begins, so that its colour is not all that tells what it is. */
const MARKS = {
  good: { sign: '✓', color: 'toast_success' },
  warning: { sign: '!', color: 'toast_warning' },
  bad: { sign: '✗', color: 'toast_error' },
} as const;

/**
 * What the toasts say, on this row and on that of the hints: what is wrong or an error that stands above what was said last, or one message,
 * on both rows where one is too short for it.
 */
export function toastLines(view: View, theme: Theme): readonly Span[] {
  const { toasts, troubles, filtering, size } = view;
  if (filtering) return [];
  const standing = Object.values(troubles).map((text) => ({ text, tone: 'bad' as const }));
  const said = [...standing, ...toasts];
  const shown = said.length > 2 ? [...said.slice(0, 1), ...said.slice(-1)] : said;
  // A dialog that has just been opened must not miss its keys for something that went well.
  const keepsHints = view.dialog !== null && shown.every(({ tone }) => tone === 'good');
  const rows = shown.length > 1 || keepsHints ? 1 : 2;
  return shown.flatMap(({ text, tone }) =>
    wrap(`${MARKS[tone].sign} ${plainLine(text)}`, size.columns - 2, rows).map((line) =>
      span(line, { ...theme.look(MARKS[tone].color), bold: true }),
    ),
  );
}

/** The input draws its placeholder; keys are read in one place only, so that it has no focus of its own. */
function EmptyFilter() {
  return (
    <Box>
      <Text> /</Text>
      <Text inverse> </Text>
      <TextInput value="" placeholder="title or #number" focus={false} onChange={ignore} />
    </Box>
  );
}

function ignore(): void {
  // Without focus it never changes.
}
