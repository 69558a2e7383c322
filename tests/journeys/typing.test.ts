import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { alone } from '#adapters/tmux/alone.ts';
import { takeLock } from '#store/lock.ts';
import { type Journey, journey } from '../support/journey.ts';
import { type Person, person } from '../support/person.ts';
import { waitFor } from '../support/wait-for.ts';

interface Typist {
  world: Journey;
  user: Person;
  /** Shows a program of the test in place of Claude's, in a window of its own of the same session. */
  runs(script: string): Promise<void>;
  /** What the session's own screen is, by tmux's word. */
  truth(): string[];
}

/** A task whose Claude waits at its prompt, and a person who types into its pane. */
async function typist(): Promise<Typist> {
  const world = await journey({ remote: false });
  await world.json('add-task', 'app', 'Talk', '-m', 'exploration', '--launch');
  const { session } = await world.until('it is idle', 1, (task) => {
    return task.session?.activity === 'idle';
  });
  const window = `=${session?.tmux.session}:`;
  const user = await person(world);
  await user.sees('idle');
  user.press('i');
  await user.sees('typing into #1');
  return {
    world,
    user,
    // A window that is made while a client connects would end the server: see alone.ts.
    runs: (script) =>
      alone(
        () => takeLock(join(world.claustreHome, 'tmux.lock')),
        async () => void world.tmux('new-window', '-t', window, 'sh', '-c', script),
      ),
    truth: () => trimmed(world.tmux('capture-pane', '-p', '-t', window).split('\n').slice(0, -1)),
  };
}

const trimmed = (rows: readonly string[]): string[] => rows.map((row) => row.trimEnd());

/** The rows of the pane on the dashboard's screen: inside of the session panel, below its one row of facts. */
function shownPane(rows: readonly string[]): string[] {
  const title = rows.findIndex((row) => row.includes('╭─ #1 Talk'));
  // What stands before the panel has one character in each cell.
  const left = rows[title]?.indexOf('╭─ #1') ?? 0;
  const end = rows.findIndex((row, index) => index > title && row.charAt(left) === '╰');
  return trimmed(rows.slice(title + 2, end).map((row) => row.slice(left + 2).replace(/ │$/, '')));
}

async function isTrue({ user, truth }: Typist, when: string): Promise<void> {
  let shown: string[] = [];
  let real: string[] = [];
  try {
    await waitFor('the pane as it is', () => {
      shown = shownPane(user.screen());
      real = truth();
      return shown.join('\n') === real.join('\n');
    });
  } catch {
    expect(shown, when).toEqual(real);
  }
}

test('what is typed reaches Claude, and the one key comes back', async () => {
  const { world, user } = await typist();
  user.types('Grüße, 漢字 👍 and q');
  await user.sees('Grüße, 漢字 👍 and q');
  user.press('Enter');
  const idle = await world.turnEnds(1);
  const said = world.transcript(idle).filter(({ type }) => type === 'user');
  expect(said[0]?.message?.content).toBe('Grüße, 漢字 👍 and q');
  user.press('C-q');
  await user.sees('Enter session');
  user.press('q');
  await user.leaves();
  expect(user.asks('#{mouse_any_flag} #{cursor_flag}')).toBe('0 1');
}, 60_000);

