import { describe, expect, test } from 'vitest';
import { firstPrompt, isSamePrompt, pastable, resumePrompt, titleFrom } from '#domain/prompt.ts';
import { type PUSH_MODES, TASK_MODES } from '#domain/task.ts';

const context = { base: 'develop', remote: 'upstream', stackedOn: null };
const task = { id: 1, title: 'Title', prompt: 'Do it.', mode: 'supervised', push: 'pr' } as const;

describe('the first prompt', () => {
  test('starts with the words of the person, unchanged', () => {
    const hostile = '--flag $(id) `id`\n"quoted" ! /x';
    expect(firstPrompt({ ...task, prompt: hostile }, [], context)?.startsWith(hostile)).toBe(true);
  });

  test('is the title when that is all there is', () => {
    expect(firstPrompt({ ...task, prompt: '' }, [], context)?.startsWith('Title\n')).toBe(true);
  });

  test('of an exploration is the prompt alone, and none without text', () => {
    expect(firstPrompt({ ...task, mode: 'exploration' }, [], context)).toBe('Do it.');
    expect(firstPrompt({ ...task, mode: 'exploration', prompt: ' ' }, [], context)).toBeNull();
  });

  test('holds open subtasks as numbered steps beside the prompt', () => {
    const text = firstPrompt(
      task,
      [
        { text: 'first', done: false },
        { text: 'over already', done: true },
        { text: 'second', done: false },
      ],
      context,
    );
    expect(text).toContain('Do it.');
    expect(text).toContain('1. first\n2. second');
    expect(text).not.toContain('over already');
  });

  test('says what the work is accepted by', () => {
    const text = firstPrompt(task, [], context, [{ text: 'It builds' }, { text: 'It is fast' }]);
    expect(text).toContain('will check it:\n1. It builds\n2. It is fast');
    expect(firstPrompt(task, [], context)).not.toContain('accepted');
  });

  test('of a stacked task says whose commits are below it', () => {
    const text = firstPrompt(task, [], { base: 'task/a', remote: 'origin', stackedOn: 3 });
    expect(text).toContain('begins on `task/a`, the branch of another task');
    expect(text).toContain('gh pr create --base task/a');
    expect(firstPrompt(task, [], context)).not.toContain('another task');
  });

  test('says how to deliver, by push mode, against the base of the task', () => {
    const of = (push: (typeof PUSH_MODES)[number]) => firstPrompt({ ...task, push }, [], context);
    expect(of('pr')).toContain('gh pr create --base develop');
    expect(of('pr')).toContain('git push upstream HEAD');
    expect(of('push')).toContain('Open no pull request');
    expect(of('local')).toContain('Do not push');
  });

  test('tells only an autonomous agent that nobody will answer', () => {
    for (const mode of TASK_MODES) {
      const text = firstPrompt({ ...task, mode }, [], context) ?? '';
      expect(text.includes('Nobody is watching')).toBe(mode === 'autonomous');
    }
  });
});

describe('a text to paste', () => {
  test.each([
    ['plain', 'plain\n'],
    ['a\r\nb\rc', 'a\nb\nc\n'],
    ['a\tb', 'a    b\n'],
    ['!ls', ' !ls\n'],
    ['/clear', ' /clear\n'],
    ['ends with \\', 'ends with \\\n'],
    ['\u001b[201~rm\u0007', '[201~rm\n'],
    ['exit', 'Please exit.\n'],
    ['  spaced  ', 'spaced\n'],
    ['#12 is a number', '#12 is a number\n'],
  ])('%j becomes %j', (text, expected) => {
    expect(pastable(text)).toBe(expected);
  });

  test('counts as the same prompt when Claude reports it trimmed and with widened tabs', () => {
    expect(isSamePrompt(pastable('a\tb \r\n c'), 'a    b \n c')).toBe(true);
    expect(isSamePrompt('one', 'two')).toBe(false);
  });
});

describe('a title made of a prompt', () => {
  test('is its first line that says something', () => {
    expect(titleFrom('\n\n  Fix the login \nmore')).toBe('Fix the login');
  });

  test('is cut between words and never inside a character', () => {
    const family = '👨‍👩‍👧'.repeat(80);
    expect(titleFrom(family)).toBe(`${'👨‍👩‍👧'.repeat(60)}…`);
    expect(titleFrom(`${'word '.repeat(30)}`)).toMatch(/^(word )+word…$/);
  });
});

test('only an autonomous task that was cut off is told to go on', () => {
  expect(resumePrompt({ mode: 'autonomous', status: 'interrupted' })).toContain('Go on');
  expect(resumePrompt({ mode: 'autonomous', status: 'in_review' })).toBeNull();
  expect(resumePrompt({ mode: 'supervised', status: 'interrupted' })).toBeNull();
});
