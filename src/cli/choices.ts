import { z } from 'zod';

interface JsonSchema {
  enum?: unknown[];
  items?: JsonSchema;
  anyOf?: JsonSchema[];
  properties?: Record<string, JsonSchema>;
}

/** The values that each key of an input can only have; keys that take any text are absent. */
export function choicesOf(input: z.ZodType): Record<string, readonly string[]> {
  const schema = z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' }) as JsonSchema;
  const found: Record<string, readonly string[]> = {};
  for (const [key, property] of Object.entries(schema.properties ?? {})) {
    const choices = choicesIn(property);
    if (choices.length > 0) found[key] = choices;
  }
  return found;
}

function choicesIn(schema: JsonSchema): string[] {
  const own = (schema.enum ?? []).filter((value) => typeof value === 'string');
  const inner = [schema.items, ...(schema.anyOf ?? [])].filter((each) => each !== undefined);
  return [...own, ...inner.flatMap(choicesIn)];
}
