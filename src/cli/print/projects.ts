import { formatTable } from '#cli/table.ts';
import type { ProjectView } from '#operations/project/list.ts';
import type { Sheet } from './result.ts';

/** The projects with their counts, one line each. */
export function printProjects(projects: readonly ProjectView[], sheet: Sheet): string {
  if (projects.length === 0)
    return 'There are no projects. Add one: claustre add-project NAME [PATH]';
  const count = (title: string, of: (project: ProjectView) => number) => ({
    title,
    cell: (project: ProjectView) => String(of(project)),
    side: 'end' as const,
  });
  return formatTable(
    projects,
    [
      { title: 'PROJECT', cell: (project) => project.name, least: 12 },
      count('SESSIONS', (project) => project.openSessions),
      count('PENDING', ({ tasks }) => tasks.pending ?? 0),
      count(
        'REVIEW',
        ({ tasks }) => (tasks.in_review ?? 0) + (tasks.conflict ?? 0) + (tasks.ci_failed ?? 0),
      ),
      { title: 'BASE', cell: (project) => project.defaultBranch, least: 8 },
      {
        title: 'PATH',
        cell: (project) => project.path,
        paint: (_, text) => sheet.paint('dim', text),
        least: 16,
      },
    ],
    sheet,
  );
}