test('keys, pastes and the mouse arrive as the program wants them', async () => {
  const { world, user, runs } = await typist();
  const file = join(world.home, 'typed');
  writeFileSync(file, '');
  const got = () => readFileSync(file, 'utf8');
  const arrives = async (text: string) => {
    try {
      await waitFor('what was sent', () => got().endsWith(text));
    } catch {
      expect(got()).toBe(text);
    }
  };
  const hear = (modes: string, word: string) =>
    `stty raw -echo; printf '${modes}${word}'; exec cat > '${file}'`;
  await runs(hear('', 'first'));
  await user.sees('first');
  user.press('C-c', 'Escape', 'F5', 'S-Up', 'M-x', 'q');
  await arrives('\u0003\u001B\u001B[15~\u001B[1;2A\u001Bxq');
  user.pastes('one\ntwo \u0011 three');
  await arrives('xqone\ntwo  three');
  await runs(hear('\\033[?2004h\\033[?1000h\\033[?1006h', 'there'));
  await user.sees('there');
  user.pastes('four\nfive');
  await arrives('\u001B[200~four\nfive\u001B[201~');
  const rows = user.screen();
  const y = rows.findIndex((row) => row.includes('│ there'));
  const x = rows[y]?.indexOf('there') ?? 0;
  user.mouse(0, x + 4, y + 2);
  user.mouse(0, x + 4, y + 2, true);
  await arrives('\u001B[<0;5;3M\u001B[<0;5;3m');
  user.mouse(65, x, y);
  await arrives('\u001B[<65;1;1M');
  user.mouse(0, 3, 3);
  await user.sees('Enter tasks');
  user.press('j');
  expect(got()).toMatch(/\[<65;1;1M$/);
}, 60_000);

test('the wheel scrolls back, and what is selected with the mouse is in the clipboard', async () => {
  const { user, runs } = await typist();
  await runs('seq -f "line %g." 200; exec cat');
  const rows = await user.sees('line 200.');
  const y = rows.findIndex((row) => row.includes('line 200.'));
  const x = rows[y]?.indexOf('line 200.') ?? 0;
  user.mouse(0, x, y);
  user.mouse(32, x + 2, y);
  await user.sees('[0/');
  user.mouse(32, x + 8, y);
  user.mouse(0, x + 8, y, true);
  await waitFor('the copy', () => user.clipboard() === 'line 200');
  user.mouse(64, x, y);
  user.mouse(64, x, y);
  await waitFor('what was before', () => !user.screen().join().includes('line 200.'));
  for (let turn = 0; turn < 4; turn += 1) user.mouse(65, x, y);
  await user.sees('line 200.');
}, 60_000);

test('the cursor stands where the program has it, and not at all where it has none', async () => {
  const { user, runs } = await typist();
  await runs(`printf 'ab\\n漢字'; exec sleep 600`);
  const rows = await user.sees('漢字');
  const y = rows.findIndex((row) => row.includes('漢字'));
  const x = rows[y]?.indexOf('漢字') ?? 0;
  const place = () => user.asks('#{cursor_x} #{cursor_y} #{cursor_flag}');
  await waitFor('the cursor', () => place() === `${x + 4} ${y} 1`);
  await runs(`printf '\\033[?25lhidden'; exec sleep 600`);
  await user.sees('hidden');
  await waitFor('no cursor', () => place().endsWith(' 0'));
  user.press('C-q');
  await user.sees('Enter session');
  expect(place()).toMatch(/ 0$/);
}, 60_000);

const WIDE = 'e\u0301 漢字 👍 ❤\uFE0F 1\uFE0F\u20E3 👨\u200D👩\u200D👧 한글 ☕ ✓ ─│ ｱ ü';

test('at every size it shows what the pane shows, wide letters and all', async () => {
  const typing = await typist();
  const { user, runs } = typing;
  await runs(`while :; do printf '%s\\n' 'before ${WIDE} after'; read -r line || exit; done`);
  await isTrue(typing, 'at first');
  let seed = 11;
  const pick = <T>(list: readonly T[]): T => {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
    return list[Math.floor((seed / 2 ** 31) * list.length)] as T;
  };
  const sizes = [
    [200, 50],
    [60, 20],
    [120, 40],
    [80, 24],
    [72, 16],
  ] as const;
  for (let step = 0; step < 30; step += 1) {
    const action = pick(['resize', 'resize', 'type', 'flood', 'again'] as const);
    if (action === 'resize') {
      const [columns, rows] = pick(sizes);
      user.resizes(columns, rows);
    } else if (action === 'type') user.types(pick(['漢', 'abc ', '👍', 'x'.repeat(90)]));
    else if (action === 'flood') user.press(...Array.from({ length: 30 }, () => 'Enter'));
    else {
      user.press('C-q');
      await user.sees('help');
      user.press('i');
      await user.sees('typing into #1');
    }
    await isTrue(typing, `step ${step}: ${action}`);
  }
}, 90_000);

test('a session that ends, or a dashboard that is ended, leaves nothing behind', async () => {
  const { world, user, runs } = await typist();
  await runs(`printf '\\033[?1003h\\033[?1006hthere'; exec sleep 600`);
  await user.sees('there');
  const modes = () => user.asks('#{mouse_all_flag} #{mouse_any_flag} #{cursor_flag}');
  await waitFor('the modes', () => modes().startsWith('1'));
  await world.claustre('kill', '1', '--yes');
  await user.sees('No session. Press l to launch it.');
  await waitFor('the modes of the dashboard', () => modes().startsWith('0 1'));
  user.press('C-c');
  await user.leaves();
  expect(modes()).toBe('0 0 1');
}, 60_000);

test('a terminal that is closed while somebody types leaves the session as it is, and no client', async () => {
  const { world, user, runs } = await typist();
  await runs('echo there; exec cat');
  await user.sees('there');
  const clients = () => world.tmux('list-clients', '-F', '#{client_pid}').trim().split('\n');
  const parentOf = (pid: string) =>
    Number(spawnSync('ps', ['-o', 'ppid=', '-p', pid], { encoding: 'utf8' }).stdout);
  user.closes();
  // A client that stays would keep the server from ever ending.
  await waitFor('no client but that of the supervisor', () =>
    clients().every((pid) => pid === '' || parentOf(pid) === world.supervisor()),
  );
  expect(world.tmux('list-panes', '-a', '-F', '#{pane_current_command}')).toContain('cat');
}, 60_000);
