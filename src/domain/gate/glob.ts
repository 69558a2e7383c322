/**
 * Whether a path of a repository is meant by a glob: `*` and `?` stay within a folder, `**` goes through any, `{a,b}` is either. One that ends
 * in a slash, or that names a folder, means all that is in it; one without a slash is meant in every folder.
 */
export function matchesGlob(path: string, glob: string): boolean {
  return patternOf(glob).test(path);
}

function patternOf(glob: string): RegExp {
  const plain = glob.replace(/^\.?\//, '').replace(/\/+$/, '');
  const anywhere = plain.includes('/') ? '' : '(?:.*/)?';
  return new RegExp(`^${anywhere}${translated(plain)}(?:/.*)?$`, 'u');
}

const TOKENS = /\*\*\/|\*\*|\*|\?|[{},]|[^*?{},]+/g;

function translated(glob: string): string {
  let depth = 0;
  return (glob.match(TOKENS) ?? [])
    .map((token) => {
      switch (token) {
        case '**/':
          return '(?:.*/)?';
        case '**':
          return '.*';
        case '*':
          return '[^/]*';
        case '?':
          return '[^/]';
        case '{':
          depth += 1;
          return '(?:';
        case '}':
          if (depth === 0) return '\\}';
          depth -= 1;
          return ')';
        case ',':
          return depth > 0 ? '|' : ',';
        default:
          return token.replace(/[\\^$.|+()[\]]/g, '\\$&');
      }
    })
    .concat(')'.repeat(depth))
    .join('');
}
