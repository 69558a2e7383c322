import { expect, test } from 'vitest';
import { createActivity } from '#adapters/tmux/activity.ts';

const line = (list: string) => `%subscription-changed activity $0 - - - : ${list}`;

test('a pane is told of when its own time moves, from the second line on', () => {
  const { read, watch } = createActivity();
  const heard: string[] = [];
  watch('%1', () => heard.push('one'));
  const end = watch('%2', () => heard.push('two'));
  read(line('%1=10 %2=10 '));
  expect(heard).toEqual([]);
  read(line('%1=11 %2=10 '));
  expect(heard).toEqual(['one']);
  end();
  read(line('%1=11 %2=12 '));
  read(line('%1=11 %2=12 %12=13 '));
  expect(heard).toEqual(['one']);
});

test('other lines mean nothing', () => {
  const { read, watch } = createActivity();
  watch('%1', () => expect.unreachable());
  read(line('%1=1 '));
  read('%subscription-changed other $0 - - - : %1=2');
  read('%window-add @3');
});
