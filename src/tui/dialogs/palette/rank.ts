/** From here on only the letters fit, not the words: that counts where nothing else does. */
export const LETTERS_ONLY = 4;

/** How well words fit what was typed: 0 is best; null when they do not fit. */
export function rank(query: string, words: string): number | null {
  const wanted = query.trim().toLowerCase();
  const text = words.toLowerCase();
  if (wanted === '' || text.startsWith(wanted)) return 0;
  if (text.split(/[^\p{L}\p{N}]+/u).some((word) => word.startsWith(wanted))) return 1;
  if (text.includes(wanted)) return 2;
  if (wanted.split(/\s+/).every((word) => text.includes(word))) return 3;
  return hasInOrder(text, wanted.replace(/\s+/g, '')) ? LETTERS_ONLY : null;
}

/** Whether the letters stand in the text in this order, whatever lies between them. */
function hasInOrder(text: string, letters: string): boolean {
  let at = 0;
  for (const letter of letters) {
    at = text.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}
