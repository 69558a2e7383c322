import { describe, expect, test } from 'vitest';
import type { App } from '#app.ts';
import { refuse } from '#domain/error.ts';
import { parseDiff } from '#domain/review/diff.ts';
import type { DiffReading } from '#operations/diff/read.ts';
import {
  type FakeOperation,
  fakeOperations,
  KEYS,
  type MountOptions,
  mountDashboard,
  NOW,
} from '../../../support/dashboard.tsx';
import { aComment, aReading } from '../../../support/diff-reading.ts';
import { aSnapshot, fullSnapshot } from '../../../support/snapshots.ts';

const APP = {
  clock: { now: () => NOW, iso: () => new Date(NOW).toISOString() },
  config: { settings: { tools: { editor: 'ed', git: 'tig', windows: ['my-window'] } } },
  host: { environment: {} },
} as unknown as App;

type Fakes = Record<string, FakeOperation>;

async function reader(more: { reading?: Partial<DiffReading>; fakes?: Fakes } & MountOptions = {}) {
  const { reading = {}, fakes = {}, ...options } = more;
  const faked = fakeOperations({ readDiff: { run: () => aReading(reading) }, ...fakes });
  const dashboard = await mountDashboard(fullSnapshot(), {
    ...{ columns: 120, rows: 40, app: APP, view: { taskId: 1 } },
    ...options,
    operations: faked.operations,
  });
  await dashboard.press('D');
  const named = (name: string) => faked.calls.filter((each) => each.name === name);
  const dialog = () => dashboard.state.get().view.dialog;
  return { ...dashboard, calls: faked.calls, named, dialog };
}

const addComment: FakeOperation = {
  run: ({ text, quote }) => aComment({ id: 7, text: String(text), quote: String(quote) }),
};

describe('the reader', () => {
  test('shows files, hunks, lines with their numbers, and what was said', async () => {
    const { frame } = await reader({ reading: { comments: [aComment()] } });
    const shown = await frame();
    expect(shown).toContain('Diff of #1 Fix the parser');
    expect(shown).toContain('3 files +5 -2, 1 draft');
    expect(shown).toContain('@@ -8,5 +8,6 @@ export function parse');
    expect(shown).toMatch(/9 {5}-return lines\.map/);
    expect(shown).toMatch(/ {4}9 \+const kept/);
    expect(shown).toContain('✎ lines 9-10: Why drop empty lines?');
    expect(shown).toContain('logo.png → assets/logo.png');
    expect(shown).toContain('<U+202E>');
  });

  test('is left with Esc, and a range first', async () => {
    const { press, dialog } = await reader();
    await press('j', 'j', 'V', 'j', KEYS.esc);
    expect(dialog()).toMatchObject({ kind: 'diff', anchor: null });
    await press(KEYS.esc);
    expect(dialog()).toBeNull();
  });

  test('gives way to the lists in the middle of what was typed', async () => {
    const { press, named, dialog } = await reader({ lend: async (work) => work() });
    await press('jqg');
    expect(dialog()).toBeNull();
    expect(named('inspectWorktree')).toHaveLength(1);
  });

  test('wraps long lines when told to, and every row stays in its frame', async () => {
    const { press, frame } = await reader({ columns: 60, rows: 24 });
    await press('}', 'w', 'j', 'j', 'j');
    const shown = await frame();
    expect(shown).toContain('それでも');
    for (const row of shown.split('\n').slice(2, 20)) expect(row).toMatch(/^│.*│$/);
  });

  test('keeps the cursor in sight, however far it goes', async () => {
    const body = Array.from({ length: 3_000 }, (_, index) => `+line ${index}`).join('\n');
    const text = `diff --git a/m b/m\n--- a/m\n+++ b/m\n@@ -0,0 +1,3000 @@\n${body}\n`;
    const { press, see, frame } = await reader({ reading: { files: parseDiff(text) } });
    await press('G');
    await see('▸      3000 +line 2999');
    await press(KEYS.up, '\u0015');
    expect(await frame()).toMatch(/▸ +2982 \+line 2981/);
    await press('g');
    expect(await frame()).toMatch(/▸ ▾ m {2}\+3000/);
  });

  test('says when Claude has worked since, and reads again', async () => {
    const { press, see, state, named } = await reader();
    state.setSnapshot(withSession({ promptedAt: NOW + 1, activity: 'idle' }));
    await see('Claude has worked since this was read');
    state.setSnapshot(withSession({ promptedAt: NOW - 1, activity: 'working' }));
    await see('Claude is at work');
    await press('R');
    expect(named('readDiff')).toHaveLength(2);
    state.setSnapshot({ ...fullSnapshot(), sessions: new Map() });
    await see('The session has ended');
  });

  test('takes a comment where it opens: on the first line that changed there', async () => {
    const { press, see, named } = await reader({ fakes: { addComment } });
    await press('c', 'Why?');
    await see('Comment on src/parser.ts:9');
    await press(KEYS.enter);
    expect(named('addComment')[0]?.input).toMatchObject({
      ...{ place: 'src/parser.ts:9', old: false },
      quote: "+const kept = lines.filter((line) => line !== '');",
    });
  });

  test('of nothing says so', async () => {
    const { see, press } = await reader({ reading: { files: [] } });
    await see('Nothing differs from main yet.');
    await press('j', 'c', 'v', 'o', 'J', 'V', KEYS.enter, 'x');
    await see('Move to a comment');
  });

  test('is not there without a worktree', async () => {
    const { operations } = fakeOperations({ readDiff: { run: () => refuse('No worktree.') } });
    const dashboard = await mountDashboard(fullSnapshot(), { operations, view: { taskId: 4 } });
    await dashboard.press('D');
    await dashboard.see('Task #4 has no worktree. Press l to launch it.');
    dashboard.state.update((view) => ({ ...view, taskId: 1 }));
    await dashboard.press('D');
    await dashboard.see('No worktree.');
    expect(dashboard.state.get().view.dialog).toBeNull();
    const none = await mountDashboard(aSnapshot(), { operations });
    await none.press('D', 'E', 'g');
    await none.see('There is no project yet');
  });
});

