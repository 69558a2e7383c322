import { describe, expect, test } from 'vitest';
import { isRefusal } from '#domain/error.ts';
import { createKeymap, KEYMAP, keyLabel, PLAIN_KEYMAP } from '#tui/keymap.ts';

const TASKS = ['tasks', 'everywhere'] as const;
const PROJECTS = ['projects', 'everywhere'] as const;

function own(overrides: Record<string, string>) {
  const keymap = createKeymap(overrides);
  if (isRefusal(keymap)) throw new Error(keymap.reason);
  return keymap;
}

describe('the keymap', () => {
  test('in the queue k is kill and nothing else, in the projects it is up', () => {
    expect(PLAIN_KEYMAP.actionOf(TASKS, 'k')).toBe('kill');
    expect(PLAIN_KEYMAP.actionOf(PROJECTS, 'k')).toBe('previous_project');
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

  test('the keys that are given have no conflict among themselves', () => {
    expect(isRefusal(createKeymap({}))).toBe(false);
  });

  test("a person's own key replaces all keys of the action", () => {
    const keymap = own({ launch: 'L', move_down: 'ctrl+n alt+n' });
    expect(keymap.actionOf(TASKS, 'L')).toBe('launch');
    expect(keymap.actionOf(TASKS, 'l')).toBeNull();
    expect(keymap.actionOf(TASKS, 'alt+n')).toBe('move_down');
    expect(keymap.actionOf(TASKS, 'J')).toBeNull();
  });

  test.each([
    [{ launch: 'k' }, '[keys] The key "k" would mean both "launch" and "kill".'],
    [{ help: 'k' }, 'The key "k" would mean both'],
    [{ fly: 'f' }, '[keys] has no action "fly".'],
    [{ launch: 'hyper' }, '[keys] "launch" is "hyper", which names no key.'],
    [{ launch: '' }, 'which names no key'],
    [{ yes: 'x' }, '[keys] has no action "yes".'],
  ])('%j is refused in a sentence', (overrides, reason) => {
    const refused = createKeymap(overrides as Record<string, string>);
    expect(isRefusal(refused) && refused.reason).toContain(reason);
  });

  test('two actions may change places', () => {
    const keymap = own({ launch: 'k', kill: 'l' });
    expect(keymap.actionOf(TASKS, 'k')).toBe('launch');
  });

  test.each([
    ['ctrl+d', 'Ctrl+D'],
    ['shift+tab', 'Shift+Tab'],
    ['enter', 'Enter'],
    ['up', '↑'],
    ['J', 'J'],
    ['+', '+'],
  ])('%s reads as %s', (key, label) => {
    expect(keyLabel(key)).toBe(label);
  });
});
