import { Box } from 'ink';
import { cells, clip } from './fit.ts';
import { fitSpans, Line, type Look, type Spans, span } from './line.tsx';

export interface PanelProps {
  title: string;
  /** Said at the right end of the upper border: a position, a count. */
  note?: string;
  width: number;
  height: number;
  border: Look;
  titleLook: Look;
  /** Rows inside; those that do not fit are not drawn, those that are missing are blank. */
  lines: readonly Spans[];
}

/** Cells inside a panel of this size: one border and one blank at each side. */
export function insideWidth(width: number): number {
  return Math.max(0, width - 4);
}

/** A bordered box of exactly this size. The border is drawn as text: measured to be cheaper than nested boxes, and it holds the title. */
export function Panel({ title, note, width, height, border, titleLook, lines }: PanelProps) {
  const inner = insideWidth(width);
  const rows = Array.from({ length: Math.max(0, height - 2) }, (_, index) => lines[index] ?? []);
  return (
    <Box flexDirection="column" width={width} height={height} flexShrink={0}>
      <Line spans={upperBorder(title, note ?? '', width, border, titleLook)} />
      {rows.map((row, index) => {
        const spans = [span('│ ', border), ...fitSpans(row, inner), span(' │', border)];
        // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place in the panel.
        return <Line key={index} spans={spans} />;
      })}
      <Line spans={[span(`╰${'─'.repeat(Math.max(0, width - 2))}╯`, border)]} />
    </Box>
  );
}

function upperBorder(title: string, note: string, width: number, border: Look, look: Look): Spans {
  const room = Math.max(0, width - 6);
  const named = clip(title, room);
  const noted = note !== '' && cells(named) + cells(note) + 3 <= room ? ` ${note} ` : '';
  const rest = Math.max(0, width - 5 - cells(named) - cells(noted));
  return [
    span('╭─', border),
    span(` ${named} `, look),
    span('─'.repeat(Math.max(0, rest - 1)), border),
    span(noted, look),
    span(rest > 0 ? '─╮' : '╮', border),
  ];
}
