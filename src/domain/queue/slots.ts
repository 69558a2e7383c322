import type { QueueFacts, QueueTask, TakenSlot } from './facts.ts';
import type { Wait } from './wait.ts';

/** How many tasks a sentence names before it counts the rest. */
const NAMED = 4;

/** The slots of all projects, while they are given away. */
export interface Slots {
  /** Why this task gets none; null when one is free for it. The same object for all that wait for the same. */
  waitOf(task: Pick<QueueTask, 'projectId'>): Wait | null;
  take(task: Pick<QueueTask, 'id' | 'projectId'>): void;
}

export function slotsOf({ projects, taken }: Pick<QueueFacts, 'projects' | 'taken'>): Slots {
  const all = [...taken];
  const byProject = Map.groupBy(all, ({ project }) => project);
  let full: Wait | null = null;
  const fullProjects = new Map<number, Wait>();
  return {
    waitOf({ projectId }) {
      const project = projects.get(projectId);
      if (project === undefined || project.settings === null) return null;
      const { maxSessions, projectSessions } = project.settings;
      if (all.length >= maxSessions) {
        full ??= { kind: 'slot', ...noSlot('no free slot', all, maxSessions, 'max_sessions') };
        return full;
      }
      const own = byProject.get(projectId) ?? [];
      if (projectSessions === null || own.length < projectSessions) return null;
      const known = fullProjects.get(projectId);
      if (known !== undefined) return known;
      const text = `no free slot in ${project.name}`;
      const said = noSlot(text, own, projectSessions, 'project_sessions');
      const wait: Wait = { kind: 'project_slot', ...said };
      fullProjects.set(projectId, wait);
      return wait;
    },
    take({ id, projectId }) {
      const slot = { task: id, project: projectId };
      all.push(slot);
      byProject.set(projectId, [...(byProject.get(projectId) ?? []), slot]);
      // What was said names too few by now.
      full = null;
      fullProjects.delete(projectId);
    },
  };
}

function noSlot(
  text: string,
  taken: readonly TakenSlot[],
  limit: number,
  key: string,
): Omit<Wait, 'kind'> {
  const verb = taken.length === 1 ? 'works' : 'work';
  return {
    text: `${text}: ${namesOf(taken)} ${verb} (${taken.length} of ${limit})`,
    until: null,
    remedy: `It starts when one of them ends; ${key} in [queue] allows more.`,
  };
}

function namesOf(taken: readonly TakenSlot[]): string {
  const names = taken.map(({ task }) => `#${task}`);
  const shown = names.slice(0, NAMED);
  if (names.length > NAMED) shown.push(`${names.length - NAMED} more`);
  const last = shown.pop() ?? '';
  return shown.length === 0 ? last : `${shown.join(', ')} and ${last}`;
}
