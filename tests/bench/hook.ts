import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { makeSpool } from '#store/spool.ts';
import { openStore } from '#store/store.ts';
import { SESSION_ID, seedSession } from '../support/seed-session.ts';
import { type Figure, median } from './figure.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const RUNS = 80;

/** What a hook costs Claude, forwarder included, in units of an empty node process: the median of runs made in turn. */
export async function benchHook(): Promise<Figure[]> {
  const home = mkdtempSync(join(tmpdir(), 'claustre-bench-'));
  const store = openStore(join(home, 'claustre.db'));
  makeSpool(join(home, 'spool'));
  try {
    seedSession(store);
    let turn = 0;
    const prompt = (): string =>
      JSON.stringify({
        hook_event_name: turn++ % 2 === 0 ? 'UserPromptSubmit' : 'Stop',
        prompt: 'go on',
      });
    const tool = (): string =>
      JSON.stringify({ hook_event_name: 'TaskUnknown', tool_name: 'Bash' });
    const times = { node: [] as number[], prompt: [] as number[], tool: [] as number[] };
    for (let run = 0; run < RUNS; run += 1) {
      times.node.push(measure(process.execPath, ['-e', '0'], home, ''));
      times.prompt.push(measure('/bin/sh', forwarder(home, 'stop.sh'), home, prompt()));
      times.tool.push(measure('/bin/sh', forwarder(home, 'post-tool-use.sh'), home, tool()));
    }
    const ratio = (list: number[]): number => median(list) / median(times.node);
    const note = 'of an empty node process';
    return [
      {
        name: 'hook that changes the session',
        value: ratio(times.prompt),
        limit: 1.3,
        unit: 'x',
        note,
      },
      { name: 'hook that says nothing new', value: ratio(times.tool), limit: 1.3, unit: 'x', note },
    ];
  } finally {
    store.close();
    rmSync(home, { recursive: true, force: true });
  }
}

function forwarder(home: string, script: string): string[] {
  return [join(ROOT, 'hooks/claude', script), process.execPath, join(ROOT, 'dist/hook.cjs'), home];
}

function measure(program: string, args: string[], home: string, input: string): number {
  const env = { PATH: process.env.PATH ?? '', HOME: home, CLAUSTRE_SESSION_ID: SESSION_ID };
  const start = process.hrtime.bigint();
  const { status } = spawnSync(program, args, { input, env, timeout: 10_000 });
  if (status !== 0) throw new Error(`${program} ended with ${status}`);
  return Number(process.hrtime.bigint() - start) / 1e6;
}
