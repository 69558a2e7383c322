/** One entry of Claude's own list of what it is about to do in this conversation. */
export interface Todo {
  id: string;
  subject: string;
  done: boolean;
}

/**
 * The list after Claude said something about one of its entries; the same array when that was no news. Entries appear and are completed in
 * any order: done stays done as long as it is the same one. None is ever left out, since the count of those done is shown.
 */
export function withTodo(todos: Todo[], said: Todo): Todo[] {
  const known = todos.find((todo) => todo.id === said.id);
  if (known === undefined) return [...todos, said];
  const same = known.subject === said.subject;
  const next = { ...said, done: said.done || (same && known.done) };
  if (same && next.done === known.done) return todos;
  return todos.map((todo) => (todo.id === said.id ? next : todo));
}
