import { describe, expect, onTestFinished, test } from 'vitest';
import type { TmuxTerminal } from '#app.ts';
import { type Refusal, refuse } from '#domain/error.ts';
import { PLAIN_KEYMAP } from '#tui/keys/own-keys.ts';
import type { Sink } from '#tui/picture/input.ts';
import type { Modes } from '#tui/picture/modes.ts';
import { createState } from '#tui/state.ts';
import { createToasts } from '#tui/toasts.ts';
import { createTyping } from '#tui/typing/typing.ts';
import { createView, layoutOf, type View } from '#tui/view.ts';
import { addProject, addSession, addTask, fakeApp } from '../../support/fake-app.ts';
import { type FakeClient, fakeClient } from '../../support/fake-terminal-client.ts';
import { waitFor } from '../../support/wait-for.ts';

const INSIDE = { x: 60, y: 25 };
const OUTSIDE = { x: 3, y: 3 };
const PRESS = { code: 0, released: false };

interface Given {
  refusal?: Refusal;
  view?: Partial<View>;
  /** Nothing is attached until it is called. */
  hold?: Promise<void>;
}

function setUp({ refusal, view = {}, hold }: Given = {}) {
  const clients: FakeClient[] = [];
  const pane = { session: 's-1', pane: '%7', pid: 2, serverPid: 1, dead: false };
  const more = { exitStatus: null, signal: null, width: 80, height: 5, command: 'claude' };
  const app = fakeApp({
    tmux: {
      panes: async () => [{ ...pane, ...more }],
      async openTerminal(_session, size): Promise<TmuxTerminal | Refusal> {
        await hold;
        if (refusal !== undefined) return refusal;
        const made = fakeClient(size);
        clients.push(made);
        return made.client;
      },
    },
    claude: { readEnvironment: () => null, readSessionsFile: () => null },
  });
  const task = addTask(app, addProject(app), { status: 'working' });
  const session = addSession(app, task, { id: 's-1', pane: '%7' });
  const size = { columns: 120, rows: 40 };
  const state = createState(app.store.snapshot(), { ...createView(size, 0), ...view });
  const toasts = createToasts(state, (error) => `BUG: ${String(error)}`);
  const frames: (readonly string[])[] = [];
  const modes: Modes[] = [];
  let sink: Sink | null = null;
  const typing = createTyping({
    app,
    keymap: PLAIN_KEYMAP,
    colors: true,
    state,
    toasts,
    overlay: { setRows: (rows) => void frames.push(rows), copy: () => undefined },
    input: {
      route(next) {
        sink = next;
      },
    },
    beforeAttach: async () => undefined,
    onModes: (next) => void modes.push(next),
  });
  onTestFinished(() => {
    typing.close();
    toasts.close();
  });
  const type = (text: string, pasted = false): string => sink?.(text, pasted) ?? text;
  const setActivity = (name: 'ended' | 'lost' | 'idle') => {
    const activity = { ...session.activity, name };
    app.store.write(() => app.store.sessions.update('s-1', { activity }, null));
    state.setSnapshot(app.store.snapshot());
  };
  return {
    ...{ app, state, typing, frames, modes, type, setActivity, task },
    view: () => state.get().view,
    said: () => state.get().view.toasts.map(({ text }) => text),
    isRouted: () => sink !== null,
    /** Waits until the client's first frame is shown. */
    drawn: (client: FakeClient) => {
      client.show('x');
      return waitFor('a frame', () => frames.length > 0);
    },
    attached: () => waitFor('the client', () => clients[0]),
    clients,
  };
}

