import type { Key } from './keys.ts';

export interface Dialog {
  title: string;
  lines: readonly string[];
  options: readonly string[];
}

export interface OpenDialog {
  readonly lines: string[];
  /** Takes a key. Pasted text vanishes. Returns the chosen index, null for Escape, undefined while it stays open. */
  press(key: Key): number | null | undefined;
}

/** A dialog that a person answers: a number chooses, arrows move, and Enter takes what is marked, which is the first at once. */
export function openDialog({ title, lines, options }: Dialog): OpenDialog {
  let marked = 0;
  return {
    get lines() {
      return [
        '─'.repeat(60),
        ` ${title}`,
        '',
        ...lines.slice(0, 12).map((line) => `   ${line}`),
        '',
        ...options.map(
          (option, index) => ` ${index === marked ? '❯' : ' '} ${index + 1}. ${option}`,
        ),
        '',
        ' Enter to choose · Esc to cancel',
      ];
    },
    press(key) {
      if (key.kind === 'paste') return undefined;
      if (key.kind === 'text') {
        const index = Number(key.text) - 1;
        return index in options ? index : undefined;
      }
      if (key.name === 'escape' || key.name === 'interrupt') return null;
      if (key.name === 'enter') return marked;
      if (key.name === 'down') marked = Math.min(options.length - 1, marked + 1);
      if (key.name === 'up') marked = Math.max(0, marked - 1);
      return undefined;
    },
  };
}
