import { expect, test } from 'vitest';
import { createTitle } from '#tui/terminal/title.ts';

function stage(term?: string) {
  const written: string[] = [];
  return { written, title: createTitle((text) => written.push(text), term) };
}

const PUSH = '\u001B[22;0t';
const POP = '\u001B[23;0t';

test('the title says how much waits, only when that changes, and goes back at the end', () => {
  const { written, title } = stage('xterm-256color');
  for (const count of [0, 0, 3, 3, 0]) title.show(count);
  title.close();
  title.close();
  expect(written).toEqual([
    `${PUSH}\u001B]2;claustre\u0007`,
    '\u001B]2;◆ 3 · claustre\u0007',
    '\u001B]2;claustre\u0007',
    POP,
  ]);
});

test('it is written again after another program had the terminal', () => {
  const { written, title } = stage('tmux-256color');
  title.show(1);
  title.lend();
  title.show(1);
  expect(written.slice(1)).toEqual(['\u001B]2;◆ 1 · claustre\u0007']);
});

test.each(['linux', 'dumb', 'vt220', '', undefined])('a terminal %j has none', (term) => {
  const { written, title } = stage(term);
  title.show(1);
  title.close();
  expect(written).toEqual([]);
});
