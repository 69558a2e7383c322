import { Text, useIsScreenReaderEnabled } from 'ink';
import { memo, use } from 'react';
import { type Palette, PaletteContext } from '#tui/colors/palette.ts';
import { spoken } from '#tui/reader/spoken.ts';
import { cells, clip, drawn } from './fit.ts';

/** How a piece of text looks. Colours are Ink's: names of the terminal's own palette, or `#rrggbb`. */
export interface Look {
  readonly color?: string;
  readonly bold?: boolean;
  readonly dim?: boolean;
  readonly inverse?: boolean;
}

export interface Span {
  readonly text: string;
  readonly look?: Look | undefined;
}

/** One row of the screen, from left to right. */
export type Spans = readonly Span[];

export function span(text: string, look?: Look): Span {
  return { text, look };
}

/** The spans in exactly `width` cells: cut with an ellipsis, or filled with spaces. */
export function fitSpans(spans: Spans, width: number): Span[] {
  const out: Span[] = [];
  let left = width;
  for (const each of spans) {
    if (left === 0) break;
    const text = clip(each.text, left);
    left -= cells(text);
    out.push(text === each.text ? each : { ...each, text });
    if (text !== each.text) break;
  }
  if (left > 0) out.push({ text: ' '.repeat(left) });
  return out;
}

/** Two groups on one row: the right one keeps its place, the left one is cut. */
export function spread(left: Spans, right: Spans, width: number): Span[] {
  const wanted = right.reduce((sum, each) => sum + cells(each.text), 0);
  if (wanted >= width) return fitSpans(right, width);
  return [...fitSpans(left, width - wanted), ...right];
}

/**
 * Draws one row. Its width must be right already: Ink is not asked to cut. A row that says the same in the same look is not given to Ink
 * again, since what costs in a frame is Ink's measuring of rows that changed.
 */
export const Line = memo(
  function Line({ spans }: { spans: Spans }) {
    const palette = use(PaletteContext);
    const read = useIsScreenReaderEnabled();
    if (read) return <Spoken spans={spans} />;
    return (
      <Text wrap="truncate-end">
        {merged(spans).map((each, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a span is its place in the row.
          <Text key={index} {...inkLook(each.look, palette)}>
            {drawn(each.text)}
          </Text>
        ))}
      </Text>
    );
  },
  (one, other) => sameSpans(one.spans, other.spans),
);

function Spoken({ spans }: { spans: Spans }) {
  const text = spoken(spans.map((each) => drawn(each.text)).join(''));
  return text === '' ? null : <Text>{text}</Text>;
}

/** Neighbours of the same look become one: each costs a node. */
function merged(spans: Spans): Span[] {
  const out: Span[] = [];
  for (const each of spans) {
    const last = out.at(-1);
    if (last !== undefined && sameLook(last.look, each.look)) {
      out[out.length - 1] = { ...last, text: last.text + each.text };
    } else if (each.text !== '') out.push(each);
  }
  return out;
}

function sameSpans(one: Spans, other: Spans): boolean {
  return (
    one.length === other.length &&
    one.every((each, index) => {
      const beside = other[index];
      return each.text === beside?.text && sameLook(each.look, beside.look);
    })
  );
}

function sameLook(one: Look = {}, other: Look = {}): boolean {
  return (
    one.color === other.color &&
    one.bold === other.bold &&
    one.dim === other.dim &&
    one.inverse === other.inverse
  );
}

/** What is dimmed has the colour of text beside other text, where there is one; everything else without a colour has that of text. */
function inkLook(look: Look = {}, palette: Palette) {
  const instead = look.dim ? palette.secondary : palette.primary;
  const color = palette.colors ? (look.color ?? instead) : undefined;
  const dim = look.dim && (look.color !== undefined || instead === undefined);
  return {
    ...(color === undefined ? {} : { color }),
    ...(look.bold ? { bold: true } : {}),
    ...(dim ? { dimColor: true } : {}),
    ...(look.inverse ? { inverse: true } : {}),
  };
}
