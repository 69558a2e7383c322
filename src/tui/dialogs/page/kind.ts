import type { PageDialog } from '#tui/dialogs/dialog.ts';
import type { DialogKind } from '#tui/dialogs/kind.ts';
import { scroll } from '#tui/dialogs/scroll.ts';
import { PagePanel } from './panel.tsx';

export const PAGE: DialogKind<PageDialog> = {
  context: 'page',
  editsText: false,
  isRead: true,
  Panel: PagePanel,
  press: (context, keymap, dialog, press) =>
    scroll(context, dialog, keymap.actionOf(['page'], press.name)),
};
