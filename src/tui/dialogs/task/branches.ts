import { isRefusal } from '#domain/error.ts';
import type { BranchFindings } from '#operations/project/check-branches.ts';
import { call } from '#tui/call.ts';
import type { Context } from '#tui/context.ts';
import { whenTypingRests } from '#tui/dialogs/later.ts';
import type { TaskForm } from './form.ts';

const REST_MS = 250;

/** What was found, and for which words. */
export interface FoundBranches {
  readonly base: string;
  readonly branch: string;
  readonly found: BranchFindings;
}

/** The names that are to be looked at: what an edited task had before is not news. */
function asked({ base, branch, initial }: TaskForm): { base: string; branch: string } {
  const own = (text: string, before: string) => (text === before ? '' : text);
  return {
    base: own(base.text.trim(), initial.base),
    branch: own(branch.text.trim(), initial.branch),
  };
}

/** Looks, once typing rests, at the branches that the form names; what is found stands beside them. */
export function lookAtBranches(context: Context, before: TaskForm): void {
  const { state, app, operations } = context;
  const form = state.get().view.dialog;
  if (form?.kind !== 'task') return;
  const { base, branch } = asked(form);
  const was = asked(before);
  if (base === was.base && branch === was.branch) return;
  whenTypingRests(context, REST_MS, () => {
    const { project, taskId } = form;
    const look = async (): Promise<void> => {
      const { checkBranches } = await operations();
      const found = await call(app, checkBranches, { project, task: taskId, base, branch });
      if (isRefusal(found)) return;
      state.update((view) => {
        const now = view.dialog;
        if (now?.kind !== 'task' || now.taskId !== taskId) return view;
        const findings = { base, branch, found: found as BranchFindings };
        return { ...view, dialog: { ...now, findings } };
      });
    };
    // Nothing stands beside a name that could not be looked up: the launch looks again.
    look().catch((error: unknown) => app.log.error('Branches could not be looked at.', error));
  });
}

/** What stands beside a field, as long as it still says what was looked at. */
export function findingOf(form: TaskForm, field: 'base' | 'branch') {
  const { findings } = form;
  return findings !== null && findings[field] === form[field].text.trim()
    ? findings.found[field]
    : null;
}
