import { describe, expect, test } from 'vitest';
import type { Activity } from '#domain/activity.ts';
import { endedBy, readAsked, stillAsks } from '#domain/claude/request.ts';
import { toolCall } from '#domain/claude/tool-call.ts';
import { ASKS_BASH, ASKS_PLAN, ASKS_QUESTIONS, aRequest } from '../../support/requests.ts';

function asks(tool_name: string, tool_input: object) {
  return readAsked({ tool_name, tool_input });
}

describe('what Claude asks', () => {
  test('of a command is the whole of it, with what it is for', () => {
    const asked = readAsked({ ...ASKS_BASH, agent_id: 'a1' });
    expect(asked).toMatchObject({
      kind: 'permission',
      tool: 'Bash',
      detail: 'Bash: npm test',
      agent: 'a1',
      body: 'npm test\n\nrun the tests',
      questions: [],
    });
  });

  test('of a change of a file shows the old lines and the new ones', () => {
    const input = { file_path: '/w/a.ts', old_string: 'one\ntwo', new_string: 'three' };
    expect(asks('Edit', input).body).toBe('/w/a.ts\n\n- one\n- two\n+ three');
    expect(asks('Write', { file_path: '/w/b', content: 'x\ny' }).body).toBe('/w/b\n\n+ x\n+ y');
  });

  test('with a tool that is not known is its input', () => {
    expect(asks('mcp__db__query', { sql: 'select 1' }).body).toBe('{\n  "sql": "select 1"\n}');
  });

  test('as a plan is the plan, as a question its options', () => {
    expect(readAsked(ASKS_PLAN)).toMatchObject({ kind: 'plan', body: '# Plan\n1. do\n2. done' });
    const { kind, questions, detail } = readAsked(ASKS_QUESTIONS);
    expect([kind, detail]).toEqual(['question', 'Which db?']);
    expect(questions.map((each) => [each.options.length, each.multiSelect])).toEqual([
      [2, false],
      [3, true],
    ]);
  });

  test('is bounded, and a wrong payload is read as far as it goes', () => {
    const long = asks('Bash', { command: 'x'.repeat(100_000) });
    expect(long.body.length).toBe(32_000);
    expect(long.sameAs).toBeNull();
    expect(readAsked({})).toMatchObject({ kind: 'permission', tool: 'a tool', body: '' });
    expect(asks('AskUserQuestion', { questions: [null, { options: 'x' }] }).questions).toEqual([
      { question: '', options: [], multiSelect: false },
      { question: '', options: [], multiSelect: false },
    ]);
  });

  test('is the same for the same input, whatever Claude says that it is for', () => {
    const one = asks('Bash', { command: 'npm test', description: 'a' });
    const other = asks('Bash', { command: 'npm test', description: 'b' });
    expect(one.sameAs).toBe(other.sameAs);
    const background = asks('Bash', { command: 'npm test', run_in_background: true });
    expect(background.sameAs).not.toBe(one.sameAs);
    expect(asks('Edit', { command: 'npm test' }).sameAs).not.toBe(one.sameAs);
  });
});

describe('a request is over', () => {
  const mine = aRequest({ id: 'mine' });
  const agents = aRequest({ id: 'agent', agent: 'a1' });
  const later = aRequest({ id: 'later', askedAt: 9_000 });
  const open = [mine, agents, later];
  const ended = (
    meaning: Parameters<typeof endedBy>[1]['meaning'],
    call = toolCall({}),
    at = 2_000,
  ) => endedBy(open, { meaning, call }, at).map(({ request, by }) => [request.id, by]);

  test('when its tool was used, by whoever asked', () => {
    expect(ended('went_on', toolCall(ASKS_BASH))).toEqual([['mine', 'went_on']]);
    expect(ended('went_on', toolCall({ ...ASKS_BASH, agent_id: 'a1' }))).toEqual([
      ['agent', 'went_on'],
    ]);
    expect(
      ended('went_on', toolCall({ tool_name: 'Bash', tool_input: { command: 'ls' } })),
    ).toEqual([]);
  });

  test('when the turn is, but not that of a subagent in the background', () => {
    for (const meaning of ['prompted', 'turn_ended', 'turn_ended_behind', 'failed'] as const) {
      expect(ended(meaning)).toEqual([['mine', 'over']]);
    }
  });

  test('when the conversation is, and never by what is older', () => {
    expect(ended('ended')).toEqual([
      ['mine', 'over'],
      ['agent', 'over'],
    ]);
    expect(ended('cleared', undefined, 500)).toEqual([]);
    expect(ended('asks_permission')).toEqual([]);
    expect(ended(null)).toEqual([]);
  });
});

test('a session goes on asking the oldest of what is still open', () => {
  const working: Activity = { name: 'working', source: 'hook', since: 5_000, detail: null };
  expect(stillAsks(working, [])).toBe(working);
  expect(stillAsks(working, [aRequest(), aRequest({ askedAt: 2_000 })])).toEqual({
    name: 'permission',
    source: 'hook',
    since: 1_000,
    detail: 'Bash: npm test',
  });
  const asking = { ...working, name: 'question' } as const;
  expect(stillAsks(asking, [aRequest()])).toBe(asking);
});
