import { Box, useApp, useWindowSize } from 'ink';
import { useEffect, useInsertionEffect } from 'react';
import { useStore } from 'zustand/react';
import { type Spinner, signsOf } from './calm/spinner.ts';
import { PaletteContext, paletteOf } from './colors/palette.ts';
import type { Context } from './context.ts';
import type { Dialog } from './dialogs/dialog.ts';
import { isBelow, isWhole, panelOf } from './dialogs/kinds.ts';
import type { Keymap } from './keys/own-keys.ts';
import {
  ALOUD_SIZE,
  type Area,
  type Layout,
  MIN_COLUMNS,
  MIN_ROWS,
  pictureArea,
} from './layout.ts';
import { HintLine } from './panels/hint-line.tsx';
import { ProjectsPanel } from './panels/projects-panel.tsx';
import { pictureNote, SessionPanel } from './panels/session-panel.tsx';
import { StatisticsPanel } from './panels/statistics-panel.tsx';
import { StatusLine } from './panels/status-line.tsx';
import { TabRow } from './panels/tab-row.tsx';
import { TaskPanel } from './panels/task-panel.tsx';
import { TitleBar } from './panels/title-bar.tsx';
import { UsagePanel } from './panels/usage-panel.tsx';
import type { Picture } from './picture.ts';
import { Announcer } from './reader/announcer.tsx';
import type { DashboardState } from './state.ts';
import type { Theme } from './theme.ts';
import { useKeyboard } from './use-keyboard.ts';
import { layoutOf, selectedTask, settle } from './view.ts';
import { filled, wrap } from './widgets/fit.ts';
import { Line, span } from './widgets/line.tsx';

export interface DashboardProps {
  context: Context;
  keymap: Keymap;
  theme: Theme;
  picture: Picture;
  spinner: Pick<Spinner, 'place'>;
  /** Lets actions end the dashboard and hand over the terminal, which only Ink can do. */
  onReady: (ink: ReturnType<typeof useApp>) => void;
}

/** Where panels sit; nothing else. What they show is a function of snapshot and view. */
export function Dashboard({ context, keymap, theme, picture, spinner, onReady }: DashboardProps) {
  const known = useStore(context.state.store);
  const screen = useWindowSize();
  const { reader } = known.view;
  const { columns, rows } = reader ? ALOUD_SIZE : screen;
  const ink = useApp();
  useKeyboard(context, keymap);
  useInsertionEffect(() => onReady(ink), [ink, onReady]);
  useEffect(() => {
    context.state.update((view) =>
      view.size.columns === columns && view.size.rows === rows
        ? view
        : { ...view, size: { columns, rows } },
    );
  }, [context, columns, rows]);
  const state = sized(known, columns, rows);
  usePicture(picture, state, keymap);
  const layout = layoutOf(state.view);
  useInsertionEffect(() => spinner.place(signsOf(state.snapshot, state.view, layout, theme)));
  if (layout === null) return <TooSmall columns={columns} rows={rows} />;
  return (
    <PaletteContext value={paletteOf(theme)}>
      <Box flexDirection="column" width={columns} height={rows}>
        <TitleBar {...state} theme={theme} keymap={keymap} narrow={layout.narrow} />
        {layout.tabs && <TabRow {...state} theme={theme} />}
        <Main state={state} layout={layout} theme={theme} keymap={keymap} />
        <StatusLine {...state} theme={theme} keymap={keymap} />
        <HintLine {...state} theme={theme} keymap={keymap} />
        {reader && <Announcer state={context.state} />}
      </Box>
    </PaletteContext>
  );
}

/** The state as it will be once it knows the size: the first frame after a resize has the new size already. */
function sized(state: DashboardState, columns: number, rows: number): DashboardState {
  const { size } = state.view;
  if (size.columns === columns && size.rows === rows) return state;
  const view = settle({ ...state.view, size: { columns, rows } }, state.snapshot);
  return { ...state, view };
}

interface MainProps {
  state: DashboardState;
  layout: Layout;
  theme: Theme;
  keymap: Keymap;
}

