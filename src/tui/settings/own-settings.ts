import type { App } from '#app.ts';
import { ClaustreError, isRefusal } from '#domain/error.ts';
import { baseOf } from '#tui/colors/base.ts';
import { createKeymap, type Keymap } from '#tui/keys/own-keys.ts';
import { createTheme, type Theme } from '#tui/theme.ts';
import type { WrongSetting } from './wrong-setting.ts';

/** The person's own keys and colours, and whether it is to be read aloud. Throws `environment` when keys or colours cannot be used. */
export function ownSettings(
  app: App,
  screenReader: boolean,
): { keymap: Keymap; theme: Theme; reader: boolean } {
  const { dashboard, keys, theme, tmux } = app.config.settings;
  const { environment } = app.host;
  const base = baseOf(dashboard.theme, environment);
  return {
    reader: screenReader || dashboard.screenReader || environment.INK_SCREEN_READER === 'true',
    keymap: fromConfig(app, 'keys', createKeymap(keys, tmux.returnKey)),
    theme: fromConfig(app, 'theme', createTheme(theme, base)),
  };
}

/** The value, or an error that says in which file and line it was set. */
function fromConfig<T>(app: App, table: 'keys' | 'theme', value: T | WrongSetting): T {
  if (!isRefusal(value)) return value;
  const origin = app.config.origin(table, value.setting);
  const where = origin === null ? '' : `${origin.file}:${origin.line}: `;
  throw new ClaustreError('environment', `${where}${value.reason}`, {
    ...(value.hint === undefined ? {} : { hint: value.hint }),
  });
}
