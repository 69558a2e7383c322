/** Whether a text has all the words of a filter, in any order and case; an empty filter leaves everything. */
export function hasWords(text: string, filter: string): boolean {
  const found = text.toLowerCase();
  return filter
    .toLowerCase()
    .split(/\s+/)
    .every((word) => found.includes(word));
}