describe('typing into a pane', () => {
  test('takes what is typed from the key on, also before the pane is there', async () => {
    const { typing, type, attached, view, task } = setUp();
    typing.begin();
    expect(view()).toMatchObject({ typing: task.id, focus: 'session' });
    typing.write('ear');
    expect(type('ly')).toBe('');
    const client = await attached();
    client.show('the first frame');
    await waitFor('what was typed early', () => client.typed() === 'early');
    type('\u001B');
    expect(client.typed()).toBe('early\u001B');
  });

  test('has the cells of the picture, and follows them', async () => {
    const { typing, attached, view, frames } = setUp();
    typing.begin();
    const client = await attached();
    const { session } = layoutOf(view()) ?? {};
    expect(client.size()).toEqual({
      columns: (session?.width ?? 0) - 4,
      rows: (session?.height ?? 0) - 3,
    });
    typing.place({ x: 1, y: 2, width: 30, height: 8 });
    expect(client.size()).toEqual({ columns: 30, rows: 8 });
    client.show('\r\nhello');
    await waitFor('a frame', () => frames.at(-1)?.[0] === 'hello');
  });

  test('ends with the key that leads back; what follows is the dashboard’s', async () => {
    const { typing, type, attached, drawn, view, isRouted, modes } = setUp();
    typing.begin();
    const client = await attached();
    await drawn(client);
    expect(type('a\u0011j')).toBe('j');
    expect(client.typed()).toBe('a');
    expect(client.isClosed()).toBe(true);
    expect([view().typing, isRouted()]).toEqual([null, false]);
    expect(modes.at(-1)).toEqual({ mouse: 'none', focus: false, otherKeys: 0 });
    client.end('[detached (from session s-1)]');
    expect(view().toasts).toEqual([]);
  });

  test('that key is text inside of a paste', async () => {
    const { typing, type, attached, view } = setUp();
    typing.begin();
    const client = await attached();
    client.show('\u001B[?2004h');
    expect(type('\u001B[200~a\u0011b\u001B[201~', true)).toBe('');
    await waitFor('the paste', () => client.typed() === '\u001B[200~a\u0011b\u001B[201~');
    expect(view().typing).not.toBeNull();
  });

  test('left before the client is there, it leaves no client behind', async () => {
    let go = () => {};
    const hold = new Promise<void>((done) => {
      go = done;
    });
    const { typing, type, attached, view, frames } = setUp({ hold });
    typing.begin();
    type('\u0011');
    go();
    const client = await attached();
    await waitFor('the end of the client', () => client.isClosed());
    expect(view().typing).toBeNull();
    expect(frames).toEqual([]);
  });

  test('begun again, it has nothing of the time before', async () => {
    const { typing, type, clients, view } = setUp();
    typing.begin();
    const first = await waitFor('the first client', () => clients[0]);
    type('one\u0011');
    typing.begin();
    const second = await waitFor('the second client', () => clients[1]);
    first.end('[lost server]');
    second.show('x');
    type('two');
    await waitFor('what was typed', () => second.typed() === 'two');
    expect(view().typing).not.toBeNull();
  });

  test.each([
    ['[detached (from session s-1)]', []],
    ['[exited]', ['The session of #1 is over.']],
    ['[lost server]', [/^tmux ended the connection to #1: \[lost server\]\. Press i/]],
    ['', [/^tmux ended the connection to #1\./]],
  ])('ends with the client; of %j it says what it means', async (words, sentences) => {
    const { typing, attached, view, said } = setUp();
    typing.begin();
    const client = await attached();
    client.end(words);
    expect(view().typing).toBeNull();
    expect(said()).toEqual(
      sentences.map((each) => (typeof each === 'string' ? each : expect.stringMatching(each))),
    );
  });

  test.each(['ended', 'lost'] as const)('ends when Claude is %s', async (name) => {
    const { typing, attached, view, setActivity, said } = setUp();
    typing.begin();
    await attached();
    setActivity('idle');
    expect(view().typing).not.toBeNull();
    setActivity(name);
    expect(view().typing).toBeNull();
    expect(said()[0]).toContain('Claude has ended in the pane of #1.');
  });

  test('ends when the terminal becomes too small for it, and does not begin there', async () => {
    const { typing, attached, view, state, said } = setUp();
    typing.begin();
    const client = await attached();
    state.update((now) => ({ ...now, size: { columns: 30, rows: 10 } }));
    expect(view().typing).toBeNull();
    expect(client.isClosed()).toBe(true);
    expect(said()[0]).toContain('too small');
    typing.begin();
    expect(view().typing).toBeNull();
  });

  test('is refused in words, and everything is as before', async () => {
    const refusal = refuse('No terminals here.', 'Press Enter to go into the session instead.');
    const { typing, view, said, isRouted } = setUp({ refusal });
    typing.begin();
    await waitFor('the sentence', () => said().length > 0);
    expect(said()).toEqual(['No terminals here. Press Enter to go into the session instead.']);
    expect([view().typing, isRouted()]).toEqual([null, false]);
  });

  test('gets the mouse of its cells; a click elsewhere ends it, the wheel there does not', async () => {
    const { typing, attached, view } = setUp();
    expect(typing.mouse({ ...PRESS, ...INSIDE })).toBe(false);
    typing.begin();
    const client = await attached();
    typing.place({ x: 38, y: 11, width: 78, height: 27 });
    client.show('\u001B[?1002h');
    await waitFor('the mouse', () => {
      expect(typing.mouse({ ...PRESS, ...INSIDE })).toBe(true);
      return client.typed().startsWith('\u001B[<0;23;16M');
    });
    typing.mouse({ ...INSIDE, code: 0, released: true });
    expect(typing.mouse({ ...OUTSIDE, code: 65, released: false })).toBe(true);
    expect(view().typing).not.toBeNull();
    expect(typing.mouse({ ...OUTSIDE, ...PRESS })).toBe(false);
    expect(view().typing).toBeNull();
  });

  test('nothing opens meanwhile: a question would be answered by what is meant for the pane', async () => {
    const { typing, attached, state, view } = setUp();
    typing.begin();
    await attached();
    const question = { kind: 'confirm', action: 'kill', input: {}, question: 'Kill it?' } as const;
    state.update((now) => ({ ...now, dialog: question, filtering: true }));
    expect(view()).toMatchObject({ dialog: null, filtering: false });
  });
});
