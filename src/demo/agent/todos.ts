export interface Todo {
  subject: string;
  done: boolean;
}

export interface TodoReport {
  event: 'TaskCreated' | 'TaskCompleted';
  fields: { task_id: string; task_subject: string; task_description: string };
}

/** The agent's own list of things to do. Returns a function that takes a new state of one and tells what is to be reported. */
export function createTodos(): (todo: Todo) => TodoReport[] {
  const known = new Map<string, { id: string; done: boolean }>();
  return ({ subject, done }) => {
    const reports: TodoReport[] = [];
    const found = known.get(subject);
    const id = found?.id ?? String(known.size + 1);
    const fields = { task_id: id, task_subject: subject, task_description: subject };
    if (found === undefined) reports.push({ event: 'TaskCreated', fields });
    if (done && found?.done !== true) reports.push({ event: 'TaskCompleted', fields });
    known.set(subject, { id, done: done || found?.done === true });
    return reports;
  };
}