function withSession({
  promptedAt,
  activity,
}: {
  promptedAt: number;
  activity: 'idle' | 'working';
}) {
  const full = fullSnapshot();
  const session = full.sessions.get(1);
  if (session === undefined) throw new Error('No session.');
  const changed = { ...session, promptedAt, activity: { ...session.activity, name: activity } };
  return { ...full, sessions: new Map([...full.sessions, [1, changed]]) };
}

describe('a viewed file', () => {
  test('is folded and the next one comes; the mark is kept with what was seen', async () => {
    const { press, see, named, dialog } = await reader();
    await press(' ');
    const [file] = aReading().files;
    expect(named('viewFile')[0]?.input).toEqual({
      ...{ task: 1, file: 'src/parser.ts', undo: false, hash: file?.hash },
    });
    await see('1 viewed');
    expect(dialog()).toMatchObject({ at: 1, folded: new Set(['src/parser.ts']) });
    await press('K', 'v');
    expect(named('viewFile')[1]?.input).toMatchObject({ undo: true });
    expect(dialog()).toMatchObject({ at: 0, folded: new Set() });
  });

  test('whose mark could not be kept is not shown as viewed', async () => {
    const fakes = { viewFile: { run: () => refuse('The database is busy.') } };
    const { press, see, dialog } = await reader({ fakes });
    await press('v');
    await see('The database is busy.');
    expect(dialog()).toMatchObject({ reading: { viewed: {} }, folded: new Set() });
  });
});

describe('a comment', () => {
  test('is written on a range and kept as a draft with file, lines and quote', async () => {
    const { press, see, named, dialog } = await reader({ fakes: { addComment } });
    await press('j', 'j', 'j', 'V', 'j', 'j', 'c');
    await see('Comment on src/parser.ts:9-10');
    await press('Why?', KEYS.altEnter, 'kjsq', KEYS.enter);
    expect(named('addComment')).toEqual([
      {
        name: 'addComment',
        input: {
          ...{ task: 1, place: 'src/parser.ts:9-10', old: false, text: 'Why?\nkjsq' },
          quote:
            "-return lines.map(read);\n+const kept = lines.filter((line) => line !== '');\n+return kept.map(read);",
        },
      },
    ]);
    await see('✎ lines 9-10: Why?');
    expect(dialog()).toMatchObject({ kind: 'diff', anchor: null });
  });

  test('on a deleted line counts in the file as it was', async () => {
    const { press, named } = await reader({ fakes: { addComment } });
    await press('jjjc', 'x', KEYS.enter);
    expect(named('addComment')[0]?.input).toMatchObject({ place: 'src/parser.ts:9', old: true });
  });

  test('typed with one read is text from where it begins', async () => {
    const { press, named } = await reader({ fakes: { addComment } });
    await press('jjcquit? s', KEYS.enter);
    expect(named('addComment')[0]?.input.text).toBe('quit? s');
    expect(named('sendComments')).toEqual([]);
  });

  test('is kept when it is left with Esc, and forgotten when nothing was written', async () => {
    const { press, named, dialog } = await reader({ fakes: { addComment } });
    await press('jj', 'c', KEYS.esc);
    expect(named('addComment')).toEqual([]);
    expect(dialog()?.kind).toBe('diff');
    await press('c', 'later', KEYS.esc);
    expect(named('addComment')).toHaveLength(1);
  });

  test('that is refused stays with the reason, and is left on the second Esc', async () => {
    const fakes = { addComment: { run: () => refuse('Too long.', 'Write less.') } };
    const { press, see, dialog } = await reader({ fakes });
    await press('jj', 'c');
    await press('words');
    await press(KEYS.enter);
    await see('Too long. Write less.');
    await see('words');
    await press(KEYS.esc);
    expect(dialog()?.kind).toBe('diff');
  });

  test('takes a paste as text', async () => {
    const { press, paste, named } = await reader({ fakes: { addComment } });
    await press('jj', 'c');
    await paste('one\r\ntwo');
    await press(KEYS.up, '!', KEYS.enter);
    expect(named('addComment')[0]?.input.text).toBe('one!\ntwo');
  });

  test('that is a draft can be changed, deleted and brought back', async () => {
    const editComment = { run: () => aComment({ text: 'Other words' }) };
    const removeComment = { run: () => aComment({ text: 'Other words' }) };
    const { press, see, named, frame } = await reader({
      reading: { comments: [aComment()] },
      fakes: { editComment, removeComment, addComment },
    });
    await press('x');
    await see('Move to a comment to delete it.');
    await press('jjjjjj', 'e', ' More.', KEYS.enter);
    expect(named('editComment')[0]?.input).toEqual({
      comment: 1,
      text: `${aComment().text} More.`,
    });
    await see('Other words');
    await press('x');
    await see('Deleted: Other words; u brings it back.');
    expect(await frame()).not.toContain('1 draft');
    await press('u');
    expect(named('addComment')[0]?.input).toMatchObject({
      ...{ place: 'src/parser.ts:9-10', quote: aComment().quote, text: 'Other words' },
    });
    await see('1 draft');
    await press('u');
    await see('No comment was deleted here.');
  });
});

