import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { TaskView } from '#domain/task-view.ts';
import { waitFor } from '../../support/wait-for.ts';
import { type Place, ROOT, STEP_MS } from './place.ts';

const PROJECTS = ['tea-house', 'warehouse'];

const TILL = `import { prices } from './prices.ts';

export interface Payment {
  readonly amount: number;
  readonly currency: 'EUR' | 'USD';
}

/** What the guest gets back, in the currency that was paid in. */
export function change(bill: number, paid: Payment): number {
  return Math.round((paid.amount - bill) * 100) / 100;
}

export function total(items: readonly string[]): number {
  return items.reduce((sum, item) => sum + (prices.get(item) ?? 0), 0);
}
`;

const TILL_WITH_YEN = TILL.replace("'EUR' | 'USD'", "'EUR' | 'USD' | 'JPY'").replace(
  '  return Math.round((paid.amount - bill) * 100) / 100;',
  `  const back = paid.amount - bill;
  // There is nothing smaller than 1 円.
  if (paid.currency === 'JPY') return Math.round(back);
  return Math.round(back * 100) / 100;`,
);

const TEST_OF_TILL = `import { expect, test } from 'vitest';
import { change } from './till.ts';

test('change in yen has no decimals', () => {
  const paid = { amount: 1000, currency: 'JPY' } as const;
  expect(change(580.4, paid)).toBe(420);
});
`;

