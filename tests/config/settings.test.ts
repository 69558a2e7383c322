import { describe, expect, test } from 'vitest';
import { camelCase } from '#config/setting.ts';
import { FREE_TABLES, findSetting, TABLES } from '#config/settings.ts';

const ALL = Object.entries(TABLES).flatMap(([table, { keys }]) =>
  Object.keys(keys).map((key) => ({ table, key, name: `${table}.${key}` })),
);

describe.each(ALL)('$name', ({ table, key }) => {
  const setting = findSetting(table, key);

  test('has a default that its own check accepts, or none', () => {
    const value: unknown = setting?.default;
    if (value === null || key === 'permission_mode') return;
    expect(setting?.check.safeParse(value).success).toBe(true);
  });

  test('says in sentences what it is for and what it expects', () => {
    expect(setting?.sentence).toMatch(/^[A-Z].*\.$/);
    expect(setting?.expected).toMatch(/^(a|one) /);
  });
});

test('names are words in snake_case, camelCase in code', () => {
  for (const { table, key } of ALL)
    expect(`${table} ${key}`).toMatch(/^[a-z]+(_[a-z]+)* [a-z]+(_[a-z]+)*$/);
  expect(camelCase('setup_timeout_secs')).toBe('setupTimeoutSecs');
});

test('no two tables have the same name', () => {
  expect(Object.keys(TABLES).filter((name) => name in FREE_TABLES)).toEqual([]);
});

test('what is no key is not found, also when every object has it', () => {
  expect(findSetting('claude', 'constructor')).toBeUndefined();
  expect(findSetting('constructor', 'name')).toBeUndefined();
});

test('one word for the permission mode stands for all modes', () => {
  expect(findSetting('claude', 'permission_mode')?.check.parse('plan')).toEqual({
    supervised: 'plan',
    autonomous: 'plan',
    exploration: 'plan',
  });
});
