/** What a yes for the whole session would allow besides the one call, in words. */
export const always = {
  name: '0006-always',
  sql: 'alter table requests add column always text;',
} as const;
