import { describe, expect, test } from 'vitest';
import { parseDiff } from '#domain/review/diff.ts';
import { rewriteComment, writeComment } from '#tui/dialogs/diff/comment.ts';
import { lineOf } from '#tui/dialogs/diff/items.ts';
import {
  type DiffDialog,
  editorPlace,
  moveTo,
  moveToKind,
  openReader,
  remade,
  selectedPlace,
  setFolded,
  toggleFold,
  whyOld,
} from '#tui/dialogs/diff/reader.ts';
import { findNext } from '#tui/dialogs/diff/search.ts';
import { NOW } from '../../../support/dashboard.tsx';
import { aComment, aReading, SAMPLE_DIFF } from '../../../support/diff-reading.ts';
import { fullSnapshot } from '../../../support/snapshots.ts';

const open = (changes = {}) => openReader('Fix it', aReading(changes));

/** What the cursor is on, in a few words. */
function here(reader: DiffDialog): string {
  const item = reader.items[reader.at];
  if (item === undefined) return 'nothing';
  const path = reader.reading.files[item.file]?.path ?? '';
  switch (item.kind) {
    case 'file':
      return path;
    case 'gone':
      return `gone ${item.path}`;
    case 'hunk':
      return `${path} hunk ${item.hunk}`;
    case 'note':
      return item.text;
    case 'comment':
      return `comment ${item.comment.id}`;
    default:
      return lineOf(reader.reading, item)?.text ?? '';
  }
}

function onLine(reader: DiffDialog, text: string): DiffDialog {
  return moveTo(
    reader,
    reader.items.findIndex((item) => lineOf(reader.reading, item)?.text === text),
  );
}

describe('what is viewed', () => {
  test('is folded, and the reader opens at the first file that is not', () => {
    const [first] = aReading().files;
    const reader = open({ viewed: { 'src/parser.ts': first?.hash ?? '' } });
    expect(here(reader)).toBe('docs/日本語 guide.md');
    expect(reader.folded).toEqual(new Set(['src/parser.ts']));
  });

  test('is to be viewed again once it has changed', () => {
    const reader = open({ viewed: { 'src/parser.ts': 'another hash' } });
    expect(here(reader)).toBe('src/parser.ts');
    expect(reader.folded.size).toBe(0);
  });
});

describe('moving', () => {
  test('goes from hunk to hunk and from file to file, and stays at the ends', () => {
    let reader = moveToKind(open(), ['hunk'], 1);
    expect(here(reader)).toBe('src/parser.ts hunk 0');
    reader = moveToKind(moveToKind(reader, ['hunk'], 1), ['hunk'], 1);
    expect(here(reader)).toBe('docs/日本語 guide.md hunk 0');
    reader = moveToKind(reader, ['file'], 1);
    expect(here(reader)).toBe('assets/logo.png');
    expect(moveToKind(reader, ['file'], 1)).toBe(reader);
    expect(here(moveTo(reader, -5))).toBe('src/parser.ts');
    expect(here(moveTo(reader, Number.MAX_SAFE_INTEGER))).toContain('binary');
  });

  test('a fold takes the cursor to the name of the file, and back it stays there', () => {
    const folded = toggleFold(onLine(open(), '}'));
    expect(here(folded)).toBe('src/parser.ts');
    expect(folded.items).toHaveLength(open().items.length - 12);
    expect(toggleFold(folded).items).toEqual(open().items);
  });
});

describe('a range', () => {
  test('has the lines from where it began, as far as the hunk goes', () => {
    const start = onLine(open(), 'return lines.map(read);');
    const ranged = { ...start, anchor: start.at };
    expect(selectedPlace(moveTo(ranged, start.at + 2))).toMatchObject({
      ...{ file: 'src/parser.ts', side: 'new', fromLine: 9, toLine: 10 },
    });
    const far = selectedPlace(moveTo(ranged, start.at + 8));
    expect(far).toMatchObject({ fromLine: 9, toLine: 12 });
    expect(far?.quote.split('\n')).toHaveLength(5);
    expect(selectedPlace(moveTo(ranged, 0))?.quote).toMatch(/^ const lines/);
  });

  test('skips what was said between its lines', () => {
    const reader = open({ comments: [aComment()] });
    const start = onLine(reader, 'return kept.map(read);');
    const ranged = moveTo({ ...start, anchor: start.at }, start.at + 2);
    expect(selectedPlace(ranged)?.quote).toBe('+return kept.map(read);\n }');
  });
});

describe('comments', () => {
  test('stand below the last of their lines; what was answered is not shown', () => {
    const sent = aComment({ id: 2, quote: '+gone', sentAt: '2026' });
    const lost = aComment({ id: 3, quote: '+gone' });
    const elsewhere = aComment({ id: 4, file: 'deleted.ts' });
    const reader = open({ comments: [aComment(), sent, lost, elsewhere] });
    const order = reader.items.map((_, at) => here({ ...reader, at }));
    expect(order.slice(0, 2)).toEqual(['src/parser.ts', 'comment 3']);
    expect(order.indexOf('comment 1')).toBe(order.indexOf('return kept.map(read);') + 1);
    expect(order.slice(-2)).toEqual(['gone deleted.ts', 'comment 4']);
    expect(order).not.toContain('comment 2');
  });

  test('are written on lines, and drafts are written anew', () => {
    const reader = open({ comments: [aComment()] });
    expect(writeComment(toggleFold(reader))).toMatch(/^Move to a line/);
    const second = moveToKind(moveToKind(reader, ['hunk'], 1), ['hunk'], 1);
    expect(writeComment(second)).toMatchObject({ target: { quote: '+return key.trim();' } });
    expect(writeComment(onLine(reader, '}'))).toMatchObject({ target: { kind: 'new' } });
    const at = reader.items.findIndex((item) => item.kind === 'comment');
    expect(writeComment(moveTo(reader, at))).toMatchObject({
      ...{ target: { kind: 'draft' }, input: { text: aComment().text } },
    });
    expect(rewriteComment(reader)).toMatch(/^Move to a comment/);
    const sent = open({ comments: [aComment({ sentAt: '2026' })] });
    expect(rewriteComment(moveTo(sent, at))).toMatch(/^Claude has this/);
  });
});

