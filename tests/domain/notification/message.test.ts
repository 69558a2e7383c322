import { describe, expect, test } from 'vitest';
import type { InboxEntry } from '#domain/inbox.ts';
import { commandFor, fillTemplate, messageOf, withVoice } from '#domain/notification/message.ts';

const SINCE = '2026-01-01T12:00:00.000Z';
const entry = (more: Partial<InboxEntry> = {}): InboxEntry => ({
  ...{ kind: 'permission', task: 4, since: SINCE, text: 'Bash: npm test' },
  ...more,
});

describe('what is told', () => {
  const task = { id: 4, title: 'Fix\u001B[31m the\u202E parser\n' };

  test('is one line without control characters', () => {
    expect(messageOf(entry(), task, { name: 'app' })).toEqual({
      task: '#4 Fix [31m the  parser',
      project: 'app',
      kind: 'permission',
      text: '#4 asks permission: Bash: npm test',
    });
    const plan = entry({ kind: 'plan', text: 'A\nB' });
    expect(messageOf(plan, task, { name: 'app' }).text).toBe('#4 shows a plan: A B');
    const error = entry({ kind: 'error', text: '"Fix" ended in an error.' });
    expect(messageOf(error, task, { name: 'app' }).text).toBe('#4 "Fix" ended in an error.');
  });

  const message = { task: '#4 {kind} $(x)', project: 'app', kind: 'plan', text: "it's; {text}" };

  test('fills a template once: what is filled in is never read again', () => {
    const filled = fillTemplate('{project}/{task}: {text} {nothing}', message);
    expect(filled).toBe("app/#4 {kind} $(x): it's; {text} {nothing}");
  });

  test('is spoken with the voice and the speed that are set, by the one program that has them', () => {
    const set = { voice: 'Anna', rate: 200 };
    const spoken = ['/usr/bin/say', '-v', 'Anna', '-r', '200', '-i'];
    expect(withVoice(['/usr/bin/say', '-i'], set)).toEqual(spoken);
    expect(withVoice(['say'], { voice: null, rate: null })).toEqual(['say']);
    expect(withVoice(['essay'], set)).toEqual(['essay']);
  });

  test('is the last argument of a command, or where its placeholders are', () => {
    const template = '{project}: {text}';
    expect(commandFor(['say', '-v', 'Anna'], template, message)).toEqual([
      ...['say', '-v', 'Anna', "app: it's; {text}"],
    ]);
    expect(commandFor(['curl', '-d', '{task}', 'https://x'], template, message)).toEqual([
      ...['curl', '-d', '#4 {kind} $(x)', 'https://x'],
    ]);
    // The program itself is never made of a message.
    expect(commandFor(['{task}'], template, message)[0]).toBe('{task}');
  });
});
