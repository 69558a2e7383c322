import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createEmulator, type Emulator } from '#tui/typing/emulator.ts';
import { createScreen } from '../../support/screen.ts';

function setUp(columns = 20, rows = 4, colors = true) {
  const answers: string[] = [];
  const copied: string[] = [];
  let changes = 0;
  const emulator = createEmulator(
    { columns, rows },
    {
      onChange: () => {
        changes += 1;
      },
      onAnswer: (text) => void answers.push(text),
      onCopy: (base64) => void copied.push(base64),
    },
    colors,
  );
  return {
    emulator,
    write: (text: string) => write(emulator, Buffer.from(text)),
    answers,
    copied,
    changes: () => changes,
  };
}

const write = (emulator: Emulator, bytes: Uint8Array) =>
  new Promise<void>((done) => emulator.write(bytes, done));

describe('the emulated terminal', () => {
  test('gives rows from the first that is shown, blanks at their ends left out', async () => {
    const { emulator, write, changes } = setUp();
    await write('status\r\none\r\n  two  \u001B[7m \u001B[0m  ');
    expect(emulator.rows(1, 0)).toEqual(['one', '  two  \u001B[0;7m \u001B[0m', '']);
    expect(changes()).toBeGreaterThan(0);
  });

  test('takes a character in pieces as one', async () => {
    const bytes = Buffer.from('a— “漢字” 👨\u200D👩 ü');
    const whole = setUp();
    await write(whole.emulator, bytes);
    for (let cut = 1; cut < bytes.length; cut += 1) {
      const { emulator } = setUp();
      await write(emulator, bytes.subarray(0, cut));
      await write(emulator, bytes.subarray(cut));
      expect(emulator.rows(0, 0), `cut at ${cut}`).toEqual(whole.emulator.rows(0, 0));
    }
  });

  test('without colours keeps the looks that are none', async () => {
    const { emulator, write } = setUp(20, 2, false);
    await write('\u001B[1;31mred\u001B[22m\u001B[44m x\u001B[7m y\u001B[27m  ');
    expect(emulator.rows(0, 0)[0]).toBe('\u001B[0;1mred\u001B[0m x\u001B[0;7m y\u001B[0m');
  });

  test('says the column again after what may be drawn wider or narrower', async () => {
    const { emulator, write } = setUp();
    await write('a漢b─c👍d');
    expect(emulator.rows(0, 10)[0]).toBe('a漢\u001B[14Gb─c👍\u001B[19Gd');
  });

  test('keeps a mark together with its letter, and leaves out those that turn the writing', async () => {
    const { emulator, write } = setUp();
    await write('e\u0301 א\u202Eב');
    const [row = ''] = emulator.rows(0, 0);
    expect(row).toContain('e\u0301\u001B[2G');
    expect(row).not.toContain('\u202E');
  });

  test('leaves the last cell empty rather than let an emoji reach over the border', async () => {
    const { emulator, write } = setUp(5);
    await write('abcd❤\uFE0F');
    expect(emulator.rows(0, 0)[0]).toBe('abcd \u001B[6G');
  });

  test('knows where the cursor stands, its shape, and whether it is shown', async () => {
    const { emulator, write } = setUp(5);
    await write('a\r\nbc');
    expect(emulator.cursor(1)).toEqual({ x: 2, y: 0, shape: 0 });
    await write('\u001B[5 q');
    expect(emulator.cursor(0)).toEqual({ x: 2, y: 1, shape: 5 });
    expect(emulator.cursor(2)).toBeNull();
    await write('\u001B[?25l');
    expect(emulator.cursor(0)).toBeNull();
    await write('\u001B[?25h\u001B[Hxxxxx');
    expect(emulator.cursor(0)).toMatchObject({ x: 4, y: 0 });
  });

  test('tells what the program wants to hear of', async () => {
    const { emulator, write } = setUp();
    expect(emulator.modes()).toEqual({ mouse: 'none', focus: false, otherKeys: 0 });
    await write('\u001B[?1002h\u001B[?1006h\u001B[?1004h\u001B[>4;1m');
    expect(emulator.modes()).toEqual({ mouse: 'drag', focus: true, otherKeys: 1 });
    await write('\u001B[?1003h\u001B[>4m');
    expect(emulator.modes()).toMatchObject({ mouse: 'any', otherKeys: 0 });
  });

  test('is updating between the marks of an update', async () => {
    const { emulator, write } = setUp();
    await write('\u001B[?2026h');
    expect(emulator.isUpdating()).toBe(true);
    await write('\u001B[?2026l');
    expect(emulator.isUpdating()).toBe(false);
    await write('\u001BP=1s\u001B\\');
    expect(emulator.isUpdating()).toBe(true);
    await write('\u001BP=2s\u001B\\');
    expect(emulator.isUpdating()).toBe(false);
  });

  test('answers questions itself; nothing that a program writes leaves it but rows and copies', async () => {
    const { emulator, write, answers, copied } = setUp();
    await write('\u001B[c\u001B]0;title\u0007\u001B]52;c;?\u0007\u001B[6nx');
    expect(answers).toEqual(['\u001B[?1;2c', '\u001B[1;1R']);
    expect(copied).toEqual([]);
    expect(emulator.rows(0, 0)[0]).toBe('x');
    await write('\u001B]52;;aGVsbG8=\u0007\u001B]52;c;not base64\u0007');
    await write(`\u001B]52;c;${'A'.repeat(500_000)}\u0007`);
    expect(copied).toEqual(['aGVsbG8=']);
  });

  test('painted anywhere, its rows look like what the program drew', async () => {
    const look = fc
      .array(
        fc.constantFrom(
          ...['0', '1', '2', '3', '4', '7', '8', '9', '31', '42', '97', '104', '53'],
          ...['38;5;200', '48;5;17', '38;2;1;2;3', '48;2;250;0;9', '22', '27', '39', '49'],
        ),
        { minLength: 1, maxLength: 3 },
      )
      .map((codes) => `\u001B[${codes.join(';')}m`);
    const text = fc.constantFrom('a', ' ', 'word', '漢', '👍', 'e\u0301', '─', '\r\n', '\u001B[K');
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(look, text), { maxLength: 60 }), async (parts) => {
        const [columns, rows, left] = [18, 4, 7];
        const { emulator, write } = setUp(columns, rows);
        const drawn = createScreen(columns, rows);
        const painted = createScreen(left + columns, rows);
        await write(parts.join(''));
        await drawn.write(parts.join(''));
        for (const [y, row] of emulator.rows(0, left).entries()) {
          await painted.write(`\u001B[${y + 1};${left + 1}H${row}`);
        }
        for (let y = 0; y < rows; y += 1) {
          for (let x = 0; x < columns; x += 1) {
            expect(painted.cell(left + x, y), `${x},${y}`).toBe(drawn.cell(x, y));
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  test('has another size when it is told so', async () => {
    const { emulator, write } = setUp(20, 4);
    await write('one\r\ntwo');
    emulator.resize({ columns: 2, rows: 3 });
    expect(emulator.rows(0, 0)).toHaveLength(3);
    emulator.close();
  });
});
