import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { tempDir } from '../support/temp-dir.ts';

const FOLDER = join(import.meta.dirname, '../../hooks/claude');
const SCRIPTS = readdirSync(FOLDER).sort();

/** A stand-in node that notes its arguments and its input, prints on both outputs and fails. */
function place() {
  const dir = tempDir();
  const node = join(dir, 'no de');
  writeFileSync(
    node,
    '#!/bin/sh\nprintf "%s\\n" "$@" > "$0.args"\ncat > "$0.input"\necho out\necho err >&2\n',
  );
  chmodSync(node, 0o755);
  const hook = join(dir, "ho'ok.cjs");
  writeFileSync(hook, '');
  writeFileSync(join(dir, "ho'ok-permission.cjs"), '');
  return { dir, node, hook };
}

function run(script: string, args: string[], env: Record<string, string> = {}) {
  return spawnSync('/bin/sh', [join(FOLDER, script), ...args], {
    input: '{"hook_event_name":"X"}',
    encoding: 'utf8',
    env: { PATH: '/usr/bin:/bin', ...env },
    timeout: 10_000,
  });
}

describe.each(SCRIPTS)('%s', (script) => {
  const asks = script === 'permission-request.sh';
  const verb = script === 'status-line.sh' ? 'status' : 'hook';

  test('hands arguments and input on as they are', () => {
    const { node, hook } = place();
    const { status, stderr } = run(script, [node, hook, '/data $HOME']);
    expect(status).toBe(0);
    expect(stderr).toBe('');
    expect(readFileSync(`${node}.args`, 'utf8').split('\n')).toEqual([
      '--jitless',
      '--v8-pool-size=1',
      asks ? hook.replace('.cjs', '-permission.cjs') : hook,
      '/data $HOME',
      ...(asks ? [] : [verb]),
      '',
    ]);
    expect(readFileSync(`${node}.input`, 'utf8')).toBe('{"hook_event_name":"X"}');
  });

  test('prints only what a status line shows and what a person answers', () => {
    const { node, hook } = place();
    expect(run(script, [node, hook, '/data']).stdout).toBe(
      asks || verb === 'status' ? 'out\n' : '',
    );
  });

  test('succeeds in silence when node or the script is gone', () => {
    const { dir, node, hook } = place();
    for (const args of [[join(dir, 'gone'), hook, '/d'], [node, join(dir, 'gone'), '/d'], []]) {
      expect(run(script, args)).toMatchObject({ status: 0, stdout: '', stderr: '' });
    }
    expect(existsSync(`${node}.args`)).toBe(false);
  });

  test('is executable and short', () => {
    expect(statSync(join(FOLDER, script)).mode & 0o111).toBe(0o111);
    expect(readFileSync(join(FOLDER, script), 'utf8').split('\n').length).toBeLessThan(8);
  });
});

test("a person's options for node do not reach the hook", () => {
  const { node, hook } = place();
  writeFileSync(node, '#!/bin/sh\necho "$NODE_OPTIONS" > "$0.args"\n');
  run('stop.sh', [node, hook, '/data'], { NODE_OPTIONS: '--inspect' });
  expect(readFileSync(`${node}.args`, 'utf8')).toBe('\n');
});