/** Repositories, a GitHub with one of them, and programs that stand in for those of the world. */
export function prepare(place: Place): void {
  const { root, run, program, claustre } = place;
  program('claude', `exec '${process.execPath}' '${join(ROOT, 'dist', 'agent.js')}' "$@"`);
  // What git's ssh reaches at GitHub is the bare repository that lies beside.
  program('ssh', `for command; do :; done\nexec "\${command%% *}" '${join(root, 'remote.git')}'`);
  // Tests that take longer than a picture, and end by themselves when nobody ends them.
  program('npm', 'exec sleep 120');
  place.configure('');
  const name = '[user]\n  name = Demo\n  email = demo@example.org\n';
  writeFileSync(join(root, '.gitconfig'), `${name}[init]\n  defaultBranch = main\n`);
  const projects = PROJECTS.map((each) => [join(root, each), { hasTrustDialogAccepted: true }]);
  const state = { projects: Object.fromEntries(projects) };
  writeFileSync(join(root, '.claude.json'), JSON.stringify(state));
  const repositories = { 'acme/tea-house': { path: join(root, 'remote.git') } };
  writeFileSync(join(root, 'github.json'), JSON.stringify({ repositories }));
  for (const each of PROJECTS) {
    const path = join(root, each);
    write(join(path, 'src/prices.ts'), 'export const prices = readPrices("menu.txt");\n');
    write(join(path, 'src/till.ts'), TILL);
    run('git', ['init', '-q', '-b', 'main'], path);
    run('git', ['add', '.'], path);
    run('git', ['commit', '-qm', 'Open'], path);
  }
  write(join(root, 'yen/src/till.ts'), TILL_WITH_YEN);
  write(join(root, 'yen/src/till.test.ts'), TEST_OF_TILL);
  write(join(root, 'yen/menu.txt'), 'Sencha: 4.20\nWe take 円, too.\n');
  run('git', ['clone', '-q', '--bare', 'tea-house', 'remote.git']);
  const git = (...args: string[]): string => run('git', args, join(root, 'tea-house'));
  git('remote', 'add', 'origin', 'git@github.com:acme/tea-house.git');
  git('fetch', '-q');
  for (const each of PROJECTS) claustre('add-project', each, join(root, each));
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

/** A prompt whose fenced blocks the stand-in for Claude Code runs. */
function prompt(words: string, ...blocks: readonly [info: string, body: string][]): string {
  return [words, ...blocks.map(([info, body]) => `\`\`\`${info}\n${body}\n\`\`\``)].join('\n\n');
}

interface Delivery {
  readonly title: string;
  readonly change: string;
  /** What GitHub tells of its pull request once it is open. */
  readonly pullRequest: object;
  readonly isRead: (task: TaskView) => boolean;
}

const DELIVERIES: readonly Delivery[] = [
  {
    title: 'Print the bill in two languages',
    change: 'echo more >> bill.txt',
    pullRequest: { state: 'MERGED' },
    isRead: ({ status }) => status === 'done',
  },
  {
    title: 'Accept 日本円 at the till',
    change: 'cp -R "$HOME/yen/." .',
    pullRequest: { checks: [{ name: 'test', conclusion: 'SUCCESS' }], review: 'APPROVED' },
    isRead: ({ pullRequest }) => pullRequest?.checks === 'passed',
  },
  {
    title: 'Sort the menu',
    change: 'echo more >> menu.txt',
    pullRequest: { checks: [{ name: 'test', conclusion: 'FAILURE' }] },
    isRead: ({ status }) => status === 'ci_failed',
  },
];

/** Brings the place to a moment in which much is shown. The numbers of the tasks are those that the scenes name. */
export async function populate(place: Place): Promise<void> {
  await deliver(place);
  await work(place);
}

/** Tasks that were delivered, one after the other so that their pull requests have their numbers. */
async function deliver(place: Place): Promise<void> {
  for (const [index, { title, change, pullRequest, isRead }] of DELIVERIES.entries()) {
    const id = index + 1;
    const publish = `git add . && git commit -qm '${title}' && git push -q origin HEAD && gh pr create --base main`;
    const words = prompt(`${title}.`, ['sh', `${change}\n${publish}`]);
    add(place, 'tea-house', title, '--launch', '-d', words);
    await until(place, id, 'is in review', ({ status }) => status === 'in_review');
    changePullRequest(place, id, pullRequest);
    await until(place, id, 'was read', isRead);
  }
  place.claustre('viewed', '2', 'menu.txt');
  const remark = 'Round down here: nobody should get more back than they paid.';
  place.claustre('comment', '2', 'src/till.ts:12', remark);
}

const TODOS = ['Find where prices are read', 'Ask for the rate once an hour', 'Show both prices'];
const todos = (done: number): [string, string] => [
  'todo',
  TODOS.map((text, index) => `- [${index < done ? 'x' : ' '}] ${text}`).join('\n'),
];

async function work(place: Place): Promise<void> {
  const read: [string, string] = ['sh', 'grep -n prices src/till.ts'];
  const rate = "printf 'export const rate = 163.2;\\n' > src/rate.ts";
  const test: [string, string] = ['sh', 'npm test'];
  const yen = prompt('Show prices in yen too.', todos(0), read, todos(1), ['sh', rate], test);
  add(place, 'tea-house', 'Show prices in yen, too', '--launch', '-d', yen);
  const install: [string, string] = [
    'sh ask Install the finder of unused code',
    'npm install --save-dev knip',
  ];
  const tidy = prompt('Tidy up.', read, install);
  add(place, 'tea-house', 'Remove what nobody calls any more', '--launch', '-d', tidy);
  const dark = prompt('Make it dark.', test);
  add(place, 'tea-house', 'A dark theme for the evening', '--launch', '-d', dark);
  add(place, 'tea-house', 'Send the bill by mail', '--after', '4');
  add(place, 'tea-house', 'A card for regular guests', '--draft');
  add(place, 'warehouse', 'Count the tea chests', '-d', tidy, '--launch');
  const answers = 'A file for each chest\nOne table in SQLite\nThe ledger that we have';
  const where = `Where should the stock be kept?\n- ${answers.replaceAll('\n', '\n- ')}`;
  const order = prompt('Order in time.', ['question', where]);
  add(place, 'warehouse', 'Order before it runs out', '-d', order, '--launch');
  for (const [id, activity] of [
    [4, 'working'],
    [5, 'permission'],
    [6, 'working'],
    [9, 'permission'],
    [10, 'question'],
  ] as const) {
    await until(place, id, `is ${activity}`, ({ session }) => session?.activity === activity);
  }
  await until(place, 4, 'was measured', ({ session }) => session?.work?.files === 1);
}

function add({ claustre }: Place, project: string, title: string, ...more: string[]): void {
  claustre('add-task', project, title, '-m', 'autonomous', ...more);
}

function until(place: Place, id: number, what: string, fact: (task: TaskView) => boolean) {
  return waitFor(`#${id} ${what}`, () => fact(place.show(id)), STEP_MS);
}

function changePullRequest({ root }: Place, number: number, changes: object): void {
  const file = join(root, 'github.json');
  const world = JSON.parse(readFileSync(file, 'utf8'));
  for (const pull of world.pullRequests) if (pull.number === number) Object.assign(pull, changes);
  writeFileSync(`${file}.next`, JSON.stringify(world));
  renameSync(`${file}.next`, file);
}
