import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { PRINTED } from '#cli/print/result.ts';
import { ACTIVITIES } from '#domain/activity.ts';
import { PUSH_MODES, TASK_MODES, TASK_STATUSES } from '#domain/task.ts';
import { OPERATIONS } from '#operations/all.ts';
import { aboutScript, registeredHooks } from './support/reference/hooks-page.ts';
import { importsOf, loadedWith, ROOT, sourceFiles } from './support/source-tree.ts';

const CODE = ['.ts', '.tsx'];
const SOURCES = sourceFiles('src', CODE);
const TESTS = sourceFiles('tests', CODE);
const PAGES = [
  ...sourceFiles('docs', ['.md']),
  ...['README.md']
    .filter((name) => existsSync(join(ROOT, name)))
    .map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') })),
];
const SCRIPTS = sourceFiles('hooks', ['.sh']);
/** This file and its like have to name what they forbid. */
const RULES = ['tests/tidy.test.ts'];

/** Files (or folders, with a slash) without tests of their own, each with what covers them. Files that only declare types need none. */
const COVERED_BY: Record<string, string> = {
  'src/operations/session/tasks-in-sessions.ts': 'tests/operations/queue/feed.test.ts',
  'src/adapters/claude/config-dir.ts': 'tests/adapters/claude/sessions-file.test.ts',
  'src/adapters/claude/read-json.ts': 'tests/adapters/claude/trust.test.ts',
  'src/adapters/claude/run-print.ts': 'tests/adapters/claude/print.test.ts',
  'src/adapters/claude/session-files.ts': 'tests/adapters/claude/create-claude.test.ts',
  'src/adapters/log-end.ts': 'tests/adapters/claude/run-setup.test.ts',
  'src/adapters/claude/shell-words.ts': 'tests/adapters/claude/launch-script.test.ts',
  'src/adapters/claude/write-file.ts': 'tests/adapters/claude/create-claude.test.ts',
  'src/adapters/desktop/own-program.ts': 'tests/adapters/desktop/desktop.test.ts',
  'src/adapters/gh/budget.ts': 'tests/adapters/gh/create-gh.test.ts',
  'src/adapters/gh/merging/merge-query.ts': 'tests/adapters/gh/merging/merge.test.ts',
  'src/adapters/gh/merging/retarget.ts': 'tests/adapters/gh/merging/merge.test.ts',
  'src/adapters/gh/failure.ts': 'tests/adapters/gh/create-gh.test.ts',
  'src/adapters/gh/parts.ts': 'tests/adapters/gh/create-gh.test.ts',
  'src/adapters/gh/read-pull-requests.ts': 'tests/adapters/gh/create-gh.test.ts',
  'src/adapters/gh/poll-query.ts': 'tests/adapters/gh/create-gh.test.ts',
  'src/adapters/gh/reading.ts': 'tests/adapters/gh/create-gh.test.ts',
  'src/adapters/gh/request.ts': 'tests/adapters/gh/create-gh.test.ts',
  'src/adapters/gh/spending.ts': 'tests/adapters/gh/pauses.test.ts',
  'src/adapters/gh/required-query.ts': 'tests/adapters/gh/check-contexts.test.ts',
  'src/adapters/gh/unknown-fields.ts': 'tests/adapters/gh/create-gh.test.ts',
  'src/adapters/git/branch-start.ts': 'tests/adapters/git/worktrees.test.ts',
  'src/adapters/git/create-git.ts': 'tests/adapters/git/worktrees.test.ts',
  'src/adapters/git/objects.ts': 'tests/adapters/git/trash.test.ts',
  'src/adapters/git/paths.ts': 'tests/adapters/git/worktree-removal.test.ts',
  'src/adapters/git/plumbing.ts': 'tests/adapters/git/merge.test.ts',
  'src/adapters/git/refs.ts': 'tests/adapters/git/worktrees.test.ts',
  'src/adapters/git/rebase/': 'tests/adapters/git/rebase/rebase.test.ts',
  'src/adapters/git/remotes.ts': 'tests/adapters/git/repository.test.ts',
  'src/adapters/git/saved-files.ts': 'tests/adapters/git/trash.test.ts',
  'src/adapters/git/trash-record.ts': 'tests/adapters/git/trash.test.ts',
  'src/adapters/git/trash-restore.ts': 'tests/adapters/git/trash.test.ts',
  'src/adapters/process-group.ts': 'tests/adapters/shell/create-shell.test.ts',
  'src/adapters/shell/bounded-log.ts': 'tests/adapters/shell/create-shell.test.ts',
  'src/adapters/tmux/respawn.ts': 'tests/adapters/tmux/shells.test.ts',
  'src/adapters/tmux/server.ts': 'tests/adapters/tmux/create-tmux.test.ts',
  'src/domain/inbox.ts': 'tests/domain/why.test.ts',
  'src/domain/queue/slots.ts': 'tests/domain/queue/decide.test.ts',
  'src/operations/queue/environment.ts': 'tests/operations/queue/feed.test.ts',
  'src/operations/launch/make-worktree.ts': 'tests/operations/task/launch.test.ts',
  'src/operations/launch/resume.ts': 'tests/operations/task/launch.test.ts',
  'src/operations/queue/memory.ts': 'tests/operations/queue/feed.test.ts',
  'src/operations/queue/facts.ts': 'tests/operations/queue/feed.test.ts',
  'src/operations/queue/start.ts': 'tests/operations/queue/feed.test.ts',
  'src/operations/queue/waits.ts': 'tests/operations/task/why.test.ts',
  'src/operations/launch/launcher.ts': 'tests/operations/queue/resume.test.ts',
  'src/tui/panels/wait-note.ts': 'tests/tui/attention.test.ts',
  'src/domain/budget/book.ts': 'tests/domain/budget/check.test.ts',
  'src/operations/budget/facts.ts': 'tests/operations/budget/show.test.ts',
  'src/operations/budget/raise.ts': 'tests/operations/budget/show.test.ts',
  'src/operations/limit/facts.ts': 'tests/operations/limit/go-on.test.ts',
  'src/operations/project/settings.ts': 'tests/operations/budget/watch.test.ts',
  'src/operations/session/stop.ts': 'tests/operations/budget/watch.test.ts',
  'src/supervisor/alarms.ts': 'tests/journeys/alarm.test.ts',
  'src/supervisor/budgets.ts': 'tests/journeys/budget.test.ts',
  'src/supervisor/limits.ts': 'tests/journeys/usage-limit.test.ts',
  'src/operations/attempt/fail.ts': 'tests/operations/attempt/step.test.ts',
  'src/operations/attempt/list.ts': 'tests/journeys/judged.test.ts',
  'src/operations/delivery/apply.ts': 'tests/operations/delivery/deliver.test.ts',
  'src/operations/delivery/facts.ts': 'tests/operations/delivery/finish.test.ts',
  'src/operations/delivery/give-up.ts': 'tests/operations/delivery/finish.test.ts',
  'src/operations/delivery/proved.ts': 'tests/operations/delivery/deliver.test.ts',
  'src/operations/delivery/proofs.ts': 'tests/operations/delivery/finish.test.ts',
  'src/operations/session/watched.ts': 'tests/operations/delivery/finish.test.ts',
  'src/operations/attempt/reported.ts': 'tests/operations/session/send.test.ts',
  'src/store/queue/': 'tests/store/queue.test.ts',
  'src/store/tasks/criteria.ts': 'tests/store/queue.test.ts',
  'src/cli/call.ts': 'tests/cli/run.test.ts',
  'src/cli/command.ts': 'tests/cli/arguments.test.ts',
  'src/cli/style.ts': 'tests/cli/table.test.ts',
  'src/cli/surfaces.ts': 'tests/reference.test.ts',
  'src/config/': 'tests/config/settings.test.ts',
  'src/tui/dialogs/checks/open.ts': 'tests/tui/dialogs/checks/kind.test.ts',
  'src/tui/dialogs/checks/panel.tsx': 'tests/tui/dialogs/checks/kind.test.ts',
  'src/tui/dialogs/graph/': 'tests/tui/dialogs/graph/kind.test.ts',
  'src/format/graph.ts': 'tests/cli/print/graph.test.ts',
  'src/operations/dependency/graph.ts': 'tests/cli/print/graph.test.ts',
  'src/tui/stack.ts': 'tests/tui/panels/task-line.test.ts',
  'src/tui/panels/proof-lines.ts': 'tests/tui/panels/session-lines.test.ts',
  'src/tui/panels/pull-request-line.ts': 'tests/tui/panels/session-lines.test.ts',
  'src/tui/panels/review-marks.ts': 'tests/tui/panels/task-line.test.ts',
  'src/create-app.ts': 'tests/journeys/commands.test.ts',
  'src/domain/pull-request/round.ts': 'tests/store/reviews.test.ts',
  'src/domain/pull-request/round-view.ts': 'tests/cli/print/rounds.test.ts',
  'src/demo/': 'tests/journeys/demo.test.ts',
  'src/demo/agent/': 'tests/journeys/supervised-turns.test.ts',
  'src/hook-report.ts': 'tests/hook.test.ts',
  'src/main.ts': 'tests/journeys/commands.test.ts',
  'src/format/check.ts': 'tests/cli/print/checks.test.ts',
  'src/operations/action/take-back.ts': 'tests/operations/action/undo.test.ts',
  'src/operations/all.ts': 'tests/reference.test.ts',
  'src/operations/dependency/impact.ts': 'tests/operations/task/remove.test.ts',
  'src/operations/criterion/attempt.ts': 'tests/operations/criterion/check.test.ts',
  'src/operations/criterion/cut-off.ts': 'tests/operations/criterion/check.test.ts',
  'src/operations/gate/claim.ts': 'tests/operations/gate/run.test.ts',
  'src/operations/gate/run-one.ts': 'tests/operations/gate/run.test.ts',
  'src/operations/gate/settle.ts': 'tests/operations/gate/run.test.ts',
  'src/operations/host/note.ts': 'tests/supervisor/pull-requests.test.ts',
  'src/operations/check/find.ts': 'tests/operations/check/list.test.ts',
  'src/operations/comment/find.ts': 'tests/operations/comment/edit.test.ts',
  'src/operations/comment/list.ts': 'tests/operations/comment/edit.test.ts',
  'src/operations/comment/remove.ts': 'tests/operations/comment/edit.test.ts',
  'src/operations/inputs.ts': 'tests/cli/run.test.ts',
  'src/operations/notification/send.ts': 'tests/operations/notification/notify.test.ts',
  'src/operations/notification/waiting.ts': 'tests/operations/notification/begin.test.ts',
  'src/operations/operation.ts': 'tests/reference.test.ts',
  'src/operations/project/path.ts': 'tests/operations/project/add.test.ts',
  'src/operations/pull-request/prepare-merge.ts': 'tests/operations/pull-request/merge.test.ts',
  'src/operations/pull-request/record.ts': 'tests/operations/pull-request/refresh.test.ts',
  'src/operations/review/begin.ts': 'tests/operations/review/turn.test.ts',
  'src/operations/review/facts.ts': 'tests/operations/review/turn.test.ts',
  'src/operations/review/settle.ts': 'tests/operations/review/turn.test.ts',
  'src/operations/round/list.ts': 'tests/operations/review/turn.test.ts',
  'src/operations/round/arrival.ts': 'tests/operations/round/settle.test.ts',
  'src/operations/round/begin.ts': 'tests/operations/round/fix.test.ts',
  'src/domain/pull-request/reviewer-words.ts': 'tests/domain/pull-request/turn.test.ts',
  'src/operations/round/end.ts': 'tests/operations/round/settle.test.ts',
  'src/operations/round/last-words.ts': 'tests/operations/round/settle.test.ts',
  'src/operations/round/facts.ts': 'tests/operations/round/step.test.ts',
  'src/operations/session/end.ts': 'tests/operations/task/kill.test.ts',
  'src/operations/session/find.ts': 'tests/operations/session/attach.test.ts',
  'src/operations/session/follow-branch.ts': 'tests/operations/delivery/deliver.test.ts',
  'src/operations/session/logs.ts': 'tests/operations/session/attach.test.ts',
  'src/operations/launch/open-layout.ts': 'tests/operations/session/pane.test.ts',
  'src/operations/launch/open.ts': 'tests/operations/task/launch.test.ts',
  'src/operations/launch/start-pane.ts': 'tests/operations/task/launch.test.ts',
  'src/operations/session/take-parked.ts': 'tests/hook.test.ts',
  'src/operations/session/terminal.ts': 'tests/tui/typing/typing.test.ts',
  'src/operations/task/check-conflict.ts': 'tests/operations/task/merge.test.ts',
  'src/operations/task/end-and-apply.ts': 'tests/operations/task/kill.test.ts',
  'src/operations/task/find.ts': 'tests/operations/task/show.test.ts',
  'src/operations/stack/': 'tests/operations/session/rebase.test.ts',
  'src/operations/template/find.ts': 'tests/operations/template/list.test.ts',
  'src/operations/worktree/merge-locally.ts': 'tests/operations/task/merge.test.ts',
  'src/operations/task/view.ts': 'tests/operations/task/add.test.ts',
  'src/operations/task/why-not-after.ts': 'tests/operations/task/edit.test.ts',
  'src/operations/worktree/find.ts': 'tests/operations/task/diff.test.ts',
  'src/operations/worktree/inspect.ts': 'tests/operations/worktree/edit.test.ts',
  'src/operations/worktree/tool.ts': 'tests/operations/worktree/edit.test.ts',
  'src/operations/supervisor/needed.ts': 'tests/operations/pull-request/land.test.ts',
  'src/store/': 'tests/store/store.test.ts',
  'src/store/pull-request/': 'tests/operations/review/turn.test.ts',
  'src/supervisor/': 'tests/supervisor/start.test.ts',
  'src/tui/actions.ts': 'tests/tui/use-keyboard.test.ts',
  'src/tui/beside-ink.ts': 'tests/tui/start.test.ts',
  'src/tui/colors/names.ts': 'tests/tui/theme.test.ts',
  'src/tui/dashboard.tsx': 'tests/frames.test.ts',
  'src/tui/dialogs/history/': 'tests/tui/dialogs/history/kind.test.ts',
  'src/tui/dialogs/': 'tests/tui/dialogs/kinds.test.ts',
  'src/tui/dialogs/ask/': 'tests/tui/dialogs/palette/kind.test.ts',
  'src/tui/dialogs/confirm/': 'tests/tui/dialogs/kinds.test.ts',
  'src/tui/dialogs/details/': 'tests/tui/dialogs/kinds.test.ts',
  'src/tui/dialogs/help/': 'tests/tui/dialogs/kinds.test.ts',
  'src/tui/dialogs/page/': 'tests/tui/dialogs/palette/kind.test.ts',
  'src/tui/dialogs/palette/': 'tests/tui/dialogs/palette/kind.test.ts',
  'src/tui/dialogs/project/': 'tests/tui/dialogs/kinds.test.ts',
  'src/tui/dialogs/subtasks/': 'tests/tui/dialogs/kinds.test.ts',
  'src/tui/dialogs/task/': 'tests/tui/dialogs/kinds.test.ts',
  'src/tui/dialogs/waiting/': 'tests/tui/dialogs/waiting/kind.test.ts',
  'src/tui/keys/': 'tests/tui/keys/keymap.test.ts',
  'src/tui/dialogs/diff/': 'tests/tui/dialogs/diff/kind.test.ts',
  'src/tui/operation-actions.ts': 'tests/tui/use-keyboard.test.ts',
  'src/tui/operations.ts': 'tests/tui/call.test.ts',
  'src/tui/panels/': 'tests/frames.test.ts',
  'src/tui/terminal/own-program.ts': 'tests/tui/dialogs/diff/kind.test.ts',
  'src/tui/picture/cursor.ts': 'tests/tui/picture/overlay.test.tsx',
  'src/tui/picture/sgr.ts': 'tests/tui/picture/rows.test.ts',
  'src/tui/run-operation.ts': 'tests/tui/use-keyboard.test.ts',
  'src/tui/typing/cells.ts': 'tests/tui/typing/emulator.test.ts',
  'src/tui/settings/own-settings.ts': 'tests/tui/start.test.ts',
  'src/tui/widgets/panel.tsx': 'tests/frames.test.ts',
  'src/tui/without-fetch.ts': 'tests/tui/start.test.ts',
};

