import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readSessionsFile } from '#adapters/claude/sessions-file.ts';
import { tempDir } from '../../support/temp-dir.ts';

/** As Claude 2.1.197 writes it. */
const RECORDED = {
  pid: 32701,
  sessionId: 'aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee',
  cwd: '/code/app',
  startedAt: 1795149262207,
  procStart: '116580',
  version: '2.1.197',
  kind: 'interactive',
  entrypoint: 'cli',
  status: 'waiting',
  updatedAt: 1795149263063,
  statusUpdatedAt: 1795149263063,
  waitingFor: 'permission prompt',
};

/** The program's name holds a blank and brackets, which must not shift the fields. */
const STAT = `32701 (my (odd) name) S ${Array.from({ length: 18 }, (_, index) => index + 4).join(' ')} 116580 9 9`;

function home(content: unknown): Record<string, string> {
  const dir = tempDir();
  mkdirSync(join(dir, '.claude', 'sessions'), { recursive: true });
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  writeFileSync(join(dir, '.claude', 'sessions', '32701.json'), text);
  return { HOME: dir };
}

const read = (content: unknown, stat: string | null = STAT) =>
  readSessionsFile(32701, home(content), () => stat);

describe('the file of a running process', () => {
  test('says what Claude does', () => {
    expect(read(RECORDED)).toEqual({
      status: 'waiting',
      waitingFor: 'permission prompt',
      claudeSessionId: 'aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee',
      statusUpdatedAt: 1795149263063,
    });
  });

  test('left behind by another process with the same number says nothing', () => {
    expect(read({ ...RECORDED, procStart: '116581' })).toBeNull();
    expect(read(RECORDED, '')).toBeNull();
  });

  test('is believed where the system tells no start of a process', () => {
    expect(read({ ...RECORDED, procStart: 'Fri Nov 20 06:00:00 2026' }, null)?.status).toBe(
      'waiting',
    );
  });

  test.each([
    ['no status yet', { ...RECORDED, status: undefined }],
    ['an unknown status', { ...RECORDED, status: 'dreaming' }],
    ['another pid', { ...RECORDED, pid: 1 }],
    ['an old short file', { pid: 32701, cwd: '/', startedAt: 1 }],
    ['half a file', '{"pid":32701'],
  ])('with %s says nothing', (_name, content) => {
    expect(read(content)).toBeNull();
  });

  test('is looked for where CLAUDE_CONFIG_DIR says', () => {
    const { HOME = '' } = home(RECORDED);
    const env = { HOME: '/nowhere', CLAUDE_CONFIG_DIR: join(HOME, '.claude') };
    expect(readSessionsFile(32701, env, () => STAT)?.status).toBe('waiting');
    expect(readSessionsFile(32701, { HOME: '/nowhere' }, () => STAT)).toBeNull();
    expect(readSessionsFile(32701, {}, () => STAT)).toBeNull();
  });

  test.runIf(process.platform === 'linux')(
    'is compared with the real start of this process',
    () => {
      const dir = tempDir();
      mkdirSync(join(dir, '.claude', 'sessions'), { recursive: true });
      writeFileSync(
        join(dir, '.claude', 'sessions', `${process.pid}.json`),
        JSON.stringify({ ...RECORDED, pid: process.pid, procStart: '1' }),
      );
      expect(readSessionsFile(process.pid, { HOME: dir })).toBeNull();
    },
  );
});
