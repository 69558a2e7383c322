/** `~` as people type it where no shell expands it (the dashboard's form). */
export function expandHome(path: string, environment: Readonly<Record<string, string>>): string {
  const home = environment.HOME;
  if (home === undefined) return path;
  if (path === '~') return home;
  return path.startsWith('~/') ? `${home}${path.slice(1)}` : path;
}
