import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import { forgetSession } from '#adapters/claude/forget-session.ts';
import { type SessionFiles, sessionFiles } from '#adapters/claude/session-files.ts';
import { writeOwnFile } from '#adapters/claude/write-file.ts';
import { tempDir } from '../../support/temp-dir.ts';

/** All files that a session can have, but the log of its setup. */
function started(): SessionFiles {
  const files = sessionFiles(tempDir(), '11111111-2222-4333-8444-555555555555');
  const { folder: _folder, setupLog: _log, ...written } = files;
  for (const path of Object.values(written)) writeOwnFile(path, 'TOKEN=t');
  return files;
}

test('all that a session was started with goes, and the log of its setup stays', () => {
  const files = started();
  writeFileSync(files.setupLog, 'installed');
  forgetSession(files);
  expect(readdirSync(files.folder)).toEqual(['setup.log']);
  forgetSession(files);
  expect(readdirSync(files.folder)).toEqual(['setup.log']);
});

test('what a launch was cut off in goes, too', () => {
  const files = started();
  writeFileSync(files.setupLog, 'installed');
  writeFileSync(`${files.environment}.123.tmp`, 'TOKEN=t');
  writeFileSync(`${files.prompt}.123.tmp`, 'secret');
  forgetSession(files);
  expect(existsSync(dirname(files.prompt))).toBe(false);
  expect(readdirSync(files.folder)).toEqual(['setup.log']);
});

test('no empty folder is left, and a session that was never started is fine', () => {
  const files = started();
  forgetSession(files);
  expect(existsSync(files.folder)).toBe(false);
  forgetSession(files);
});
