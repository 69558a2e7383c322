import { z } from 'zod';
import type { App } from '#app.ts';
import { ClaustreError, isRefusal, type Refusal } from '#domain/error.ts';
import type { HostState } from '#domain/pull-request/host.ts';
import { defineOperation } from '#operations/operation.ts';
import { runningSupervisor } from '#operations/supervisor/running.ts';

export interface Check {
  name: string;
  /** `missing`: works without, but something is not there; `failed`: claustre cannot do its work. */
  state: 'ok' | 'missing' | 'failed';
  detail: string;
  hint: string | null;
}

export interface Diagnosis {
  ok: boolean;
  checks: Check[];
}

const SIGNS = { ok: '✓', missing: '-', failed: '✗' } as const;

/** Looks at everything that claustre needs, each problem with its remedy. Changes nothing. */
export const runDoctor = defineOperation({
  name: 'doctor.run',
  summary: 'Check tools, versions, logins, settings and the supervisor.',
  command: { usage: 'doctor', json: true },
  input: z.object({}),
  describe: ({ checks }: Diagnosis) =>
    checks
      .map(({ name, state, detail, hint }) =>
        [`${SIGNS[state]} ${name}: ${detail}`, ...(hint === null ? [] : [`  ${hint}`])].join('\n'),
      )
      .join('\n'),
  failed: (diagnosis: Diagnosis) => (diagnosis.ok ? null : 'environment'),
  async run(app): Promise<Diagnosis> {
    const checks = [
      ok('Node.js', app.host.nodeVersion),
      await tool('git', async () => app.git.version()),
      await tool('tmux', async () => app.tmux.version()),
      await tool('Claude Code', async () => app.claude.version()),
      await tool('gh', async () => app.gh.version(), 'missing'),
      ...(await logins(app)),
      await tool('settings', async () => readSettings(app)),
      ok('data directory', app.paths.home),
      ...trust(app),
      supervisor(app),
    ];
    return { ok: checks.every((check) => check.state !== 'failed'), checks };
  },
});

function ok(name: string, detail: string): Check {
  return { name, state: 'ok', detail, hint: null };
}

async function tool(
  name: string,
  ask: () => Promise<string | Refusal>,
  otherwise: 'missing' | 'failed' = 'failed',
): Promise<Check> {
  try {
    const answer = await ask();
    if (!isRefusal(answer)) return ok(name, answer);
    return { name, state: otherwise, detail: answer.reason, hint: answer.hint ?? null };
  } catch (error) {
    if (!(error instanceof ClaustreError)) throw error;
    return { name, state: otherwise, detail: error.message, hint: error.hint ?? null };
  }
}

/** One line per host that a project lives on. A token that exists may still be refused; only a request proves it. */
async function logins({ store, gh }: App): Promise<Check[]> {
  const hosts = new Set(store.projects.all().flatMap((project) => project.forge?.host ?? []));
  const checks: Check[] = [];
  for (const host of hosts) {
    const login = async (): Promise<string | Refusal> => {
      const answer = await gh.isLoggedIn(host);
      return answer === true ? loginWords(store.hosts.find(host)) : answer;
    };
    checks.push(await tool(`login ${host}`, login, 'missing'), ...troubles(store.hosts.find(host)));
  }
  return checks;
}

/** Whose login it is and what is left of its hour, as the last readings told. */
function loginWords(state: HostState | null): string {
  const login = state?.login ?? null;
  const parts = [login === null ? 'gh has a login' : `gh is logged in as ${login}`];
  if (state !== null && state.remaining !== null && state.budgetLimit !== null) {
    parts.push(`${state.remaining} of ${state.budgetLimit} points of this hour are left`);
    parts.push(`claustre used ${state.used}`);
  }
  return parts.join(', ');
}

/** Why a host could not be asked the last time. */
function troubles(state: HostState | null): Check[] {
  if (state === null || state.trouble === null) return [];
  const { host, trouble, troubleSince, pausedUntil } = state;
  return [
    {
      name: `requests ${host}`,
      state: 'missing',
      detail: `${trouble} It is so since ${troubleSince}.`,
      hint:
        pausedUntil === null
          ? 'claustre tries again by itself.'
          : `claustre asks again after ${pausedUntil}.`,
    },
  ];
}

async function readSettings({ config, paths, store }: App): Promise<string> {
  for (const project of store.projects.all()) config.forProject(project.path);
  return paths.config;
}

function trust({ store, claude }: App): Check[] {
  return store.projects.all().flatMap((project) => {
    if (claude.isTrusted(project.path) !== false) return [];
    return {
      name: `trust ${project.name}`,
      state: 'missing' as const,
      detail: `Claude Code has not been told to trust ${project.path} and will ask at the first launch.`,
      hint: `Run \`claude\` there once, or answer in the pane.`,
    };
  });
}

function supervisor(app: App): Check {
  const pid = runningSupervisor(app);
  if (pid !== null) return ok('supervisor', `runs (pid ${pid})`);
  const open = app.store.sessions.open().length;
  if (open === 0) return ok('supervisor', 'rests; it starts when a task is launched');
  return {
    name: 'supervisor',
    state: 'missing',
    detail: `does not run, although ${open} ${open === 1 ? 'session is' : 'sessions are'} open.`,
    hint: 'Open the dashboard or launch a task: either starts it.',
  };
}
