import type { Comment } from '#domain/review/comment.ts';
import { parseDiff } from '#domain/review/diff.ts';
import type { DiffReading } from '#operations/diff/read.ts';
import { NOW } from './dashboard.tsx';

/** A diff of three files: one changed in two hunks, one new with wide characters, one renamed and binary. */
export const SAMPLE_DIFF = `diff --git a/src/parser.ts b/src/parser.ts
index 1111111..2222222 100644
--- a/src/parser.ts
+++ b/src/parser.ts
@@ -8,5 +8,6 @@ export function parse(text: string) {
 const lines = text.split('\\n');
-return lines.map(read);
+const kept = lines.filter((line) => line !== '');
+return kept.map(read);
 }
 
@@ -98,3 +99,3 @@ function read(line: string) {
 const [key] = line.split('=');
-return key;
+return key.trim();
 }
diff --git a/docs/日本語 guide.md b/docs/日本語 guide.md
new file mode 100644
--- /dev/null
+++ b/docs/日本語 guide.md\t
@@ -0,0 +1,2 @@
+設定は config.toml に書きます。この行は長いので、狭い画面では切られるか、次の行に続きます。それでも枠は崩れません。
+\tTabs and a trap: \u202e
diff --git a/logo.png b/assets/logo.png
similarity index 90%
rename from logo.png
rename to assets/logo.png
index 3333333..4444444 100644
Binary files a/logo.png and b/assets/logo.png differ
`;

export function aComment(changes: Partial<Comment> = {}): Comment {
  return {
    id: 1,
    taskId: 1,
    file: 'src/parser.ts',
    side: 'new',
    fromLine: 9,
    toLine: 10,
    quote: "+const kept = lines.filter((line) => line !== '');\n+return kept.map(read);",
    text: 'Why drop empty lines? They are counted in the messages of errors.',
    writtenAt: new Date(NOW).toISOString(),
    sentAt: null,
    ...changes,
  };
}

export function aReading(changes: Partial<DiffReading> = {}, text = SAMPLE_DIFF): DiffReading {
  return {
    task: 1,
    base: 'main',
    files: parseDiff(text),
    comments: [],
    viewed: {},
    readAt: NOW,
    ...changes,
  };
}
