// Makes docs/dashboard.svg from the running program: node tests/support/screenshot.ts [file]
// A world of its own (home, tmux servers, repositories, stand-ins for Claude Code and GitHub) is brought to a moment in which much is shown.
import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { TaskView } from '#domain/task-view.ts';
import { screenSvg } from './screen-svg.ts';
import { waitFor } from './wait-for.ts';

const ROOT = dirname(dirname(import.meta.dirname));
const MAIN = join(ROOT, 'dist', 'main.js');
const COLUMNS = 120;
const ROWS = 36;
const OUTPUT = process.argv[2] ?? join(ROOT, 'docs', 'dashboard.svg');
/** The tmux server that claustre makes here. */
const SOCKET = 'pictured';
const STEP_MS = 30_000;

const root = realpathSync(mkdtempSync(join(tmpdir(), 'claustre-screenshot-')));
const env: Record<string, string> = {
  PATH: [
    join(ROOT, 'tests/support/stand-ins'),
    join(root, 'bin'),
    join(ROOT, 'node_modules/.bin'),
    process.env.PATH,
  ].join(':'),
  HOME: root,
  CLAUSTRE_HOME: join(root, 'claustre'),
  TMUX_TMPDIR: root,
  GH_STAND_IN: join(root, 'github.json'),
  GIT_SSH_COMMAND: join(root, 'bin', 'ssh'),
  GIT_CONFIG_GLOBAL: join(root, '.gitconfig'),
  GIT_CONFIG_NOSYSTEM: '1',
  TERM: 'xterm-256color',
  COLORTERM: 'truecolor',
  LANG: 'C.UTF-8',
};

const run = (program: string, args: readonly string[], cwd = root): string =>
  execFileSync(program, args, { cwd, env, encoding: 'utf8', stdio: 'pipe', timeout: STEP_MS });
const claustre = (...args: string[]): string => run(process.execPath, [MAIN, ...args]);
const show = (id: number): TaskView => JSON.parse(claustre('show', String(id), '--json'));
const screen = (...args: string[]): string => run('tmux', ['-L', 'screen', ...args]);

/** A prompt whose fenced blocks the stand-in for Claude Code runs. */
function prompt(words: string, ...blocks: readonly [info: string, body: string][]): string {
  return [words, ...blocks.map(([info, body]) => `\`\`\`${info}\n${body}\n\`\`\``)].join('\n\n');
}

const commit = (file: string): [string, string] => [
  'sh',
  `echo more >> ${file} && git add ${file} && git commit -qm 'Change ${file}' && git push -q origin HEAD && gh pr create --base main`,
];

const TODOS = ['Find where prices are read', 'Ask for the rate once an hour', 'Show both prices'];
const todos = (done: number): [string, string] => [
  'todo',
  TODOS.map((text, index) => `- [${index < done ? 'x' : ' '}] ${text}`).join('\n'),
];

interface Delivery {
  readonly title: string;
  /** What GitHub tells of its pull request once it is open. */
  readonly pullRequest: object;
  readonly isRead: (task: TaskView) => boolean;
}

const DELIVERIES: readonly Delivery[] = [
  {
    title: 'Print the bill in two languages',
    pullRequest: { state: 'MERGED' },
    isRead: ({ status }) => status === 'done',
  },
  {
    title: 'Accept 日本円 at the till',
    pullRequest: { checks: [{ name: 'test', conclusion: 'SUCCESS' }], review: 'APPROVED' },
    isRead: ({ pullRequest }) => pullRequest?.checks === 'passed',
  },
  {
    title: 'Sort the menu',
    pullRequest: { checks: [{ name: 'test', conclusion: 'FAILURE' }] },
    isRead: ({ status }) => status === 'ci_failed',
  },
];

function prepare(): void {
  for (const folder of ['bin', 'claustre', 'tea-house', 'warehouse']) {
    mkdirSync(join(root, folder), { mode: 0o700 });
  }
  program('claude', `exec '${process.execPath}' '${join(ROOT, 'dist', 'agent.js')}' "$@"`);
  // What git's ssh reaches at GitHub is the bare repository that lies beside.
  program('ssh', `for command; do :; done\nexec "\${command%% *}" '${join(root, 'remote.git')}'`);
  const config = `[github]\npoll_interval_secs = 1\n\n[tmux]\nsocket = "${SOCKET}"\n\n[notifications]\nsystem = false\n`;
  const name = '[user]\n  name = Demo\n  email = demo@example.org\n';
  writeFileSync(join(root, '.gitconfig'), `${name}[init]\n  defaultBranch = main\n`);
  writeFileSync(join(root, 'claustre', 'config.toml'), config);
  const projects = ['tea-house', 'warehouse'].map((each) => [
    join(root, each),
    { hasTrustDialogAccepted: true },
  ]);
  writeFileSync(
    join(root, '.claude.json'),
    JSON.stringify({ projects: Object.fromEntries(projects) }),
  );
  const repositories = { 'acme/tea-house': { path: join(root, 'remote.git') } };
  writeFileSync(join(root, 'github.json'), JSON.stringify({ repositories }));
  for (const each of ['tea-house', 'warehouse']) repository(join(root, each));
  run('git', ['clone', '-q', '--bare', 'tea-house', 'remote.git']);
  const git = (...args: string[]): string => run('git', args, join(root, 'tea-house'));
  git('remote', 'add', 'origin', 'git@github.com:acme/tea-house.git');
  git('fetch', '-q');
  for (const each of ['tea-house', 'warehouse']) claustre('add-project', each, join(root, each));
}

