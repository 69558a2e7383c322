import { text } from 'node:stream/consumers';
import { childEnv, createKept, type Setting } from './kept.ts';
import { readScript, type Step } from './script.ts';
import { runShell } from './tools.ts';

/** The block of a prompt that holds what the stand-in ends with. */
const OUTPUT = /^```json\n([\s\S]*?)^```[ \t]*$/m;

/** What a run without a conversation on the screen does: the steps of its prompt, then one result as the real program prints it. */
export async function print(setting: Setting): Promise<number> {
  const started = Date.now();
  const prompt = await text(process.stdin);
  const kept = createKept(setting);
  kept.transcript.append({ type: 'stand-in', ...setting.start });
  kept.transcript.append({ type: 'user', message: { role: 'user', content: prompt } });
  const stop = new AbortController();
  for (const signal of ['SIGTERM', 'SIGHUP', 'SIGINT'] as const) {
    process.on(signal, () => stop.abort());
  }
  let failure: string | null = null;
  for (const step of readScript(prompt)) {
    failure ??= await run(step, setting, childEnv(kept), stop.signal);
  }
  if (stop.signal.aborted) return 143;
  const output = OUTPUT.exec(prompt)?.[1];
  const result = {
    ...{ type: 'result', subtype: 'success', is_error: failure !== null },
    ...{ api_error_status: null, duration_ms: Date.now() - started, num_turns: 1 },
    result: failure ?? output ?? 'Done, as far as a stand-in can be.',
    ...{ session_id: kept.sessionId, total_cost_usd: 0.02, permission_denials: [] },
    usage: { input_tokens: 1_500, output_tokens: 400 },
    ...(output === undefined || failure !== null ? {} : { structured_output: JSON.parse(output) }),
  };
  process.stdout.write(`${JSON.stringify(result)}\n`);
  return failure === null ? 0 : 1;
}

/** Does one step; returns the words of a failure that ends the run. */
async function run(
  step: Step,
  { cwd }: Setting,
  env: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<string | null> {
  switch (step.kind) {
    case 'shell':
      await runShell(step.command, { cwd, env }, signal);
      return null;
    case 'hang':
      await new Promise<void>((done) => {
        const alive = setInterval(() => undefined, 60_000);
        signal.addEventListener('abort', () => {
          clearInterval(alive);
          done();
        });
      });
      return null;
    case 'fail':
      return step.message;
    default:
      return null;
  }
}
