import { expect, test } from 'vitest';
import { createPage } from '#review-loop/page.ts';

function page(isTTY: boolean, columns = 30) {
  const written: string[] = [];
  return { written, page: createPage({ write: (text) => written.push(text), columns, isTTY }) };
}

test('on a terminal the last line is written over, and lines that stay take its place', () => {
  const { written, page: own } = page(true);
  own.status('waits');
  own.status('waits');
  own.status('waits more');
  own.say(['stays', 'and this']);
  own.say(['again']);
  expect(written).toEqual([
    '\r\u001b[2Kwaits',
    '\r\u001b[2Kwaits more',
    '\r\u001b[2Kstays\nand this\n',
    'again\n',
  ]);
});

test('elsewhere each new line is one', () => {
  const { written, page: own } = page(false);
  own.status('waits');
  own.status('waits');
  own.say(['stays']);
  expect(written).toEqual(['waits\n', 'stays\n']);
});

test('the last line fits, wide letters too, and holds nothing that steers a terminal', () => {
  const { written, page: own } = page(true, 20);
  own.status(`日本語の文章がここにあります\u001b[2J`);
  expect(written).toEqual(['\r\u001b[2K日本語の文章がここ…']);
});
