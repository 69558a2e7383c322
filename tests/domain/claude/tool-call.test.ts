import { expect, test } from 'vitest';
import { toolCall, toolWords } from '#domain/claude/tool-call.ts';

test('a use of a tool is its name and what it is about, in one line', () => {
  expect(toolCall({ tool_name: 'Bash', tool_input: { command: 'a\nb' }, agent_id: 'a1' })).toEqual({
    tool: 'Bash',
    detail: 'Bash: a b',
    agent: 'a1',
  });
  expect(toolCall({})).toEqual({ tool: 'a tool', detail: 'a tool', agent: null });
  expect(toolWords('Grep', { pattern: 'x' })).toBe('Grep: x');
  expect(toolWords('AskUserQuestion', { questions: [{ question: 'Which?' }] })).toBe('Which?');
  expect(toolWords('ExitPlanMode', { plan: '# Plan' })).toBe('# Plan');
});
