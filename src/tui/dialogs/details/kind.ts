import type { DetailsDialog } from '#tui/dialogs/dialog.ts';
import type { DialogKind } from '#tui/dialogs/kind.ts';
import { scroll } from '#tui/dialogs/scroll.ts';
import { singlePresses } from '#tui/keys/press.ts';
import { DetailsPanel } from './panel.tsx';

export const DETAILS: DialogKind<DetailsDialog> = {
  context: 'details',
  editsText: false,
  Panel: DetailsPanel,
  press(context, keymap, dialog, press) {
    for (const single of singlePresses(press)) {
      scroll(context, dialog, keymap.actionOf(['details'], single.name));
    }
  },
};
