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
