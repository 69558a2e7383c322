import { type Json, list, oneLine, record, text } from './payload.ts';

/** A use of a tool, in words that are the same before and after it, so that an answer can be matched with its question. */
export interface ToolCall {
  tool: string;
  /** One line for people, without control characters. */
  detail: string;
  /** Claude's id of the subagent that uses it; null for Claude itself. */
  agent: string | null;
}

/** The tool that a hook's payload names and what it is about. */
export function toolCall(json: Json): ToolCall {
  const tool = text(json, 'tool_name') ?? 'a tool';
  const detail = toolWords(tool, json.tool_input);
  return { tool: oneLine(tool, 100), detail, agent: text(json, 'agent_id') };
}

/** What a tool is about to do or did, in one line. */
export function toolWords(tool: string, given: unknown): string {
  const input = record(given);
  if (tool === 'AskUserQuestion') {
    const question = record(list(input.questions)[0]);
    return oneLine(text(question, 'question') ?? 'a question');
  }
  if (tool === 'ExitPlanMode') return oneLine(text(input, 'plan') ?? 'a plan');
  const names = ['command', 'file_path', 'url', 'pattern', 'query', 'subject', 'description'];
  const what = names.map((name) => text(input, name)).find((found) => found !== null) ?? null;
  return oneLine(what === null ? tool : `${tool}: ${what}`);
}