describe('sending', () => {
  test('gives all drafts to Claude at once and shows them as sent', async () => {
    const sendComments = { run: () => ({ task: 1, comments: [1] }) };
    const { press, see, named, frame } = await reader({
      ...{ reading: { comments: [aComment()] }, fakes: { sendComments } },
    });
    await press('s');
    expect(named('sendComments')[0]?.input).toEqual({ task: 1 });
    await see('Claude took the comment.');
    const shown = await frame();
    expect(shown).toContain('(sent)');
    expect(shown).not.toContain('1 draft');
    await press('s');
    await see('There is no draft to send');
  });

  test('that is refused leaves the drafts', async () => {
    const sendComments = { run: () => refuse('Claude waits for an answer in #1.') };
    const { press, see } = await reader({
      ...{ reading: { comments: [aComment()] }, fakes: { sendComments } },
    });
    await press('s');
    await see('Claude waits for an answer in #1.');
    await see('1 draft');
  });
});

describe('searching', () => {
  test('goes to what is found while it is typed; n and N go on', async () => {
    const { press, see, dialog } = await reader();
    await press('/');
    await press('return');
    await see('/return');
    expect(dialog()).toMatchObject({ kind: 'search', reader: { at: 3 } });
    await press(KEYS.enter, 'n');
    expect(dialog()).toMatchObject({ kind: 'diff', at: 5 });
    await press('N', 'N');
    expect(dialog()).toMatchObject({ at: 11 });
  });

  test('goes back with Esc, and says when there is nothing', async () => {
    const { press, see, dialog } = await reader();
    await press('n');
    await see('Nothing was searched for yet');
    await press('j', '/');
    await press('nowhere');
    await see('not found');
    await press(KEYS.enter, 'n');
    await see('"nowhere" is not in this diff.');
    await press('/', 'trim', KEYS.esc);
    expect(dialog()).toMatchObject({ kind: 'diff', at: 1 });
  });
});

describe("the person's own programs", () => {
  function lending() {
    const lent: string[] = [];
    return {
      lent,
      lend: async (work: () => Promise<void>) => {
        lent.push('terminal');
        await work();
      },
    };
  }

  test('the editor gets the terminal and the line, and the diff is read again after it', async () => {
    const { lent, lend } = lending();
    const { press, named } = await reader({ lend });
    await press('jjj', 'o');
    expect(named('editWorktree')[0]?.input).toEqual({ task: 1, place: 'src/parser.ts:9' });
    expect(lent).toEqual(['terminal']);
    expect(named('readDiff')).toHaveLength(2);
  });

  test('E and g open them in the worktree of the selected task', async () => {
    const { lent, lend } = lending();
    const { press, named, see } = await reader({
      ...{ lend, fakes: { inspectWorktree: { run: () => refuse('"tig" was not found.') } } },
    });
    await press(KEYS.esc, 'EE', 'g');
    expect(named('editWorktree').map(({ input }) => input)).toEqual([{ task: 1 }]);
    expect(named('inspectWorktree')[0]?.input).toEqual({ task: 1 });
    expect(lent).toHaveLength(2);
    await see('"tig" was not found.');
  });

  test('one with a window of its own leaves the terminal to the dashboard', async () => {
    const { lent, lend } = lending();
    const tools = { editor: 'my-window -w', git: 'tig', windows: ['my-window'] };
    const app = { ...APP, config: { settings: { tools } } } as unknown as App;
    const { press, named } = await reader({ lend, app });
    await press('o');
    expect(named('editWorktree')).toHaveLength(1);
    expect(lent).toEqual([]);
  });
});
