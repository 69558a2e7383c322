import { type WrongSetting, wrongSetting } from '#tui/settings/wrong-setting.ts';
import type { Context } from './binding.ts';
import { type ActionId, KEYMAP, type KeyBinding } from './keymap.ts';

/** Contexts that are open together: a key may mean only one thing in each group. */
const SCOPES: readonly (readonly Context[])[] = [
  ['session', 'tasks', 'everywhere'],
  ['projects', 'everywhere'],
];

export interface Keymap {
  /** Those that have a key. */
  readonly bindings: readonly KeyBinding[];
  /** All, also those that nobody gave a key. */
  readonly all: readonly KeyBinding[];
  /** The key that leads back from a session, as people read it; tmux listens to it. */
  readonly returnKey: string;
  /** The action of a key in these contexts, the first of which wins; null when the key means nothing there. */
  actionOf(contexts: readonly Context[], key: string): ActionId | null;
}

type OwnKeys = Readonly<Record<string, readonly string[]>>;

const BINDINGS: readonly KeyBinding[] = KEYMAP;

const KEY =
  /^((ctrl|alt|shift)\+)*(enter|esc|tab|space|backspace|delete|up|down|left|right|home|end|pageup|pagedown|\S)$/u;

/**
 * The keys with the person's own over them: `launch = "L"`, several with blanks between, none with an empty text. An own key wins over the
 * given key of another action. Refuses, in a sentence, an action that there is not, a key that is none, two own keys that collide, and an
 * own key that would leave another action without any.
 */
export function createKeymap(
  overrides: Readonly<Record<string, string>>,
  returnKey = 'C-q',
): Keymap | WrongSetting {
  const wrong = whyNotOverrides(overrides);
  if (wrong !== undefined) return wrong;
  const own: OwnKeys = Object.fromEntries(
    Object.entries(overrides).map(([action, keys]) => [action, keys.split(/\s+/).filter(Boolean)]),
  );
  const collision = whyNotTogether(own);
  if (collision !== undefined) return collision;
  const bindings = BINDINGS.map((binding) => ({ ...binding, keys: keysOf(binding, own) }));
  return whyNotWithout(bindings, own) ?? keymapOf(bindings, returnKey);
}

function whyNotOverrides(overrides: Readonly<Record<string, string>>): WrongSetting | undefined {
  const known = new Set<string>(BINDINGS.filter(({ fixed }) => !fixed).map(({ action }) => action));
  for (const [action, keys] of Object.entries(overrides)) {
    if (!known.has(action)) {
      const hint = `There are: ${[...known].join(', ')}.`;
      return wrongSetting(action, `[keys] has no action "${action}".`, hint);
    }
    if (keys.split(/\s+/).some((key) => key !== '' && !KEY.test(key))) {
      return wrongSetting(
        action,
        `[keys] "${action}" is "${keys}", which names no key.`,
        'Use a character, or a name like "enter", "ctrl+d", "alt+x", "f" or "space".',
      );
    }
  }
  return undefined;
}

/** Where an action's own keys hold: in all contexts at once if it is in that of all, else in each of its own. */
function ownContexts(action: string): readonly Context[] {
  const contexts = BINDINGS.filter((each) => each.action === action && !each.fixed).map(
    ({ context }) => context,
  );
  return contexts.includes('everywhere') ? ['everywhere'] : contexts;
}

const openTogether = (one: Context, other: Context): boolean =>
  SCOPES.some((scope) => scope.includes(one) && scope.includes(other));

function meet(some: readonly Context[], others: readonly Context[]): boolean {
  return some.some((one) => others.some((other) => openTogether(one, other)));
}

/** Two keys that the person gave and that would mean two things in one place. */
function whyNotTogether(own: OwnKeys): WrongSetting | undefined {
  const entries = Object.entries(own);
  for (const [index, [action, keys]] of entries.entries()) {
    for (const [other, theirs] of entries.slice(0, index)) {
      const key = keys.find((each) => theirs.includes(each));
      if (key === undefined || !meet(ownContexts(action), ownContexts(other))) continue;
      return wrongSetting(
        action,
        `[keys] The key "${key}" would mean both "${other}" and "${action}".`,
        'Give one of them another key.',
      );
    }
  }
  return undefined;
}

/** The keys that a binding has beside the person's own. */
function keysOf({ context, keys, action, fixed }: KeyBinding, own: OwnKeys): readonly string[] {
  if (fixed) return keys;
  const mine = own[action];
  if (mine !== undefined) return ownContexts(action).includes(context) ? mine : [];
  return keys.filter((key) => takenBy(key, context, own) === undefined);
}

/** The action to which the person gave this key where the context is open. */
function takenBy(key: string, context: Context, own: OwnKeys): string | undefined {
  return Object.keys(own).find(
    (action) => own[action]?.includes(key) && meet(ownContexts(action), [context]),
  );
}

/** An action that lost its last key in one place to another one. */
function whyNotWithout(bindings: readonly KeyBinding[], own: OwnKeys): WrongSetting | undefined {
  for (const scope of SCOPES) {
    const here = BINDINGS.filter(({ context, fixed }) => scope.includes(context) && !fixed);
    for (const { action, context, keys } of here) {
      if (own[action] !== undefined) continue;
      const has = bindings.some(
        (each) => each.action === action && scope.includes(each.context) && each.keys.length > 0,
      );
      const [key = ''] = keys;
      const taker = has ? undefined : takenBy(key, context, own);
      if (taker === undefined) continue;
      return wrongSetting(
        taker,
        `[keys] "${taker}" takes the key "${key}" and leaves "${action}" without one.`,
        `Give "${action}" another key, or none: ${action} = ""`,
      );
    }
  }
  return undefined;
}

function keymapOf(all: readonly KeyBinding[], returnKey: string): Keymap {
  const bindings = all.filter(({ keys }) => keys.length > 0);
  const actions = new Map<string, ActionId>();
  for (const { context, keys, action } of bindings) {
    for (const key of keys) actions.set(`${context} ${key}`, action);
  }
  return {
    bindings,
    all,
    returnKey: returnKey.replace(/^C-(.)$/, (_, key: string) => `Ctrl+${key.toUpperCase()}`),
    actionOf(contexts, key) {
      for (const context of contexts) {
        const action = actions.get(`${context} ${key}`);
        if (action !== undefined) return action;
      }
      return null;
    },
  };
}

/** The keys when nothing is set. */
export const PLAIN_KEYMAP: Keymap = keymapOf(BINDINGS, 'C-q');
