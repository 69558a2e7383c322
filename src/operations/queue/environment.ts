import type { App } from '#app.ts';

/** Keeps the environment of a person who lets the queue run: logins and proxies of the Claudes that it starts are theirs. */
export function keepLaunchEnvironment({ host, paths }: Pick<App, 'host' | 'paths'>): void {
  host.keepEnvironment(paths.launchEnvironment);
}

/** The app as the queue launches with it: in the environment that was kept last, not in that of the clock. */
export function inLaunchEnvironment(app: App): App {
  const kept = app.host.readKept(app.paths.launchEnvironment);
  if (kept === null) return app;
  const environment = JSON.parse(kept) as Record<string, string>;
  return { ...app, host: { ...app.host, environment } };
}
