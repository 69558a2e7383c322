import { randomBytes } from 'node:crypto';
import type { Context, Json } from './steps.ts';

/** A call of a tool that the stand-in makes. */
export interface Call {
  name: string;
  input: Json;
  id: string;
}

/** Says that a tool is called. */
export async function call(context: Context, name: string, input: Json): Promise<Call> {
  const id = `toolu_${randomBytes(12).toString('hex')}`;
  context.answered([{ type: 'tool_use', id, name, input }]);
  await context.fire('PreToolUse', { tool_name: name, tool_input: input, tool_use_id: id });
  return { name, input, id };
}

/** Says that it has ended well. */
export async function succeeded(
  context: Context,
  { name, input, id }: Call,
  tool_response: unknown,
  ms = 0,
) {
  await context.fire('PostToolUse', {
    tool_name: name,
    tool_input: input,
    tool_response,
    tool_use_id: id,
    duration_ms: ms,
  });
}
