import { expect, test } from 'vitest';
import { type Todo, withTodo } from '#domain/todo.ts';

const open = (id: string, subject = 'brew'): Todo => ({ id, subject, done: false });
const done = (id: string, subject = 'brew'): Todo => ({ id, subject, done: true });

test.each<[string, Todo[], Todo, Todo[]]>([
  ['a new one comes last', [open('1')], open('2'), [open('1'), open('2')]],
  ['one is completed in its place', [open('1'), open('2')], done('1'), [done('1'), open('2')]],
  ['one is completed before it was heard of', [], done('1'), [done('1')]],
  [
    'another one under the same id begins anew',
    [done('1')],
    open('1', 'pour'),
    [open('1', 'pour')],
  ],
])('%s', (_what, todos, said, expected) => {
  expect(withTodo(todos, said)).toEqual(expected);
});

test('what is no news leaves the very same list', () => {
  const todos = [done('1')];
  expect(withTodo(todos, done('1'))).toBe(todos);
  expect(withTodo(todos, open('1'))).toBe(todos);
});

test('a long list loses none', () => {
  const ids = Array.from({ length: 1_000 }, (_, index) => String(index));
  const todos = ids.reduce<Todo[]>((list, id) => withTodo(list, open(id)), []);
  expect(todos.map(({ id }) => id)).toEqual(ids);
});
