import { ClaustreError } from '#domain/error.ts';

const KEY = /^(?:[CMS]-)*(?:[A-Za-z0-9]|F[1-9]|F1[0-2]|Space|Tab|Escape)$/;

/**
 * Returns the configuration of our tmux server. Every line may be read again by a running server
 * without a change of its meaning; `-q` lets a tmux that does not know an option pass it by. Throws
 * `invalid` for a key that is no key name.
 */
export function serverConfig(reservedKey: string): string {
  if (!KEY.test(reservedKey)) {
    throw new ClaustreError('invalid', `"${reservedKey}" is not the name of a key for tmux.`, {
      hint: 'Name it as tmux does, for example C-q, M-d or F12.',
    });
  }
  const lines = [...SERVER, ...SESSIONS, ...statusLine(reservedKey), ...keys(reservedKey)];
  return `${lines.join('\n')}\n`;
}

const FEATURES = 'RGB:extkeys:clipboard:hyperlinks:focus:strikethrough:usstyle';

const SERVER = [
  'set -sq exit-empty off',
  'set -sq escape-time 0',
  'set -sq extended-keys on',
  'set -sq set-clipboard on',
  // An index of its own instead of -a: reading this file again must not add it once more.
  `set -sq terminal-features[90] 'xterm*:${FEATURES}'`,
];

const SESSIONS = [
  'set -gq default-terminal tmux-256color',
  'set -gq history-limit 10000',
  'set -gq mouse on',
  'set -gq focus-events on',
  'set -gq bell-action any',
  'set -gq set-titles off',
  'set -gq allow-rename off',
  'set -gq automatic-rename off',
  'set -gq allow-passthrough off',
  'set -gq window-size latest',
  'set -gq destroy-unattached off',
  // Off would move an attached person to some other session when theirs ends, even to a hidden one.
  'set -gq detach-on-destroy on',
  'set -gq remain-on-exit on',
  // The usual "Pane is dead" line would push the last screen up by a row (the option came with
  // 3.3).
  "set -gq remain-on-exit-format ''",
  // A session keeps the environment it was launched with, whoever attaches later.
  "set -gq update-environment ''",
  'set -gq prefix None',
  'set -gq prefix2 None',
];

/**
 * One tab for each session that is not hidden; the list scrolls so that the current one stays in
 * view.
 */
function statusLine(reservedKey: string): string[] {
  const name = '#{?@label,#{@label},#{session_name}}';
  const current = '#{==:#{session_name},#{client_session}}';
  // The range makes a tab answer to the mouse from tmux 3.4 on; older ones leave the unknown style
  // out.
  const tab = [
    '#[range=session|#{session_id}]',
    `#{?${current},#[list=focus]#[reverse],}`,
    ` ${name} `,
    '#[noreverse]#[list=on]#[norange]',
  ].join('');
  const tabs = `#{S:#{?#{m:_*,#{session_name}},,${tab}}}`;
  const markers = '#[list=left-marker]<#[list=right-marker]>';
  const left = `#[align=left]#[list=on]${markers}#[list=on]`;
  const right = `#[nolist]#[align=right] #[bold]${reservedKey}#[nobold] dashboard `;
  return [
    'set -gq status on',
    'set -gq status-position top',
    'set -gq status-interval 0',
    'set -gq status-style bg=colour236,fg=colour250',
    "set -gq status-left ''",
    "set -gq status-right ''",
    `set -gq status-format[0] '${left}${tabs}${right}'`,
  ];
}

/**
 * Every key belongs to the program in the pane but one, which leads back to the dashboard. The
 * mouse scrolls, selects and switches; tmux's own menus are left out, because they offer to kill a
 * pane.
 */
function keys(reservedKey: string): string[] {
  const toPane = "if-shell -F '#{||:#{pane_in_mode},#{mouse_any_flag}}' 'send-keys -M'";
  return [
    'unbind-key -aq -T root',
    `bind-key -T root ${reservedKey} detach-client`,
    // Somebody who scrolled back is in one of these tables; the key must work there too.
    `bind-key -T copy-mode ${reservedKey} detach-client`,
    `bind-key -T copy-mode-vi ${reservedKey} detach-client`,
    'bind-key -T root MouseDown1Pane select-pane -t = \\; send-keys -M',
    'bind-key -T root MouseDown1Status switch-client -t =',
    'bind-key -T root MouseDrag1Border resize-pane -M',
    `bind-key -T root MouseDrag1Pane ${toPane} 'copy-mode -M'`,
    `bind-key -T root WheelUpPane ${toPane} 'copy-mode -e'`,
  ];
}
