import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type FileDiff, parseDiff, signOf } from '#domain/review/diff.ts';

const CHANGED = `diff --git a/src/a.ts b/src/a.ts
index e69de29..d95f3ad 100644
--- a/src/a.ts
+++ b/src/a.ts
@@ -1,3 +1,4 @@ function x() {
 one
-two
+TWO
+2.5
 three
@@ -10 +11,2 @@
 ten
+eleven
\\ No newline at end of file
`;

function only(text: string): FileDiff {
  const [file, ...others] = parseDiff(text);
  if (file === undefined || others.length > 0) throw new Error(`${others.length} others`);
  return file;
}

describe('a diff of a changed file', () => {
  test('has lines with their numbers before and after', () => {
    const file = only(CHANGED);
    expect(file).toMatchObject({ path: 'src/a.ts', oldPath: null, change: 'modified' });
    expect(file).toMatchObject({ added: 3, deleted: 1, binary: false, mode: null, cut: false });
    const [first, second] = file.hunks;
    expect(first?.header).toBe('@@ -1,3 +1,4 @@ function x() {');
    expect(first?.lines).toEqual([
      { kind: 'context', text: 'one', oldLine: 1, newLine: 1 },
      { kind: 'deleted', text: 'two', oldLine: 2, newLine: null },
      { kind: 'added', text: 'TWO', oldLine: null, newLine: 2 },
      { kind: 'added', text: '2.5', oldLine: null, newLine: 3 },
      { kind: 'context', text: 'three', oldLine: 3, newLine: 4 },
    ]);
    expect(second?.lines.at(-1)).toEqual({
      ...{ kind: 'added', text: 'eleven', oldLine: null, newLine: 12, unended: true },
    });
  });

  test('is not misled by lines that look like those of git', () => {
    const text = `${CHANGED}diff --git a/b b/b
--- a/b
+++ b/b
@@ -1,2 +1,3 @@
--- a/other
+++ b/other
+diff --git a/c b/c
 x\rdiff --git a/d b/d
`;
    const files = parseDiff(text);
    expect(files.map(({ path }) => path)).toEqual(['src/a.ts', 'b']);
    expect(files[1]).toMatchObject({ added: 2, deleted: 1 });
  });

  test('has another hash when anything in it differs, and the same when only the rest does', () => {
    const { hash } = only(CHANGED);
    expect(only(CHANGED.replace('eleven', 'twelve')).hash).not.toBe(hash);
    expect(only(CHANGED.replace('d95f3ad', 'aaaaaaa')).hash).toBe(hash);
    expect(parseDiff(`diff --git a/0 b/0\nold mode 1\nnew mode 2\n${CHANGED}`)[1]?.hash).toBe(hash);
  });
});

describe('what happened to a file', () => {
  test.each([
    ['diff --git a/n b/n\nnew file mode 100644\nindex 0..e\n', { path: 'n', change: 'added' }],
    [
      'diff --git a/n b/n\ndeleted file mode 100644\n--- a/n\n+++ /dev/null\n@@ -1 +0,0 @@\n-x\n',
      { path: 'n', change: 'deleted', deleted: 1, oldPath: null },
    ],
    [
      'diff --git a/old b/new name\nsimilarity index 90%\nrename from old\nrename to new name\n',
      { path: 'new name', oldPath: 'old', change: 'renamed' },
    ],
    [
      'diff --git a/x b/y\nsimilarity index 100%\ncopy from x\ncopy to y\n',
      { path: 'y', oldPath: 'x', change: 'copied' },
    ],
    [
      'diff --git a/run b/run\nold mode 100644\nnew mode 100755\n',
      { path: 'run', mode: { from: '100644', to: '100755' }, added: 0, deleted: 0 },
    ],
    [
      'diff --git a/p q.png b/p q.png\nindex 1..2 100644\nBinary files a/p q.png and b/p q.png differ\n',
      { path: 'p q.png', binary: true, added: null, deleted: null },
    ],
  ] as const)('%s', (text, expected) => {
    expect(only(text)).toMatchObject(expected);
  });

  test('a binary file has another hash when its content differs', () => {
    const binary = (to: string) =>
      only(`diff --git a/p b/p\nindex 1..${to} 100644\nBinary files a/p and b/p differ\n`).hash;
    expect(binary('2')).not.toBe(binary('3'));
  });

  test('a combined diff has the new numbers alone', () => {
    const text = `diff --cc f
index 1,2..3
--- a/f
+++ b/f
@@@ -1,2 -1,2 +1,3 @@@ x
  both
- ours
 -theirs
++merged
`;
    const file = only(text);
    expect(file).toMatchObject({ path: 'f', added: 1, deleted: 2 });
    expect(file.hunks[0]?.lines.map(({ text, newLine }) => [text, newLine])).toEqual([
      ['both', 1],
      ['ours', null],
      ['theirs', null],
      ['merged', 2],
    ]);
  });
});

describe('limits', () => {
  const many = (count: number) =>
    `diff --git a/m b/m\n--- a/m\n+++ b/m\n@@ -0,0 +1,${count} @@\n${'+x\n'.repeat(count)}`;

  test('files beyond them keep their facts and numbers, and say that they are cut', () => {
    const [first, second] = parseDiff(many(5) + many(9).replaceAll('m', 'k'), {
      lines: 7,
      lineLength: 10,
    });
    expect(first).toMatchObject({ cut: false, added: 5 });
    expect(second).toMatchObject({ path: 'k', cut: true, added: 9 });
    expect(second?.hunks[0]?.lines).toHaveLength(2);
  });

  test('a line of a megabyte is kept in part', () => {
    const text = many(1).replace('+x', `+${'x'.repeat(1_000_000)}`);
    const [line] = only(text).hunks[0]?.lines ?? [];
    expect(line).toMatchObject({ cut: true, text: 'x'.repeat(4_000) });
  });

  test('fifty thousand lines are read in less than a second', () => {
    const begun = performance.now();
    expect(only(many(50_000)).added).toBe(50_000);
    expect(performance.now() - begun).toBeLessThan(1_000);
  });
});

describe('whatever the text', () => {
  test('nothing is thrown', () => {
    const piece = fc.oneof(
      fc.constantFrom('diff --git a/x b/x', 'diff --cc x', '@@ -1 +1 @@', '@@@ -1 -1 +1 @@@'),
      fc.constantFrom('--- "a/\\303\\244"', '+++ b/x\t', 'rename to "', '\\ No newline', ''),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(piece), (lines) => {
        for (const file of parseDiff(lines.join('\n'))) expect(file.path).toBeTypeOf('string');
      }),
    );
  });

  test('lines come back as they were, with numbers that count on', () => {
    const line = fc.record({
      kind: fc.constantFrom('context' as const, 'added' as const, 'deleted' as const),
      text: fc.string().map((text) => text.replaceAll('\n', '')),
    });
    fc.assert(
      fc.property(fc.array(line, { minLength: 1 }), fc.nat(1_000), (lines, start) => {
        const body = lines.map((each) => `${signOf(each)}${each.text}`).join('\n');
        const head = `diff --git a/f b/f\n--- a/f\n+++ b/f\n@@ -${start},9 +${start},9 @@`;
        const read = only(`${head}\n${body}\n`).hunks[0]?.lines ?? [];
        expect(read.map(({ kind, text }) => ({ kind, text }))).toEqual(lines);
        const news = read.flatMap(({ newLine }) => newLine ?? []);
        expect(news).toEqual(news.map((_, index) => start + index));
      }),
    );
  });
});
