/** A table in Markdown; what would end a cell is escaped. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Text between backticks. */
export function code(text: string): string {
  return `\`${text}\``;
}

/** A generated page: heading, where it comes from, and its parts with blank lines between. */
export function page(title: string, source: string, parts: readonly string[]): string {
  const origin = `Made from ${code(source)} by \`npm run golden\`; change it there.`;
  return `${[`# ${title}`, origin, ...parts].join('\n\n')}\n`;
}
