import { expect, test } from 'vitest';
import { isRefusal } from '#domain/error.ts';
import { wrongSetting } from '#tui/settings/wrong-setting.ts';

test('a wrong setting is a refusal that names the key to blame', () => {
  const wrong = wrongSetting('kill', 'That is no key.', 'Use another.');
  expect(isRefusal(wrong)).toBe(true);
  expect(wrong).toMatchObject({ setting: 'kill', code: 'invalid', hint: 'Use another.' });
});
