import { ClaustreError } from '#domain/error.ts';
import { MARK_BESIDE } from './panes.ts';

const KEY = /^(?:[CMS]-)*(?:[A-Za-z0-9]|F[1-9]|F1[0-2]|Space|Tab|Escape)$/;

/** The keys that tmux itself listens to. */
export interface Keys {
  /** Leads back to the dashboard. */
  reservedKey: string;
  /** Comes before tmux's own keys; null when there are none. */
  prefix: string | null;
  /** Whose keys move and copy in text that was scrolled back. */
  copyKeys: 'emacs' | 'vi';
}

/**
 * Returns the configuration of our tmux server. Every line may be read again by a running server
 * without a change of its meaning; `-q` lets a tmux that does not know an option pass it by. Throws
 * `invalid` for a key that is no key name, or for one key in two places.
 */
export function serverConfig({ reservedKey, prefix, copyKeys }: Keys): string {
  for (const key of [reservedKey, prefix ?? reservedKey]) {
    if (KEY.test(key)) continue;
    throw new ClaustreError('invalid', `"${key}" is not the name of a key for tmux.`, {
      hint: 'Name it as tmux does, for example C-q, M-d or F12.',
    });
  }
  if (prefix === reservedKey) {
    throw new ClaustreError('invalid', `"${prefix}" cannot be both return key and prefix.`, {
      hint: 'Give [tmux] return_key or [tmux] prefix another key.',
    });
  }
  const lines = [
    ...SERVER,
    ...SESSIONS,
    `set -gq mode-keys ${copyKeys}`,
    ...titles(),
    ...statusLine(reservedKey),
    ...keys(reservedKey),
    ...prefixKeys(prefix),
  ];
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
  // These copy to the clipboard, too, and their entry in terminfo does not say so.
  ...['tmux*', 'screen*', 'alacritty*', 'foot*', 'wezterm*'].map(
    (terminal, index) => `set -sq terminal-features[${91 + index}] '${terminal}:clipboard'`,
  ),
];

const SESSIONS = [
  'set -gq default-terminal tmux-256color',
  'set -gq history-limit 10000',
  'set -gq mouse on',
  'set -gq focus-events on',
  'set -gq bell-action any',
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
  'set -gq prefix2 None',
];

/** Whether somebody is needed. The supervisor sets the number on the server; before that nothing is said. */
const NEEDED = '#{&&:#{@needs},#{!=:#{@needs},0}}';

/**
 * The terminal's title is that of the dashboard while it shows a session: what waits, and where one
 * is. In a label `#` is doubled for the status line, which a title would show.
 */
function titles(): string[] {
  const label = '#{?@label,#{s/#+/#/:@label} · ,}';
  return [
    'set -gq set-titles on',
    `set -gq set-titles-string '#{?${NEEDED},◆ #{@needs} · ,}${label}claustre'`,
  ];
}

/** How high the status line is. */
export const STATUS_ROWS = 1;

/**
 * One tab for each session that is not hidden; the list scrolls so that the current one stays in
 * view.
 */
function statusLine(reservedKey: string): string[] {
  const name = '#{?@label,#{@label},#{session_name}}';
  const current = '#{==:#{session_name},#{client_session}}';
  // A long title leaves room for the other tabs; that of the session one is in shows more of it.
  const cut = (mine: number, other: number) =>
    `#{?${current},#{=/${mine}/…:${name}},#{=/${other}/…:${name}}}`;
  const isBelow = (columns: number) => `#{e|<:#{client_width},${columns}}`;
  const shown = `#{?${isBelow(100)},${cut(20, 11)},#{?${isBelow(160)},${cut(30, 18)},${cut(44, 28)}}}`;
  // The range makes a tab answer to the mouse from tmux 3.4 on; older ones leave the unknown style
  // out.
  const tab = [
    '#[range=session|#{session_id}]',
    `#{?${current},#[list=focus]#[reverse],}`,
    '#{?@asks,#[bold]#[fg=yellow] ◆, }',
    `${shown} `,
    '#[fg=default]#[nobold]#[noreverse]#[list=on]#[norange]',
  ].join('');
  const tabs = `#{S:#{?#{m:_*,#{session_name}},,${tab}}}`;
  const markers = '#[list=left-marker]<#[list=right-marker]>';
  const left = `#[align=left]#[list=on]${markers}#[list=on]`;
  const count = '◆ #{@needs} #{?#{==:#{@needs},1},needs,need} you';
  const needs = `#{?${NEEDED},#[bold]#[fg=yellow]${count}#[fg=default]#[nobold] ,}`;
  const right = `#[nolist]#[align=right] ${needs} #[bold]${reservedKey}#[nobold] dashboard `;
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

/** Ends the focused pane: a shell at once, Claude's own only after a yes, and never the last one. */
const CLOSE = [
  "if-shell -F '#{==:#{window_panes},1}'",
  "{ display-message 'The last pane stays: claustre kill ends the session.' }",
  "{ if-shell -F '#{@beside}' { kill-pane }",
  "{ confirm-before -p 'Close the pane of Claude? Its turn ends. (y/n)' kill-pane } }",
].join(' ');

/** The next session that is not hidden: two of ours may lie between. */
const otherSession = (way: '-n' | '-p') => {
  const hidden = `if-shell -F '#{m:_*,#{client_session}}' 'switch-client ${way}'`;
  return [`switch-client ${way}`, hidden, hidden].join(' \\; ');
};

/** tmux's own keys, where they are wanted. What would make windows or rename sessions is left out: one session is one window here. */
function prefixKeys(prefix: string | null): string[] {
  const wipe = ['unbind-key -aq -T prefix', `set -gq prefix ${prefix ?? 'None'}`];
  if (prefix === null) return wipe;
  const split = (way: string) =>
    [
      `split-window ${way} -c '#{session_path}'`,
      ...MARK_BESIDE.map((words) => words.join(' ')),
    ].join(' \\; ');
  const bindings: Record<string, string> = {
    [prefix]: 'send-prefix',
    "'%'": split('-h'),
    "'\"'": split('-v'),
    x: CLOSE,
    z: 'resize-pane -Z',
    o: "select-pane -t ':.+'",
    "';'": 'last-pane',
    Up: 'select-pane -U',
    Down: 'select-pane -D',
    Left: 'select-pane -L',
    Right: 'select-pane -R',
    'C-Up': 'resize-pane -U',
    'C-Down': 'resize-pane -D',
    'C-Left': 'resize-pane -L',
    'C-Right': 'resize-pane -R',
    q: 'display-panes',
    "'{'": 'swap-pane -U',
    "'}'": 'swap-pane -D',
    Space: 'next-layout',
    "'['": 'copy-mode',
    PPage: 'copy-mode -u',
    "']'": 'paste-buffer -p',
    n: otherSession('-n'),
    "')'": otherSession('-n'),
    p: otherSession('-p'),
    "'('": otherSession('-p'),
    d: 'detach-client',
  };
  // Only these: an arrow that follows another soon after is Claude's.
  const repeated = /^C-(?:Up|Down|Left|Right)$/;
  return [
    ...wipe,
    ...Object.entries(bindings).map(
      ([key, command]) => `bind-key ${repeated.test(key) ? '-r ' : ''}-T prefix ${key} ${command}`,
    ),
  ];
}
