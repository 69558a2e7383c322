import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { refuse } from '#domain/error.ts';
import type { Check } from '#domain/pull-request/checks.ts';
import { unreadPullRequest } from '#domain/pull-request/pull-request.ts';
import { addProject, addSession, addTask, fakeApp } from '../../support/fake-app.ts';

/** A task in review whose pull request has these checks, and a GitHub with logs by the number of their jobs. */
export function start(checkRuns: Check[], logs: Record<number, string> = {}) {
  const asked: number[] = [];
  const opened: string[] = [];
  const app = fakeApp({
    gh: {
      readJobLog: async (_host, _repository, job) => {
        asked.push(job);
        return logs[job] ?? refuse('GitHub has no log of it.', undefined, 'not_found');
      },
    },
    desktop: { open: async (url) => void opened.push(url) },
    host: {
      keep(path, text) {
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, text);
      },
      readKept: (path) => (existsSync(path) ? readFileSync(path, 'utf8') : null),
    },
  });
  const task = addTask(app, addProject(app), { status: 'in_review' });
  const session = addSession(app, task);
  const address = { host: 'github.com', repository: 'acme/app', number: 7 };
  const url = 'https://github.com/acme/app/pull/7';
  const at = app.clock.iso();
  const row = unreadPullRequest({ taskId: task.id, ...address, url, createdAt: at });
  const read = { ...row, readAt: at, checkRuns, checks: 'failed' } as const;
  const event = { kind: 'x', source: 'person', at } as const;
  const pullRequest = app.store.write(() =>
    app.store.pullRequests.add({ ...read, checkRuns }, event),
  );
  return { app, task: task.id, session, pullRequest, asked, opened };
}
