import { type Refusal, refuse } from '#domain/error.ts';

/** A refusal of what the settings say, with the key of its table that is to blame, so that file and line can be told. */
export interface WrongSetting extends Refusal {
  readonly setting: string;
}

export function wrongSetting(setting: string, reason: string, hint: string): WrongSetting {
  return { ...refuse(reason, hint, 'invalid'), setting };
}