function isTypesOnly(text: string): boolean {
  return !/^export (?:default |async |abstract )*(?:const|let|function|class)\b/m.test(text);
}

describe('the layout', () => {
  test('every file has its test beside it in tests/, or is named here with what covers it', () => {
    const missing = SOURCES.filter(({ path, text }) => {
      const mirror = path.replace(/^src\//, 'tests/').replace(/\.tsx?$/, '.test');
      if (CODE.some((ending) => existsSync(join(ROOT, `${mirror}${ending}`)))) return false;
      if (isTypesOnly(text) || path.includes('/migrations/')) return false;
      const cover = COVERED_BY[path] ?? COVERED_BY[`${dirname(path)}/`];
      return cover === undefined || !existsSync(join(ROOT, cover));
    });
    expect(missing.map(({ path }) => path)).toEqual([]);
  });

  test('no exception outlives its file', () => {
    const known = new Set(SOURCES.flatMap(({ path }) => [path, `${dirname(path)}/`]));
    expect([...Object.keys(COVERED_BY)].filter((path) => !known.has(path))).toEqual([]);
  });

  test('a test lies in the folder of what it tests', () => {
    const folders = new Set(SOURCES.map(({ path }) => dirname(path).replace(/^src/, 'tests')));
    const stray = TESTS.map(({ path }) => path)
      .filter((path) => /\.test\.tsx?$/.test(path) && dirname(path) !== 'tests')
      .filter((path) => !/^tests\/(?:journeys|hooks|support|bench)\//.test(path))
      .filter((path) => !folders.has(dirname(path)));
    expect(stray).toEqual([]);
  });

  test('no file has more than 300 lines', () => {
    const long = SOURCES.map(({ path, text }) => ({
      path,
      lines: text.split('\n').length - 1,
    })).filter(({ lines }) => lines > 300);
    expect(long).toEqual([]);
  });

  test('no folder has more than 25 files', () => {
    const counts: Record<string, number> = {};
    for (const { path } of SOURCES) counts[dirname(path)] = (counts[dirname(path)] ?? 0) + 1;
    expect(Object.entries(counts).filter(([, count]) => count > 25)).toEqual([]);
  });
});

describe('words that do not occur', () => {
  const banned: [string, RegExp, (path: string) => boolean][] = [
    [
      'names that say nothing',
      /\b(?:const|let|function|interface|type|class) \w*(?:[uU]tils?|[hH]elpers?|[mM]anager)\b/,
      () => true,
    ],
    ['module mocks', /\bvi\.(?:mock|doMock)\b/, () => true],
    [
      'the end of the process outside the entry points',
      /\bprocess\.exit\(/,
      (path) => path !== 'src/main.ts' && path !== 'src/hook.ts',
    ],
    ['any', /\bas any\b/, () => true],
    ['console', /\bconsole\./, (path) => path.startsWith('src/')],
    ['work left for later', /\b(?:TODO|FIXME|XXX)\b/, () => true],
    ['paths of a machine', /\/work\/|\/root\/|\/tmp\/team|bash_jobs|\.\.\/shared/, () => true],
  ];

  test.each(banned)('%s', (_, word, applies) => {
    const found = [...SOURCES, ...TESTS, ...SCRIPTS, ...PAGES]
      .filter(({ path }) => !RULES.includes(path) && applies(path))
      .flatMap(({ path, text }) =>
        text
          .split('\n')
          .flatMap((line, index) =>
            word.test(line) ? [`${path}:${index + 1}: ${line.trim()}`] : [],
          ),
      );
    expect(found).toEqual([]);
  });

  test('file names that say nothing', () => {
    const vague =
      /(?:^|\/)(?:utils?|helpers?|managers?|services?|models?|types|shared|common|index)[./]/;
    expect(SOURCES.map(({ path }) => path).filter((path) => vague.test(path))).toEqual([]);
  });
});

describe('imports', () => {
  test('of another folder begin with #; tests reach up for their support only', () => {
    const up = [...SOURCES, ...TESTS].flatMap(({ path, text }) => {
      const { atOnce, types, later } = importsOf(text);
      return [...atOnce, ...types, ...later]
        .filter((from) => from.includes('../'))
        .filter((from) => path.startsWith('src/') || !/^(?:\.\.\/)+support\//.test(from))
        .map((from) => `${path}: ${from}`);
    });
    expect(up).toEqual([]);
  });

  const reached = (start: string, packages: RegExp): string[] =>
    [...loadedWith(start, SOURCES)].filter((name) => packages.test(name));

  test.each([
    [
      'src/hook.ts',
      /^(?:zod|ink|react|commander|execa|simple-git|chokidar|toml|string-width)(?:$|\/)/,
    ],
    ['src/cli/run.ts', /^(?:zod\/|ink|react|commander|execa|simple-git|chokidar)(?:$|\/)/],
    ['src/create-app.ts', /^(?:ink|react|commander|execa|simple-git|chokidar)(?:$|\/)/],
    ['src/tui/start.tsx', /^(?:commander|execa|simple-git|chokidar|node-pty|@xterm)(?:$|\/)/],
    ['src/main.ts', /^(?!node:)[^/]*$|^src\/(?!main\.ts)/],
  ])('%s loads nothing at once that it needs only sometimes', (start, packages) => {
    expect(SOURCES.map(({ path }) => path)).toContain(start);
    expect(reached(start, packages)).toEqual([]);
  });

  test('the app is a record of at most a dozen things', () => {
    const body = /export interface App \{([\s\S]*?)\n\}/.exec(
      readFileSync(join(ROOT, 'src/app.ts'), 'utf8'),
    )?.[1];
    const members = body?.match(/^ {2}\w+\??:/gm) ?? [];
    expect(members.length).toBeGreaterThan(0);
    expect(members.length).toBeLessThanOrEqual(12);
  });
});

describe('operations', () => {
  test('are named like their files', () => {
    const wrong = SOURCES.flatMap(({ path, text }) => {
      const name = /defineOperation\(\{\s*name: '([^']+)'/.exec(text)?.[1];
      if (name === undefined || path === 'src/operations/operation.ts') return [];
      const expected = path.replace(/^src\/operations\/|\.ts$/g, '').replace('/', '.');
      return name === expected ? [] : [`${path}: ${name}`];
    });
    expect(wrong).toEqual([]);
  });

  test('are all listed when they have a command, once each, under commands that differ', () => {
    const listed = OPERATIONS.map(({ name }) => name as string);
    const defined = SOURCES.flatMap(({ text }) =>
      /^\s+command: \{/m.test(text)
        ? (/defineOperation\(\{\s*name: '([^']+)'/.exec(text)?.[1] ?? [])
        : [],
    );
    expect(defined.filter((name) => !listed.includes(name))).toEqual([]);
    const commands = OPERATIONS.flatMap(({ command }) => command?.usage.split(' ')[0] ?? []);
    expect(new Set([...listed, ...commands]).size).toBe(listed.length + commands.length);
  });

  test('say in a sentence what they do, and in words or a table what they did', () => {
    const silent = OPERATIONS.filter(
      (operation) => !('describe' in operation) && !PRINTED.includes(operation.name),
    );
    expect(silent.map(({ name }) => name)).toEqual([]);
    for (const { summary } of OPERATIONS) expect(summary).toMatch(/^[A-Z].*\.$/);
  });

  test('that are printed exist', () => {
    const names = OPERATIONS.map(({ name }) => name as string);
    expect(PRINTED.filter((name) => !names.includes(name))).toEqual([]);
  });
});

describe('hooks', () => {
  test('each script is in the settings of a session, and each of those exists', () => {
    const registered = [...registeredHooks().map(({ script }) => script), 'status-line.sh'];
    const scripts = SCRIPTS.map(({ path }) => path.replace('hooks/claude/', ''));
    expect(scripts).toEqual([...new Set(registered)].sort());
  });

  test.each(SCRIPTS)(
    '$path is a forwarder of a few lines that says what it is',
    ({ path, text }) => {
      expect(text.split('\n').length).toBeLessThanOrEqual(15);
      expect(text).toMatch(/^#!\/bin\/sh\n# [A-Z]/);
      const folder = join(ROOT, dirname(path));
      expect(aboutScript(folder, path.slice(path.lastIndexOf('/') + 1))).toMatch(/\.$/);
      expect(text).not.toMatch(/\b(?:jq|git|bash)\b/);
    },
  );
});

test('the glossary knows every status, activity, mode and push mode', () => {
  const glossary = readFileSync(join(ROOT, 'docs/glossary.md'), 'utf8');
  const words = [...TASK_STATUSES, ...ACTIVITIES, ...TASK_MODES, ...PUSH_MODES];
  expect(words.filter((word) => !glossary.includes(`| \`${word}\` |`))).toEqual([]);
});

test('every relative link in the docs leads somewhere', () => {
  const broken = PAGES.flatMap(({ path, text }) =>
    [...text.matchAll(/\]\((?!https?:|mailto:|#)([^)\s#]+)/g)]
      .map(([, target = '']) => target)
      .filter((target) => !existsSync(join(ROOT, dirname(path), target)))
      .map((target) => `${path}: ${target}`),
  );
  expect(broken).toEqual([]);
});