test('an editor opens at the line, and for a deleted one at the next that is there', () => {
  const reader = open();
  expect(editorPlace(onLine(reader, 'return lines.map(read);'))).toBe('src/parser.ts:9');
  expect(editorPlace(onLine(reader, 'return key.trim();'))).toBe('src/parser.ts:100');
  expect(editorPlace(moveTo(reader, Number.MAX_SAFE_INTEGER))).toBe('assets/logo.png');
  expect(editorPlace(open({ files: [] }))).toBeNull();
});

describe('reading again', () => {
  test('keeps the cursor on its line when lines came above it', () => {
    const before = { ...onLine(open(), 'return key.trim();'), top: 5 };
    const text = SAMPLE_DIFF.replace(' const lines', '+// One.\n+// Two.\n const lines').replace(
      '+99,3',
      '+101,3',
    );
    const after = remade(before, { reading: aReading({}, text) });
    expect(here(after)).toBe('return key.trim();');
    expect(after.top).toBe(before.top + 2);
  });

  test('goes to what is near when the line is gone, or its file', () => {
    const before = onLine(open(), 'return key.trim();');
    const near = remade(before, { reading: aReading({}, SAMPLE_DIFF.replace('.trim();', ';')) });
    expect(here(near)).toBe('return key;');
    const [, ...others] = aReading().files;
    const gone = remade(before, { reading: aReading({ files: others }) });
    expect(gone.items[gone.at]).toBeDefined();
    expect(here(remade(before, { reading: aReading({ files: [] }) }))).toBe('nothing');
  });
});

describe('a search', () => {
  test('finds names, lines and comments, in both directions and round the end', () => {
    const reader = open({ comments: [aComment()] });
    const next = findNext(reader, 'return', 0, 1);
    expect(next === null ? '' : here(next)).toBe('return lines.map(read);');
    const last = findNext(reader, 'return', reader.at - 1, -1);
    expect(last === null ? '' : here(last)).toBe('return key.trim();');
    expect(findNext(reader, 'logo', 0, 1)?.at).toBeGreaterThan(10);
    expect(findNext(reader, 'why drop', 0, 1)).not.toBeNull();
    expect(findNext(reader, 'nowhere', 0, 1)).toBeNull();
    expect(findNext(reader, '', 0, 1)).toBeNull();
  });

  test('takes capital letters at their word and nothing for a pattern', () => {
    expect(findNext(open(), 'TABS', 0, 1)).toBeNull();
    expect(findNext(open(), 'tabs', 0, 1)).not.toBeNull();
    expect(findNext(open(), '(.*)', 0, 1)).toBeNull();
    expect(findNext(open(), '.map(', 0, 1)).not.toBeNull();
  });

  test('unfolds the file in which it finds something', () => {
    const [file] = aReading().files;
    if (file === undefined) throw new Error('No file.');
    const folded = setFolded(open(), file, true);
    const down = findNext(folded, 'trim', 0, 1);
    expect(down === null ? '' : here(down)).toBe('return key.trim();');
    expect(down?.folded.size).toBe(0);
    const up = findNext(folded, 'return', folded.items.length - 1, -1);
    expect(up === null ? '' : here(up)).toBe('return key.trim();');
  });
});

describe('what was read is old', () => {
  const counted = (changes = {}) => {
    const { sessions } = fullSnapshot();
    const session = sessions.get(1);
    if (session === undefined) throw new Error('No session.');
    const work = {
      head: 'head',
      ahead: 1,
      behind: 0,
      files: 3,
      added: 5,
      deleted: 2,
      cut: false,
      readAt: NOW + 1,
    };
    return {
      sessions: new Map([[1, { ...session, promptedAt: null, turnEndedAt: null }]]),
      progress: new Map([[1, { work: { ...work, ...changes }, risks: null, doing: null }]]),
    };
  };

  test('when the numbers of the work are others, and not only counted later', () => {
    expect(whyOld(open(), counted())).toBeNull();
    expect(whyOld(open(), counted({ added: 6 }))).toMatch(/^The work has changed/);
    expect(whyOld(open(), counted({ added: 6, readAt: NOW }))).toBeNull();
  });

  test('but not when they are those that were known at the reading', () => {
    const numbers = { files: 3, added: 6, deleted: 2 };
    expect(whyOld({ ...open(), numbers }, counted({ added: 6 }))).toBeNull();
    expect(whyOld({ ...open(), numbers }, counted({ added: 7 }))).not.toBeNull();
  });
});

test('a diff of fifty thousand lines is moved through at once', () => {
  const text = `diff --git a/m b/m\n--- a/m\n+++ b/m\n@@ -0,0 +1,9 @@\n${'+some code here\n'.repeat(50_000)}`;
  const reader = openReader('Long', aReading({ files: parseDiff(text) }));
  const begun = performance.now();
  const moved = moveTo(reader, 40_000);
  expect(findNext(moved, 'not there at all', moved.at, 1)).toBeNull();
  expect(toggleFold(toggleFold(moved)).items).toHaveLength(50_002);
  expect(performance.now() - begun).toBeLessThan(500);
});
