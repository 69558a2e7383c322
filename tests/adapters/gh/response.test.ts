import { describe, expect, test } from 'vitest';
import { classify, parseResponse } from '#adapters/gh/response.ts';

const NOW = Date.parse('2026-01-01T12:00:00Z');

const http = (status: number, body: unknown, headers: Record<string, string> = {}): string => {
  const all = { 'Content-Type': 'application/json', ...headers };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return `HTTP/1.1 ${status} Text\n${lines.join('')}\r\n${text}`;
};
const failed = (stdout: string, stderr = 'gh: x', exitCode = 1) =>
  classify({ exitCode, stdout, stderr }, NOW);

describe('the output of gh api -i', () => {
  test('is taken apart at the first empty line', () => {
    const parsed = parseResponse(
      http(200, 'a\r\n\r\nb', { 'X-Ratelimit-Reset': '17', Etag: 'W/"x: y"' }),
    );
    expect(parsed).toMatchObject({ status: 200, body: 'a\r\n\r\nb' });
    expect(parsed?.headers.get('x-ratelimit-reset')).toBe('17');
    expect(parsed?.headers.get('etag')).toBe('W/"x: y"');
  });

  test('is no answer when it does not begin with a status', () => {
    expect(parseResponse('')).toBeNull();
    expect(parseResponse('{"data":{}}')).toBeNull();
  });
});

describe('what a request learned', () => {
  test('data counts although gh ended with 1 because of a part', () => {
    const errors = [{ type: 'NOT_FOUND', path: ['nodes', 1], message: 'gone' }];
    const answer = failed(http(200, { data: { nodes: [{}, null] }, errors }));
    expect(answer).toEqual({ data: { nodes: [{}, null] }, errors });
  });

  const limit = 'API rate limit already exceeded for user ID 1.';
  const secondary = 'You have exceeded a secondary rate limit. Please wait a few minutes.';
  const saml = 'Resource protected by organization SAML enforcement.';
  const undefinedField = { code: 'undefinedField', fieldName: 'event' };
  test.each([
    ['a bad token', failed(http(401, { message: 'Bad credentials' })), { kind: 'bad_login' }],
    [
      'no token',
      failed('', 'To get started with GitHub CLI, please run:  gh auth login', 4),
      { kind: 'no_login' },
    ],
    [
      'single sign-on',
      failed(
        http(
          403,
          { message: saml },
          { 'X-Github-Sso': 'required; url=https://github.com/orgs/a/sso' },
        ),
      ),
      { kind: 'sso', url: 'https://github.com/orgs/a/sso' },
    ],
    [
      'the hourly limit with status 200',
      failed(
        http(
          200,
          { errors: [{ type: 'RATE_LIMIT', message: limit }] },
          { 'X-Ratelimit-Reset': '1800000000' },
        ),
      ),
      { kind: 'primary_limit', until: 1_800_000_000_000 },
    ],
    [
      'the hourly limit without a time',
      failed(http(403, { message: limit })),
      { kind: 'primary_limit', until: null },
    ],
    ['too many requests', failed(http(429, 'slow down')), { kind: 'primary_limit', until: null }],
    [
      'a secondary limit',
      failed(http(403, { message: secondary }, { 'Retry-After': '90' })),
      { kind: 'secondary_limit', until: NOW + 90_000 },
    ],
    [
      'a query that needs too much',
      failed(
        http(200, {
          data: { nodes: [null] },
          errors: [{ type: 'RESOURCE_LIMITS_EXCEEDED', message: 'x' }],
        }),
      ),
      { kind: 'too_big' },
    ],
    [
      'a query that takes too long',
      failed(http(502, { message: "We couldn't respond to your request in time." })),
      { kind: 'too_big' },
    ],
    ['a server in trouble', failed(http(502, '<html>502</html>')), { kind: 'server' }],
    [
      'a field that the server lacks',
      failed(http(200, { errors: [{ message: 'x', extensions: undefinedField }] })),
      { kind: 'missing_field', field: 'event' },
    ],
    ['a login portal', failed(http(200, '<html>')), { kind: 'garbage', message: 'status 200' }],
    ['JSON that is no answer', failed(http(200, '[1]')), { kind: 'garbage' }],
    ['an answer that was cut', failed(http(200, '{"data":{"nod')), { kind: 'garbage' }],
    ['no network', failed('', 'error connecting to api.github.com'), { kind: 'offline' }],
    [
      'a refused connection',
      failed('', 'Post "https://x/graphql": dial tcp: connection refused'),
      { kind: 'offline' },
    ],
    [
      'a bad certificate',
      failed('', 'Post "https://x/graphql": x509: unknown authority'),
      { kind: 'offline' },
    ],
    ['nothing at all', failed('', ''), { kind: 'garbage', message: '' }],
    [
      'a request that is refused',
      failed(http(403, { message: 'No.' })),
      { kind: 'refused', message: 'No.' },
    ],
  ])('%s is told apart', (_what, answer, expected) => {
    expect(answer).toMatchObject({ failed: true, ...expected });
  });
});
