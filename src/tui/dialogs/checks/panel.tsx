import type { Snapshot } from '#app.ts';
import { type Check, checkKey } from '#domain/pull-request/checks.ts';
import { formatClockTime } from '#domain/words/clock-time.ts';
import { checkName, checksWords, inOrder, meaningSign, requiredWord } from '#format/check.ts';
import { plainLine } from '#format/text.ts';
import type { ChecksDialog } from '#tui/dialogs/dialog.ts';
import type { DialogProps } from '#tui/dialogs/kind.ts';
import { insideHeight } from '#tui/layout.ts';
import { BOLD, DIM, GLYPHS, type Theme } from '#tui/theme.ts';
import { type Spans, span, spread } from '#tui/widgets/line.tsx';
import { windowTop } from '#tui/widgets/list-window.ts';
import { insideWidth, Panel } from '#tui/widgets/panel.tsx';

/** The verdict and a blank row stand above the list. */
export const ROWS_LESS = 2;

/** The checks of the dialog's task in the order in which they are listed. */
export function checksOf(
  { pullRequests }: Pick<Snapshot, 'pullRequests'>,
  { taskId }: ChecksDialog,
): Check[] {
  return inOrder(pullRequests.get(taskId)?.checkRuns ?? []);
}

/** What makes a row the same one when the checks are read anew. */
export const keyOf = (check: Check): string => checkKey(check);

/** The checks of a pull request, what failed first. They change while it is open. */
export function ChecksPanel({ dialog, snapshot, view, theme, area }: DialogProps<ChecksDialog>) {
  const pullRequest = snapshot.pullRequests.get(dialog.taskId);
  const checks = checksOf(snapshot, dialog);
  const width = insideWidth(area.width);
  const height = Math.max(1, insideHeight(area) - ROWS_LESS);
  const place = Math.max(
    0,
    checks.findIndex((check) => keyOf(check) === dialog.selected),
  );
  const top = windowTop(dialog.top, place, checks.length, height);
  const rows = checks
    .slice(top, top + height)
    .map((check, index) => checkLine(check, top + index === place, width, theme));
  // The dashboard does not keep the checks of everything that was ever merged.
  const afterwards =
    pullRequest?.state === 'merged' && checks.length === 0
      ? [[span(`It is merged: \`claustre checks ${dialog.taskId}\` lists its checks.`, DIM)]]
      : [];
  return (
    <Panel
      title={`Checks of #${dialog.taskId}`}
      note={checks.length === 0 ? '' : `${place + 1}/${checks.length}`}
      width={area.width}
      height={area.height}
      border={theme.look('focused')}
      titleLook={BOLD}
      lines={[verdictLine(pullRequest, width, view.now, theme), [], ...rows, ...afterwards]}
    />
  );
}

function verdictLine(
  pullRequest: ReturnType<Snapshot['pullRequests']['get']>,
  width: number,
  now: number,
  theme: Theme,
): Spans {
  if (pullRequest === undefined) return [span('The pull request is gone.', DIM)];
  const { checks, checksNote, readAt, number } = pullRequest;
  const look = checks === null ? DIM : theme.checks(checks);
  const read =
    readAt === null ? 'not read yet' : `read ${formatClockTime(Date.parse(readAt), now)}`;
  return spread(
    [span(`PR #${number}  `), span(checksWords(checks, checksNote), look)],
    [span(`  ${read}`, DIM)],
    width,
  );
}

/** `▸ ✗ CI / build      required · failure` */
function checkLine(check: Check, isSelected: boolean, width: number, theme: Theme): Spans {
  const { symbol } = meaningSign(check);
  const said = [requiredWord(check), plainLine(check.state.toLowerCase().replaceAll('_', ' '))];
  return spread(
    [
      span(isSelected ? `${GLYPHS.selected} ` : '  ', theme.look('accent')),
      span(`${symbol} `, lookOf(check, theme)),
      span(checkName(check), isSelected ? BOLD : {}),
    ],
    [span(`  ${said.filter((text) => text !== '').join(' · ')}`, DIM)],
    width,
  );
}

function lookOf({ meaning, required }: Check, theme: Theme): ReturnType<Theme['checks']> {
  if (meaning === 'failed') return theme.checks(required === false ? 'failed_optional' : 'failed');
  if (meaning === 'passed') return theme.checks('passed');
  if (meaning === 'ignored') return DIM;
  return theme.checks(meaning === 'pending' ? 'pending' : 'attention');
}
