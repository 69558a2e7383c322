import { describe, expect, test } from 'vitest';
import { boxOn, draftOn } from '#domain/claude/input-box.ts';

const screen = (box: string): string =>
  `❯ an earlier prompt\n\n● Done.\n\n────\n${box}\n────\n  ? for help`;

const DIM = '\u001B[2m';
const PLAIN = '\u001B[0m';
const CURSOR = '\u001B[7m';
const NO_CURSOR = '\u001B[27m';

describe('the input box', () => {
  test('is found below earlier prompts, and nowhere while a menu stands there', () => {
    expect(boxOn(screen('❯ two\n  lines'))).toBe('twolines');
    expect(boxOn('● Done.\n\n  1. Yes\n  2. No')).toBeNull();
  });
});

describe('a draft', () => {
  test('is what a person has typed', () => {
    expect(draftOn(screen(`❯ fix the te${CURSOR} ${NO_CURSOR}`))).toBe('fixthete');
    expect(draftOn(screen('❯ one\n  two'))).toBe('onetwo');
  });

  test('is seen with the cursor upon its first letter, and in colour', () => {
    expect(draftOn(screen(`❯ ${CURSOR}f${NO_CURSOR}ix it`))).toBe('fixit');
    expect(draftOn(screen(`❯ ${CURSOR}f${NO_CURSOR}`))).toBe('f');
    expect(draftOn(screen('❯ \u001B[38;5;2;1m/review\u001B[39m'))).toBe('/review');
    expect(draftOn(screen('❯ \u001B[38;2;7;2;2mred\u001B[39m'))).toBe('red');
  });

  test('is none where Claude only suggests something', () => {
    expect(draftOn(screen('❯ '))).toBe('');
    expect(draftOn(screen(`❯ ${CURSOR} ${NO_CURSOR}`))).toBe('');
    expect(draftOn(screen(`❯ ${CURSOR}T${PLAIN}${DIM}ry "write a test"${PLAIN}`))).toBe('');
    expect(draftOn(screen(`❯ ${DIM}${CURSOR}T${NO_CURSOR}ry it\u001B[22m`))).toBe('');
  });

  test('is not known where no box is', () => {
    expect(draftOn(`${DIM}Do you want to go on?${PLAIN}\n  1. Yes`)).toBeNull();
  });
});
