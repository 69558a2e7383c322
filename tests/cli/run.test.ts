import { beforeEach, describe, expect, test } from 'vitest';
import type { App } from '#app.ts';
import type { SurfaceCommand } from '#cli/command.ts';
import { runCli } from '#cli/run.ts';
import { ClaustreError } from '#domain/error.ts';
import { type FakeIo, fakeIo } from '../support/fake-io.ts';
import { sampleOperations } from '../support/sample-operations.ts';

let io: FakeIo;
let calls: unknown[];
let operations: ReturnType<typeof sampleOperations>['operations'];
let apps: number;
let surfaces: SurfaceCommand[];

beforeEach(() => {
  io = fakeIo();
  ({ calls, operations } = sampleOperations());
  apps = 0;
  surfaces = [
    {
      usage: 'watch <task...>',
      summary: 'Watch tasks.',
      options: [{ flags: '--timeout <seconds>', summary: 'how long' }],
      run: async (_io, given) => {
        calls.push(given);
        return 124;
      },
    },
  ];
});

const createApp = async (): Promise<App> => {
  apps += 1;
  return { store: { ownChanges: () => 0 } } as unknown as App;
};

const run = (...argv: string[]): Promise<number> =>
  runCli(argv, createApp, io, { version: '1.2.3', operations, surfaces });

describe('a command', () => {
  test('gets its arguments and options by name and says in a sentence what was done', async () => {
    const code = await run(
      'add-sample',
      'demo',
      'a title',
      '-m',
      'autonomous',
      '--base-branch',
      'x',
    );
    expect([code, io.out, io.err]).toEqual([0, 'Added "a title".\n', '']);
    expect(calls).toEqual([
      { project: 'demo', title: 'a title', mode: 'autonomous', baseBranch: 'x' },
    ]);
  });

  test('prints exactly one document with --json', async () => {
    expect(await run('add-sample', 'demo', 't', '--subtask', 'a', '--subtask', 'b', '--json')).toBe(
      0,
    );
    expect(JSON.parse(io.out)).toEqual({
      project: 'demo',
      title: 't',
      mode: 'supervised',
      subtask: ['a', 'b'],
    });
  });

  test('takes what follows -- as it is', async () => {
    expect(await run('add-sample', '--priority', '0', '--', 'demo', '--json')).toBe(0);
    expect(calls).toEqual([{ project: 'demo', title: '--json', mode: 'supervised', priority: 0 }]);
    expect(io.out).toBe('Added "--json".\n');
  });

  test('takes task numbers with and without #', async () => {
    expect(await run('rm-sample', '#12', '7', '--yes')).toBe(0);
    expect(calls).toEqual([{ task: [12, 7] }]);
  });

  test('can be told yes and no by the same option', async () => {
    await run('add-sample', 'p', 't', '--loop');
    await run('add-sample', 'p', 't', '--no-loop');
    await run('add-sample', 'p', 't');
    expect(calls.map((call) => (call as { loop?: boolean }).loop)).toEqual([
      true,
      false,
      undefined,
    ]);
  });

  test('that is hidden still works', async () => {
    expect(await run('tick-sample')).toBe(0);
    expect([calls, io.out]).toEqual([['tick'], '']);
  });

  test('that is no operation gets the same treatment and chooses its exit code', async () => {
    expect(await run('watch', '1', '2', '--timeout', '3')).toBe(124);
    expect(calls).toEqual([{ task: ['1', '2'], timeout: '3' }]);
    expect(apps).toBe(0);
  });
});

describe('a text', () => {
  test('comes from standard input for "-", without its last line break', async () => {
    io = fakeIo({ input: 'two\nlines\n' });
    await run('add-sample', 'p', 't', '-d', '-');
    expect(calls).toMatchObject([{ description: 'two\nlines' }]);
  });

  test('comes from a file, as written', async () => {
    io = fakeIo({ files: { 'prompt.md': ' keeps\n\n' } });
    await run('add-sample', 'p', 't', '-f', 'prompt.md');
    expect(calls).toMatchObject([{ description: ' keeps\n\n' }]);
    expect(calls[0]).not.toHaveProperty('file');
  });

  test('that is given twice is refused', async () => {
    expect(await run('add-sample', 'p', 't', '-f', 'x', '-d', 'y')).toBe(2);
    expect(io.err).toBe('--file and --description say the same.\nGive one of them.\n');
  });
});

describe('wrong usage ends with 2, creates no app and names what was meant', () => {
  test.each([
    [
      ['ad-sample'],
      "Unknown command 'ad-sample'.\nDid you mean add-sample? See: claustre --help\n",
    ],
    [
      ['add-sample', 'p', 't', '--mod', 'x'],
      "Unknown option '--mod'.\nDid you mean --mode? See: claustre add-sample --help\n",
    ],
    [['add-sample', 'p'], "Missing required argument 'title'.\nSee: claustre add-sample --help\n"],
    [
      ['add-sample', 'p', 't', 'rest'],
      "Too many arguments for 'add-sample'. Expected 2 arguments but got 3: p, t, rest.\nSee: claustre add-sample --help\n",
    ],
    [
      ['add-sample', 'p', 't', '-m', 'autonomus'],
      '--mode "autonomus" must be supervised, autonomous or exploration.\nDid you mean autonomous?\n',
    ],
    [['add-sample', 'p', 't', '--priority', '9'], '--priority "9" must be at most 3.\n'],
    [['add-sample', 'p', 't', '--priority', 'x'], '--priority "x" must be a number.\n'],
    [['add-sample', 'p', ''], '<title> "" must be at least 1 character long.\n'],
    [['rm-sample', 'twelve'], '<task> "twelve" must be a task number like 12 or #12.\n'],
    [
      ['help', 'ad-sample'],
      "Unknown command 'ad-sample'.\nDid you mean add-sample? See: claustre --help\n",
    ],
    [['completion', 'tcsh'], 'There is no completion for "tcsh".\nThere is: bash, zsh, fish.\n'],
  ])('%j', async (argv, said) => {
    expect(await run(...argv)).toBe(2);
    expect([io.out, io.err]).toEqual(['', said]);
    expect([apps, calls]).toEqual([0, []]);
  });
});