function Main({ state, layout, theme, keymap }: MainProps) {
  const { dialog } = state.view;
  const shared = { state, theme, keymap };
  const shown = { ...state, theme, keymap };
  const whole = dialog !== null && isWhole(dialog);
  const opened =
    dialog === null || isBelow(dialog, layout.question) ? null : (
      <Opened {...shared} dialog={dialog} area={whole ? layout.whole : layout.stage} />
    );
  if (layout.narrow || whole) {
    const height = layout.stage.height;
    return (
      <Box flexDirection="column" height={height}>
        {opened ?? <Narrow {...shared} layout={layout} />}
      </Box>
    );
  }
  return (
    <Box height={layout.stage.height}>
      <Box flexDirection="column">
        {layout.projects && <ProjectsPanel {...shown} area={layout.projects} />}
        {layout.statistics && <StatisticsPanel {...shown} area={layout.statistics} />}
        {layout.usage && <UsagePanel {...shown} area={layout.usage} />}
      </Box>
      {opened ?? (
        <Box flexDirection="column">
          {layout.tasks && <TaskPanel {...shown} area={layout.tasks} />}
          {dialog !== null ? (
            <Opened {...shared} dialog={dialog} area={layout.question} />
          ) : (
            layout.session && <SessionPanel {...shown} area={layout.session} />
          )}
        </Box>
      )}
    </Box>
  );
}

/** One panel at a time; a question takes the lower part of it. */
function Narrow({ state, layout, theme, keymap }: MainProps) {
  const { dialog } = state.view;
  const shared = { state, theme, keymap };
  const shown = { ...state, theme, keymap };
  const cut = (area: Area | null): Area | null => {
    if (area === null || dialog === null) return area;
    const height = area.height - layout.question.height;
    return height > 0 ? { ...area, height } : null;
  };
  const [projects, tasks, session] = [layout.projects, layout.tasks, layout.session].map(cut);
  return (
    <>
      {projects && <ProjectsPanel {...shown} area={projects} />}
      {tasks && <TaskPanel {...shown} area={tasks} />}
      {session && <SessionPanel {...shown} area={session} />}
      {dialog !== null && <Opened {...shared} dialog={dialog} area={layout.question} />}
    </>
  );
}

interface OpenedProps extends Omit<MainProps, 'layout'> {
  dialog: Dialog;
  area: Area;
}

/** The panel of a dialog, from the definition of its kind. */
function Opened({ dialog, area, state, theme, keymap }: OpenedProps) {
  const DialogPanel = panelOf(dialog);
  return <DialogPanel dialog={dialog} area={area} {...state} theme={theme} keymap={keymap} />;
}

/** Tells the picture which cells it has and which pane it shows, before Ink draws the frame that leaves these cells empty. */
function usePicture(picture: Picture, state: DashboardState, keymap: Keymap): void {
  const { snapshot, view } = state;
  const task = selectedTask(snapshot, view);
  const session = task === null ? undefined : snapshot.sessions.get(task.id);
  const hidden = view.dialog !== null || view.away;
  const area = hidden ? null : pictureArea(layoutOf(view)?.session ?? null, view.typing !== null);
  const pane = session?.pane ?? null;
  const shown = pane !== null && area !== null && pictureNote(state, keymap) === null;
  useInsertionEffect(() => picture.place(shown ? area : null, view.size));
  useEffect(() => {
    picture.follow(
      session === undefined || pane === null || area === null || view.typing !== null
        ? null
        : { session: session.id, pane },
    );
  });
}

function TooSmall({ columns, rows }: { columns: number; rows: number }) {
  const text = `claustre needs ${MIN_COLUMNS}x${MIN_ROWS} cells; this terminal has ${columns}x${rows}.`;
  const lines = wrap(text, Math.max(1, columns), Math.max(1, rows));
  return (
    <Box flexDirection="column" width={columns} height={rows}>
      {lines.map((line) => (
        <Line key={line} spans={[span(filled(line, columns))]} />
      ))}
    </Box>
  );
}