function program(name: string, text: string): void {
  writeFileSync(join(root, 'bin', name), `#!/bin/sh\n${text}\n`);
  chmodSync(join(root, 'bin', name), 0o755);
}

function repository(path: string): void {
  run('git', ['init', '-q', '-b', 'main'], path);
  const source = 'export const prices = readPrices("menu.txt");\n';
  writeFileSync(join(path, 'prices.ts'), source);
  run('git', ['add', '.'], path);
  run('git', ['commit', '-qm', 'Open'], path);
}

function add(project: string, title: string, ...more: string[]): void {
  claustre('add-task', project, title, '-m', 'autonomous', ...more);
}

/** Tasks that were delivered, one after the other so that their pull requests have their numbers. */
async function deliver(): Promise<void> {
  for (const [index, { title, pullRequest, isRead }] of DELIVERIES.entries()) {
    const id = index + 1;
    add('tea-house', title, '--launch', '-d', prompt(`${title}.`, commit(`part-${id}.txt`)));
    await waitFor(`#${id} is in review`, () => show(id).status === 'in_review', STEP_MS);
    changePullRequest(id, pullRequest);
    await waitFor(`#${id} was read`, () => isRead(show(id)), STEP_MS);
  }
}

function changePullRequest(number: number, changes: object): void {
  const file = join(root, 'github.json');
  const world = JSON.parse(readFileSync(file, 'utf8'));
  for (const pull of world.pullRequests) if (pull.number === number) Object.assign(pull, changes);
  writeFileSync(`${file}.next`, JSON.stringify(world));
  renameSync(`${file}.next`, file);
}

async function work(): Promise<void> {
  const read: [string, string] = ['sh', 'grep -n prices prices.ts'];
  const check: [string, string] = ['sh', "printf '12 tests passed\\n0 failed\\n'"];
  const rate = prompt('Show prices in yen too.', todos(0), read, todos(1), check);
  add('tea-house', 'Show prices in yen, too', '--launch', '-d', `${rate}\n\n\`\`\`hang\n\`\`\``);
  const ask = prompt('Tidy up.', read, ['sh ask', 'npm install --save-dev left-pad']);
  add('tea-house', 'Remove what nobody calls any more', '--launch', '-d', ask);
  const dark = prompt('Make it dark.', ['hang', '']);
  add('tea-house', 'A dark theme for the evening', '--launch', '-d', dark);
  add('tea-house', 'Send the bill by mail', '--after', '4');
  add('tea-house', 'A card for regular guests', '--draft');
  add('warehouse', 'Count the tea chests', '-d', prompt('Count.', ['hang', '']), '--launch');
  add('warehouse', 'Order before it runs out');
  await waitFor('#5 asks', () => show(5).session?.activity === 'permission', STEP_MS);
  for (const id of [4, 6, 9]) {
    await waitFor(`#${id} works`, () => show(id).session?.activity === 'working', STEP_MS);
  }
}

/** Opens the dashboard in a terminal of its own, selects the task with the most to see, and returns the rows with their colours. */
async function photograph(): Promise<string[]> {
  const size = ['-x', String(COLUMNS), '-y', String(ROWS)];
  run('tmux', [
    ...['-L', 'screen', '-f', '/dev/null', 'new-session', '-d', ...size],
    `'${process.execPath}' '${MAIN}'`,
  ]);
  const text = (): string => screen('capture-pane', '-p');
  await waitFor('the dashboard', () => text().includes('Show prices in yen'), STEP_MS);
  screen('send-keys', '2', '/');
  screen('send-keys', '-l', 'yen, too');
  await waitFor('the filter', () => !text().includes('Sort the menu'), STEP_MS);
  screen('send-keys', 'Enter');
  screen('send-keys', 'Escape');
  await waitFor('the picture of its pane', () => text().includes('12 tests passed'), STEP_MS);
  await waitFor('all tasks again', () => text().includes('Sort the menu'), STEP_MS);
  const rows = screen('capture-pane', '-p', '-e').split('\n').slice(0, ROWS);
  screen('send-keys', 'q');
  return rows;
}

/** Ends everything that runs here: the dashboard first, since it would start the server anew, then the supervisor, which writes. */
async function end(): Promise<void> {
  await waitFor('the dashboard to end', () => !isRunning('screen')).catch(() => kill('screen'));
  kill(SOCKET);
  const file = join(root, 'claustre', 'supervisor.pid');
  const supervisor = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
  await waitFor('the supervisor to end', () => !isAlive(supervisor));
  rmSync(root, { recursive: true, force: true });
}

function isAlive(pid: number): boolean {
  // 0 would be this process's own group.
  return pid > 0 && spawnSync('kill', ['-0', String(pid)]).status === 0;
}

const tmux = (socket: string, command: string): boolean =>
  spawnSync('tmux', ['-L', socket, command], { env, timeout: 5_000 }).status === 0;
const isRunning = (socket: string): boolean => tmux(socket, 'list-sessions');
const kill = (socket: string): boolean => tmux(socket, 'kill-server');

try {
  prepare();
  await deliver();
  await work();
  const rows = await photograph();
  writeFileSync(OUTPUT, screenSvg(rows, COLUMNS, 'The dashboard of claustre'));
  process.stdout.write(`Wrote ${OUTPUT}\n`);
} finally {
  await end();
}
