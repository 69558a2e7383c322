import { randomUUID } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { addedBy } from './hooks.ts';
import {
  childEnv,
  createKept,
  fire,
  type Kept,
  keepAnswer,
  keepResult,
  type Setting,
} from './kept.ts';
import { readScript } from './script.ts';
import { type Context, type Outcome, runStep } from './steps.ts';
import { createTodos } from './todos.ts';

type Json = Record<string, unknown>;

/** A turn that is printed line by line as it happens (`--print --output-format stream-json`), with the hooks of a conversation on a screen. */
export async function stream(setting: Setting): Promise<number> {
  const started = Date.now();
  const prompt = (await text(process.stdin)).trim();
  const kept = createKept(setting);
  const stop = new AbortController();
  for (const signal of ['SIGTERM', 'SIGHUP', 'SIGINT'] as const) {
    process.on(signal, () => stop.abort());
  }
  emit(kept, { type: 'system', subtype: 'init', model: setting.model });
  await report(kept, 'SessionStart', { source: setting.resumed ? 'resume' : 'startup' });
  kept.promptId = randomUUID();
  const results = await report(kept, 'UserPromptSubmit', { prompt });
  const added = results.map(addedBy);
  kept.transcript.append({ type: 'stand-in', ...setting.start });
  kept.transcript.append({ type: 'user', message: { role: 'user', content: prompt } });
  const outcome = await runSteps(contextOf(kept, stop.signal), [prompt, ...added]);
  if (stop.signal.aborted) {
    await report(kept, 'SessionEnd', { reason: 'other' });
    return 143;
  }
  const failed = outcome.kind === 'failed' ? outcome : null;
  const said = outcome.kind === 'stop' ? outcome.says : 'Done, as far as a stand-in can be.';
  const last = failed?.message ?? said;
  if (failed === null) answer(kept, [{ type: 'text', text: last }]);
  await report(kept, failed === null ? 'Stop' : 'StopFailure', {
    ...(failed === null ? { stop_hook_active: false } : { error: failed.error }),
    ...{ last_assistant_message: last, background_tasks: [], session_crons: [] },
  });
  emit(kept, {
    ...{ type: 'result', subtype: 'success', is_error: failed !== null, api_error_status: null },
    ...{ duration_ms: Date.now() - started, num_turns: 1, result: last },
    ...{ total_cost_usd: 0.02, permission_denials: [] },
    usage: { input_tokens: 1_500, output_tokens: 400 },
  });
  await report(kept, 'SessionEnd', { reason: 'other' });
  return failed === null ? 0 : 1;
}

function emit({ sessionId }: Kept, line: Json): void {
  process.stdout.write(`${JSON.stringify({ ...line, session_id: sessionId })}\n`);
}

function report(kept: Kept, event: string, fields: Json, signal?: AbortSignal) {
  return fire(kept, (words) => process.stderr.write(`${words}\n`), event, fields, signal);
}

function answer(kept: Kept, content: Json[]): void {
  keepAnswer(kept, content);
  emit(kept, { type: 'assistant', message: { role: 'assistant', content } });
}

async function runSteps(context: Context, texts: readonly string[]): Promise<Outcome> {
  const steps = texts.flatMap((each) => readScript(each));
  for (let step = steps.shift(); step !== undefined; step = steps.shift()) {
    const outcome = await runStep(context, step);
    if (outcome.kind !== 'done') return outcome;
    if (outcome.more !== undefined) steps.unshift(...outcome.more);
  }
  return { kind: 'done' };
}

function contextOf(kept: Kept, signal: AbortSignal): Context {
  return {
    cwd: kept.setting.cwd,
    env: childEnv(kept),
    // What would ask is refused: nobody is there.
    bypass: kept.setting.permissionMode === 'bypassPermissions',
    signal,
    fire: (event, fields, until) => report(kept, event, fields, until),
    print: () => undefined,
    answered: (content) => answer(kept, content),
    resulted(id, content, isError) {
      keepResult(kept, id, content, isError);
      const result = { type: 'tool_result', tool_use_id: id, content, is_error: isError };
      emit(kept, { type: 'user', message: { role: 'user', content: [result] } });
    },
    choose: async () => null,
    setInTool: () => undefined,
    startBackground: () => undefined,
    spent(usd) {
      kept.spentUsd += usd;
    },
    todo: createTodos(),
  };
}