describe('a command that takes something away', () => {
  test('refuses where nobody can be asked, and says what it would have asked', async () => {
    expect(await run('remove-sample', '7')).toBe(1);
    expect(io.err).toBe(
      'Nothing was done, since nobody can be asked here: Remove #7?\nAdd --yes to do it without being asked.\n',
    );
    expect(calls).toEqual([]);
  });

  test('asks at a terminal and does nothing without a yes', async () => {
    io = fakeIo({ answer: false });
    expect(await run('remove-sample', '7')).toBe(1);
    expect([io.asked, io.err]).toEqual([['Remove #7?'], 'Nothing was done.\n']);
    expect(calls).toEqual([]);
  });

  test('goes on after a yes', async () => {
    io = fakeIo({ answer: true });
    expect(await run('remove-sample', '7')).toBe(0);
    expect(calls).toEqual([{ task: [7] }]);
  });

  test('does not ask when told so beforehand, or when there is nothing to lose', async () => {
    expect(await run('remove-sample', '7', '--yes')).toBe(0);
    expect(await run('remove-sample', '1')).toBe(0);
    expect(io.asked).toEqual([]);
  });

  test('says at once when what it is about does not exist', async () => {
    expect(await run('remove-sample', '404')).toBe(1);
    expect(io.err).toBe('There is no #404.\n');
  });
});

describe('what goes wrong', () => {
  const failing = (error: unknown): void => {
    operations = operations.map((operation) => ({
      ...operation,
      run: async () => {
        throw error;
      },
    }));
  };

  test('outside ends with 3 and says what to do, also with --json', async () => {
    failing(new ClaustreError('environment', 'gh is missing.', { hint: 'Install gh.' }));
    expect(await run('add-sample', 'p', 't', '--json')).toBe(3);
    expect([io.out, io.err]).toEqual(['', 'gh is missing.\nInstall gh.\n']);
  });

  test('by what an output tells is printed and said by the exit code too', async () => {
    operations = operations.map((operation) => ({ ...operation, failed: () => 'environment' }));
    expect(await run('add-sample', 'p', 't')).toBe(3);
    expect([io.out, io.err]).toEqual(['Added "t".\n', '']);
  });

  test('by ^C ends with 130 and says nothing', async () => {
    failing(Object.assign(new Error('stop'), { name: 'AbortError' }));
    expect(await run('add-sample', 'p', 't')).toBe(130);
    expect(io.err).toBe('');
  });

  test('unexpectedly is called a fault of claustre, is logged, and the log is named', async () => {
    const logged: unknown[] = [];
    const fault = new Error('undefined is no function');
    failing(fault);
    const app = {
      log: { path: '/l/claustre.log', error: (_: string, error: unknown) => logged.push(error) },
    };
    const code = await runCli(['tick-sample'], async () => app as unknown as App, io, {
      version: '1',
      operations,
    });
    expect(code).toBe(1);
    expect(io.err).toBe(
      'This is a fault of claustre: undefined is no function\nMore is in /l/claustre.log.\n',
    );
    expect(logged).toEqual([fault]);
  });

  test('cannot steer the terminal with its text', async () => {
    failing(new ClaustreError('environment', 'bad \u001b]0;evil\u0007name.'));
    await run('add-sample', 'p', 't');
    expect(io.err).toBe('bad name.\n');
  });
});

describe('help', () => {
  test('begins with the version and lists what people call', async () => {
    expect(await run('--help')).toBe(0);
    expect(io.out.split('\n')[0]).toBe('claustre 1.2.3');
    expect(io.out).toContain('add-sample <project> <title>  Add a sample.');
    expect(io.out).toContain('watch <task...>');
    expect(io.out).not.toContain('tick-sample');
    expect(apps).toBe(0);
  });

  test('of one command has its options', async () => {
    expect(await run('help', 'remove-sample')).toBe(0);
    const first = io.out;
    io.out = '';
    await run('remove-sample', '--help');
    expect(io.out).toBe(first);
    expect(first).toContain('--yes');
    expect(first).toContain('--json');
  });

  test('is what an empty command line gets, unless there is a dashboard', async () => {
    expect(await run()).toBe(0);
    expect(io.out).toContain('claustre 1.2.3');
    surfaces = [
      {
        usage: 'dashboard',
        summary: 'The screen.',
        run: async () => {
          calls.push('dashboard');
          return 0;
        },
      },
    ];
    expect(await run()).toBe(0);
    expect(calls).toEqual(['dashboard']);
  });

  test('--version says the version', async () => {
    expect(await run('--version')).toBe(0);
    expect(io.out).toBe('claustre 1.2.3\n');
  });
});
