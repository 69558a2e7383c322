import type { DetailsDialog } from '#tui/dialogs/dialog.ts';
import type { DialogKind } from '#tui/dialogs/kind.ts';
import { scroll } from '#tui/dialogs/scroll.ts';
import { DetailsPanel } from './panel.tsx';

export const DETAILS: DialogKind<DetailsDialog> = {
  context: 'details',
  editsText: false,
  isRead: true,
  Panel: DetailsPanel,
  press: (context, keymap, dialog, press) =>
    scroll(context, dialog, keymap.actionOf(['details'], press.name)),
};
