import { describe, expect, test } from 'vitest';
import { isRefusal } from '#domain/error.ts';
import { createKeymap } from '#tui/keys/own-keys.ts';

const TASKS = ['tasks', 'everywhere'] as const;
const PROJECTS = ['projects', 'everywhere'] as const;

function own(overrides: Record<string, string>) {
  const keymap = createKeymap(overrides);
  if (isRefusal(keymap)) throw new Error(keymap.reason);
  return keymap;
}

describe('own keys', () => {
  test('none at all leave the given ones as they are', () => {
    expect(own({}).actionOf(TASKS, 'k')).toBe('kill');
  });

  test('replace all keys of the action', () => {
    const keymap = own({ launch: 'L', move_down: 'ctrl+n alt+n' });
    expect(keymap.actionOf(TASKS, 'L')).toBe('launch');
    expect(keymap.actionOf(TASKS, 'l')).toBeNull();
    expect(keymap.actionOf(TASKS, 'alt+n')).toBe('move_down');
    expect(keymap.actionOf(TASKS, 'J')).toBeNull();
  });

  test('give k back to moving, in the queue and in the projects', () => {
    const keymap = own({ up: 'k', kill: 'x' });
    expect(keymap.actionOf(TASKS, 'k')).toBe('up');
    expect(keymap.actionOf(PROJECTS, 'k')).toBe('up');
    expect(keymap.actionOf(TASKS, 'x')).toBe('kill');
    expect(keymap.actionOf(TASKS, 'up')).toBeNull();
    expect(keymap.bindings.filter(({ action }) => action === 'up')).toHaveLength(1);
  });

  test('of moving hold in the projects too', () => {
    const keymap = own({ up: 'b', down: 'ctrl+n' });
    expect(keymap.actionOf(PROJECTS, 'b')).toBe('up');
    expect(keymap.actionOf(PROJECTS, 'k')).toBeNull();
    expect(keymap.actionOf(PROJECTS, 'j')).toBeNull();
  });

  test('win over the given key of an action that keeps another one', () => {
    const keymap = own({ launch: '<' });
    expect(keymap.actionOf(TASKS, '<')).toBe('launch');
    expect(keymap.actionOf(TASKS, 'home')).toBe('top');
    expect(keymap.actionOf(PROJECTS, '<')).toBeNull();
  });

  test('two actions may change places', () => {
    const keymap = own({ launch: 'k', kill: 'l' });
    expect(keymap.actionOf(TASKS, 'k')).toBe('launch');
    expect(keymap.actionOf(TASKS, 'l')).toBe('kill');
    expect(keymap.actionOf(PROJECTS, 'l')).toBe('enter_project');
  });

  test('may be none', () => {
    const keymap = own({ kill: '', launch: 'k' });
    expect(keymap.actionOf(TASKS, 'k')).toBe('launch');
    expect(keymap.bindings.some(({ action }) => action === 'kill')).toBe(false);
  });

  test('leave the keys inside dialogs alone', () => {
    const keymap = own({ launch: 'y', clear_filter: 'x' });
    expect(keymap.actionOf(['confirm'], 'y')).toBe('yes');
    expect(keymap.actionOf(['filter'], 'esc')).toBe('clear_filter');
    expect(keymap.actionOf(TASKS, 'esc')).toBeNull();
  });

  test.each([
    [{ launch: 'k' }, 'launch', '[keys] "launch" takes the key "k" and leaves "kill" without one.'],
    [{ help: 'k' }, 'help', 'leaves "kill" without one.'],
    [{ kill: 'up' }, 'kill', 'leaves "up" without one.'],
    [{ kill: 'x', launch: 'x' }, 'launch', 'The key "x" would mean both "kill" and "launch".'],
    [{ remove_project: 'x', help: 'x' }, 'help', 'would mean both "remove_project" and "help".'],
    [{ fly: 'f' }, 'fly', '[keys] has no action "fly".'],
    [{ launch: 'hyper' }, 'launch', '[keys] "launch" is "hyper", which names no key.'],
    [{ yes: 'x' }, 'yes', '[keys] has no action "yes".'],
  ])('%j is refused in a sentence that blames %s', (overrides, setting, reason) => {
    const refused = createKeymap(overrides as Record<string, string>);
    expect(refused).toMatchObject({ setting, reason: expect.stringContaining(reason) });
  });
});
