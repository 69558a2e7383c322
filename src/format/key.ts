const LABELS: Readonly<Record<string, string>> = {
  enter: 'Enter',
  esc: 'Esc',
  tab: 'Tab',
  space: 'Space',
  delete: 'Del',
  up: '↑',
  down: '↓',
  left: '←',
  right: '→',
  home: 'Home',
  end: 'End',
  pageup: 'PgUp',
  pagedown: 'PgDn',
};

/** A key as people read it: `Ctrl+D`, `Enter`, `J`. */
export function keyLabel(key: string): string {
  const parts = key === '+' ? ['+'] : key.split('+');
  const last = parts.pop() ?? '';
  const modifiers = parts.map((part) => part.charAt(0).toUpperCase() + part.slice(1));
  const named = LABELS[last] ?? (modifiers.length > 0 ? last.toUpperCase() : last);
  return [...modifiers, named].join('+');
}
