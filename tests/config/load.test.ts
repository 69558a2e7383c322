import { mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { loadConfig } from '#config/load.ts';
import { ClaustreError } from '#domain/error.ts';
import { tempDir } from '../support/temp-dir.ts';

let dir: string;
let config: string;
let own: string;

beforeEach(() => {
  dir = tempDir();
  config = join(dir, 'config.toml');
  own = join(dir, 'repository', '.claustre', 'config.toml');
  mkdirSync(join(dir, 'repository', '.claustre'), { recursive: true });
});

function errorOf(act: () => unknown): ClaustreError {
  try {
    act();
  } catch (error) {
    if (error instanceof ClaustreError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('without any file', () => {
  test('everything has its default', () => {
    const { settings } = loadConfig({ config });
    expect(settings.claude.command).toBe('claude');
    expect(settings.claude.model).toBeNull();
    expect(settings.claude.permissionMode).toEqual({
      supervised: null,
      autonomous: 'acceptEdits',
      exploration: null,
    });
    expect(settings.permissions.allow).toContain('Bash(git *)');
    expect(settings.task).toEqual({ mode: 'supervised', push: 'pr' });
    expect(settings.tmux).toMatchObject({ socket: null, returnKey: 'C-q', prefix: null });
    expect(settings.layout).toEqual({ pane: 'claude' });
    expect(settings.keys).toEqual({});
    expect(settings.templates).toEqual([]);
  });

  test('a repository that is gone has the same', () => {
    const loaded = loadConfig({ config });
    expect(loaded.forProject(join(dir, 'nowhere'))).toEqual(loaded.settings);
    writeFileSync(join(dir, 'file'), '');
    expect(loaded.forProject(join(dir, 'file'))).toEqual(loaded.settings);
  });
});

describe("the repository's file", () => {
  test("lies over the data directory's, which lies over the defaults", () => {
    writeFileSync(config, '[claude]\nmodel = "opus"\neffort = "high"\n[worktree]\nsetup = "make"');
    writeFileSync(own, '[claude]\nmodel = "haiku"\n[permissions]\nallow = ["Read"]');
    const loaded = loadConfig({ config });
    const settings = loaded.forProject(join(dir, 'repository'));
    expect(settings.claude).toMatchObject({ command: 'claude', model: 'haiku', effort: 'high' });
    expect(settings.worktree.setup).toBe('make');
    expect(settings.permissions.allow).toEqual(['Read']);
    expect(loaded.settings.claude.model).toBe('opus');
  });

  test('a table whose name has two words is one in camelCase', () => {
    writeFileSync(config, '[review_loop]\nmax_rounds = 7\nprompt = "Be strict."');
    writeFileSync(own, '[review_loop]\nprompt = "Be kind."');
    const loaded = loadConfig({ config });
    expect(loaded.settings.reviewLoop).toEqual({
      pollIntervalSecs: 120,
      maxRounds: 7,
      prompt: 'Be strict.',
    });
    expect(loaded.forProject(join(dir, 'repository')).reviewLoop.prompt).toBe('Be kind.');
  });

  test('cannot choose a program to run as Claude', () => {
    writeFileSync(own, '[claude]\ncommand = "./evil"');
    const error = errorOf(() => loadConfig({ config }).forProject(join(dir, 'repository')));
    expect(error.message).toContain(
      '"claude.command" can be set only in the config.toml of the data',
    );
  });

  test('adds templates, and takes the place of those with its names', () => {
    writeFileSync(
      config,
      '[[templates]]\nname = "bug"\nprompt = "Fix"\n[[templates]]\nname = "idea"\nloop = true',
    );
    writeFileSync(own, '[[templates]]\nname = "bug"\nmode = "autonomous"\nsubtasks = ["a"]');
    const loaded = loadConfig({ config });
    const unset = { prompt: null, mode: null, base: null, branch: null, push: null, loop: null };
    expect(loaded.forProject(join(dir, 'repository')).templates).toEqual([
      { ...unset, name: 'bug', mode: 'autonomous', subtasks: ['a'] },
      { ...unset, name: 'idea', loop: true, subtasks: [] },
    ]);
    expect(loaded.settings.templates[0]).toMatchObject({ prompt: 'Fix', mode: null });
  });

  test('changes only those permission modes that it names', () => {
    writeFileSync(config, '[claude]\npermission_mode = "plan"');
    writeFileSync(own, '[claude]\npermission_mode = { autonomous = "dontAsk" }');
    expect(
      loadConfig({ config }).forProject(join(dir, 'repository')).claude.permissionMode,
    ).toEqual({ supervised: 'plan', autonomous: 'dontAsk', exploration: 'plan' });
  });
});

describe('a broken file', () => {
  test('names file, line, key and what was expected', () => {
    writeFileSync(config, '[claude]\nmodle = "x"\neffort = 3\n');
    const error = errorOf(() => loadConfig({ config }).settings);
    expect(error.code).toBe('environment');
    expect(error.message).toBe(
      `${config}, line 2: the key "claude.modle" is unknown: did you mean "model"?\n` +
        `${config}, line 3: "claude.effort" is 3, expected a text.`,
    );
    expect(error.hint).toContain('config.example.toml');
  });

  test('of a repository names that file, and breaks nothing else', () => {
    writeFileSync(own, '[');
    const loaded = loadConfig({ config });
    expect(errorOf(() => loaded.forProject(join(dir, 'repository'))).message).toContain(
      `${own}, line 1`,
    );
    expect(loaded.settings.claude.command).toBe('claude');
  });

  test('is not read before somebody asks, and is well again once mended', () => {
    writeFileSync(config, 'x = 1');
    const loaded = loadConfig({ config });
    errorOf(() => loaded.settings);
    errorOf(() => loaded.settings);
    writeFileSync(config, '[claude]\nmodel = "mended"');
    expect(loaded.settings.claude.model).toBe('mended');
  });

  test('that cannot be read says so', () => {
    const files = {
      version: () => 'v',
      read: () => {
        throw new Error('EACCES: permission denied');
      },
    };
    const error = errorOf(() => loadConfig({ config }, files).settings);
    expect(error).toMatchObject({ code: 'environment' });
    expect(error.message).toContain(`The settings in ${config} cannot be read: EACCES`);
  });

  test('that is too large is refused before it is read', () => {
    writeFileSync(config, `# ${'x'.repeat(1024 * 1024)}`);
    expect(errorOf(() => loadConfig({ config }).settings).message).toContain('larger than 1 MiB');
  });
});

test('an unchanged file is read once, a changed one again, a removed one is forgotten', () => {
  let reads = 0;
  let version: string | null = '1';
  const loaded = loadConfig(
    { config },
    {
      version: () => version,
      read: () => {
        reads += 1;
        return `[claude]\nmodel = "m${reads}"`;
      },
    },
  );
  expect([loaded.settings.claude.model, loaded.settings.claude.model]).toEqual(['m1', 'm1']);
  version = '2';
  expect(loaded.settings.claude.model).toBe('m2');
  version = null;
  expect(loaded.settings.claude.model).toBeNull();
  expect(reads).toBe(2);
});

test('on a real disk, a rewritten file of the same size is noticed by its time', () => {
  writeFileSync(config, '[claude]\nmodel = "one"');
  const loaded = loadConfig({ config });
  expect(loaded.settings.claude.model).toBe('one');
  writeFileSync(config, '[claude]\nmodel = "two"');
  utimesSync(config, 1_900_000_000, 1_900_000_000);
  expect(loaded.settings.claude.model).toBe('two');
  rmSync(config);
  expect(loaded.settings.claude.model).toBeNull();
});

test('tells where a key of the person is said, for those who check it further', () => {
  writeFileSync(config, '[theme]\n\n[keys]\nlaunch = "l"\n');
  const loaded = loadConfig({ config });
  expect(loaded.settings.keys).toEqual({ launch: 'l' });
  expect(loaded.origin('keys', 'launch')).toEqual({ file: config, line: 4 });
  expect(loaded.origin('keys', 'kill')).toBeNull();
});

test("a project's layout takes the place of the one below it as a whole; an empty one says nothing", () => {
  const load = () => loadConfig({ config }).forProject(join(dir, 'repository')).layout;
  writeFileSync(config, '[layout]\nratio = 30\nfirst = "shell"\nsecond = "claude"\n');
  writeFileSync(own, '[layout]\n');
  expect(load()).toMatchObject({ ratio: 30, second: { pane: 'claude' } });
  writeFileSync(own, '[layout]\nfirst = "claude"\nsecond = { pane = "shell" }\n');
  expect(load()).toMatchObject({ ratio: 50, second: { pane: 'shell' } });
});
