import { z } from 'zod';
import type { App } from '#app.ts';
import { isRefusal, type Refusal, refuse } from '#domain/error.ts';
import { whyNotBranchName } from '#domain/form/branch-name.ts';
import { fillPrompt, type Template } from '#domain/form/template.ts';
import type { Project } from '#domain/project.ts';
import { titleFrom } from '#domain/prompt.ts';
import { DEFAULT_PRIORITY, NEVER_STARTED, type PushMode, type Task } from '#domain/task.ts';
import type { TaskView } from '#domain/task-view.ts';
import { taskFields, taskOptions } from '#operations/inputs.ts';
import { defineOperation } from '#operations/operation.ts';
import { scheduleFields } from '#operations/schedule/fields.ts';
import { findTemplate } from '#operations/template/find.ts';
import { findProject } from './find.ts';
import { launchTask } from './launch.ts';
import { currentView } from './view.ts';
import { whyNotAfter } from './why-not-after.ts';

const input = z.object({
  project: z.string(),
  ...taskFields,
  template: z.string().optional(),
  draft: z.boolean().optional(),
  launch: z.boolean().optional(),
});

type Input = z.infer<typeof input>;

/** Adds a task. Its title comes from the prompt when none is given, its prompt from the title when that is all there is. */
export const addTask = defineOperation({
  name: 'task.add',
  summary: 'Add a task to a project.',
  command: {
    usage: 'add-task <project> [title]',
    json: true,
    options: [
      ...taskOptions,
      { flags: '--template <name>', summary: 'what is not said is as this template says it' },
      { flags: '--draft', summary: 'keep it as a draft' },
      { flags: '--launch', summary: 'launch it at once' },
    ],
  },
  input,
  describe: (task: TaskView) =>
    `Added #${task.id} "${task.title}" (${task.mode}, ${task.status}) to ${task.project}.`,
  async run(app, given) {
    const project = findProject(app.store, given.project);
    if (isRefusal(project)) return project;
    if (given.draft && given.launch) {
      return refuse('A draft is not launched.', 'Give --draft or --launch, not both.', 'invalid');
    }
    const template =
      given.template === undefined ? null : findTemplate(app, project, given.template);
    if (isRefusal(template)) return template;
    const task = insert(app, project, template === null ? given : filled(given, template));
    if (isRefusal(task)) return task;
    if (given.launch) {
      const launched = await launchTask.run(app, { task: [task.id] });
      if (isRefusal(launched)) {
        return { ...launched, reason: `Added #${task.id}, but: ${launched.reason}` };
      }
    }
    return currentView(app, task, project);
  },
});

/** What was not said, as the template says it. The person's own prompt goes into the template's. */
function filled(given: Input, template: Template): Input {
  const { prompt, mode, base, branch, push, loop, subtasks } = template;
  const own = given.description ?? '';
  const said = {
    ...(mode === null ? {} : { mode }),
    ...(base === null ? {} : { base }),
    ...(branch === null ? {} : { branch }),
    ...(push === null ? {} : { push }),
    ...(loop === null ? {} : { loop }),
    ...(subtasks.length === 0 ? {} : { subtask: [...subtasks] }),
    ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
  };
  const description = prompt === null ? own : fillPrompt(prompt, own).text;
  return { ...said, project: given.project, description };
}

function insert(app: App, project: Project, given: Input): Task | Refusal {
  const { store, clock, config } = app;
  const defaults = config.forProject(project.path).task;
  const mode = given.mode ?? defaults.mode;
  const prompt = given.description ?? '';
  const title = given.title?.trim() ? given.title.trim() : titleFrom(prompt);
  if (prompt.trim() === '' && !given.title?.trim() && mode !== 'exploration') {
    return refuse('A task needs a title or a prompt.', 'Say what is to be done.', 'invalid');
  }
  const nowhere = whyNotBranches(given) ?? whyNotPush(project, given.push);
  if (nowhere !== undefined) return nowhere;
  const schedule = scheduleFields(app, given);
  if (isRefusal(schedule)) return schedule;
  const at = clock.iso();
  const after = given.after ?? [];
  return store.write(() => {
    const wrong = whyNotAfter(store, { id: null, projectId: project.id }, after);
    if (wrong !== undefined) return wrong;
    const task = store.tasks.add(
      {
        uuid: clock.uuid(),
        projectId: project.id,
        title,
        prompt,
        status: given.draft ? 'draft' : 'pending',
        mode,
        base: blankToNull(given.base),
        branch: blankToNull(given.branch),
        push: given.push ?? usualPush(project, defaults.push),
        fix: given.fix ?? null,
        loop: given.loop ?? false,
        priority: given.priority ?? DEFAULT_PRIORITY,
        position: store.tasks.lastPosition(project.id) + 1,
        held: null,
        ...NEVER_STARTED,
        ...schedule,
        createdAt: at,
        updatedAt: at,
        startedAt: null,
        completedAt: null,
      },
      { kind: 'task.add', source: 'person', at, data: { title } },
    );
    // Part of the beginning, and not what an undo would mean.
    const edit = { kind: 'task.edit', source: 'person' as const, at, data: { by: 'add' } };
    if (given.subtask !== undefined && given.subtask.length > 0) {
      store.tasks.setSubtasks(task.id, given.subtask, edit);
    }
    if (given.criterion !== undefined && given.criterion.length > 0) {
      store.tasks.setCriteria(task.id, given.criterion, edit);
    }
    if (after.length > 0) store.tasks.setAfter(task.id, after, edit);
    return task;
  });
}

/** Why these cannot be branches; undefined when they can. Whether they exist is asked when the task starts. */
export function whyNotBranches({
  base,
  branch,
}: Pick<Input, 'base' | 'branch'>): Refusal | undefined {
  return whyNotBranchName(base?.trim() ?? '') ?? whyNotBranchName(branch?.trim() ?? '');
}

/** Why the work cannot go there; undefined when it can. */
export function whyNotPush(
  project: Pick<Project, 'name' | 'remote'>,
  push: PushMode | undefined,
): Refusal | undefined {
  if (project.remote !== null || push === undefined || push === 'local') return undefined;
  return refuse(
    `"${project.name}" has no remote to push to.`,
    'Use --push local, or give the repository a remote and add the project anew.',
  );
}

/** What is usual, as far as the repository has where to: no remote to push to, no forge to open a pull request on. */
function usualPush(project: Project, usual: PushMode): PushMode {
  if (project.remote === null) return 'local';
  return project.forge === null && usual === 'pr' ? 'push' : usual;
}

/** What was left empty in a form or on the command line is not said. */
export function blankToNull(text: string | undefined): string | null {
  const plain = text?.trim();
  return plain === undefined || plain === '' ? null : plain;
}
