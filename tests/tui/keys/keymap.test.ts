import { describe, expect, test } from 'vitest';
import { KEYMAP } from '#tui/keys/keymap.ts';
import { PLAIN_KEYMAP } from '#tui/keys/own-keys.ts';

const TASKS = ['tasks', 'everywhere'] as const;
const PROJECTS = ['projects', 'everywhere'] as const;

describe('the keymap', () => {
  test('in the queue k is kill and nothing else, in the projects it is up', () => {
    expect(PLAIN_KEYMAP.actionOf(TASKS, 'k')).toBe('kill');
    expect(PLAIN_KEYMAP.actionOf(PROJECTS, 'k')).toBe('up');
    const actions = KEYMAP.filter(({ context }) => context === 'tasks' || context === 'everywhere');
    const kill = actions.filter(({ keys }) => (keys as readonly string[]).includes('k'));
    expect(kill.map(({ action }) => action)).toEqual(['kill']);
  });

  test.each([
    [TASKS, 'l', 'launch'],
    [TASKS, 'r', 'done'],
    [TASKS, 'u', 'restore'],
    [TASKS, 'd', 'remove'],
    [TASKS, 'J', 'move_down'],
    [TASKS, 'enter', 'attach'],
    [TASKS, 'h', 'to_projects'],
    [TASKS, 'left', 'to_projects'],
    [TASKS, 'j', 'down'],
    [PROJECTS, 'j', 'down'],
    [TASKS, 'q', 'quit'],
    [PROJECTS, 'l', 'enter_project'],
    [PROJECTS, 'd', 'remove_project'],
    [PROJECTS, 'a', 'add_project'],
    [PROJECTS, 'ctrl+d', 'page_down'],
    [['confirm'] as const, 'enter', 'yes'],
    [['confirm'] as const, 'k', null],
  ])('in %j %s is %s', (contexts, key, action) => {
    expect(PLAIN_KEYMAP.actionOf(contexts, key)).toBe(action);
  });
});

describe('one key', () => {
  const meanings = (contexts: readonly string[]): string[] => {
    const seen = new Map<string, string>();
    return KEYMAP.filter(({ context }) => contexts.includes(context)).flatMap(({ keys, action }) =>
      (keys as readonly string[]).flatMap((key) => {
        const before = seen.get(key);
        seen.set(key, action);
        return before === undefined || before === action ? [] : [`${key}: ${before}, ${action}`];
      }),
    );
  };

  test.each([[TASKS], [PROJECTS]])('means one thing in %j', (contexts) => {
    expect(meanings(contexts)).toEqual([]);
  });

  // In a form the field decides what Enter, Tab and the arrows do.
  const rest = [...new Set(KEYMAP.map(({ context }) => context))].filter(
    (context) => context !== 'form',
  );
  test.each(rest)('means one thing in %s', (context) => {
    expect(meanings([context])).toEqual([]);
  });

  test('that may be chosen is never a part of how a dialog works', () => {
    const open = ['tasks', 'session', 'projects', 'everywhere'];
    const loose = KEYMAP.filter((each) => !('fixed' in each) && !open.includes(each.context));
    expect(loose).toEqual([]);
  });
});
