import { render } from 'ink-testing-library';
import { expect, test, vi } from 'vitest';
import { cells } from '#tui/widgets/fit.ts';
import { fitSpans, Line, type Spans, span, spread } from '#tui/widgets/line.tsx';

// Whether there are colours is decided when Ink is loaded.
vi.hoisted(() => vi.stubEnv('FORCE_COLOR', '1'));

const text = (spans: Spans) => spans.map((each) => each.text).join('');

test('spans are cut or filled to exactly the width', () => {
  expect(text(fitSpans([span('ab'), span('cd')], 6))).toBe('abcd  ');
  expect(text(fitSpans([span('ab'), span('cdef')], 4))).toBe('abc…');
  expect(text(fitSpans([span('ab'), span('cd')], 2))).toBe('ab');
  expect(cells(text(fitSpans([span('日本'), span('語')], 5)))).toBe(5);
});

test('the right group keeps its place and the left one is cut', () => {
  expect(text(spread([span('a long title')], [span(' 3/4')], 12))).toBe('a long … 3/4');
  expect(text(spread([span('ab')], [span('cd')], 6))).toBe('ab  cd');
});

test('a row that says the same in another look is drawn again', () => {
  const shown = render(<Line spans={[span('same')]} />);
  const before = shown.lastFrame();
  shown.rerender(<Line spans={[span('same', { bold: true })]} />);
  expect(shown.lastFrame()).toContain('same');
  expect(shown.lastFrame()).not.toBe(before);
});
