import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * SQLite's native part for a bundle in `folder`, which is `dist/` of this package: bundled, the library cannot find it by itself.
 * It is installed inside the package or beside it; only where neither is so (pnpm), Node is asked, which costs a hook one and a half
 * milliseconds. Undefined when it is nowhere.
 */
export function findNativeBinding(folder: string): object | undefined {
  const beside = [join(folder, '..', 'node_modules'), join(folder, '..', '..')]
    .map((path) => join(path, 'better-sqlite3'))
    .find((path) => existsSync(path));
  const library = beside ?? askNode(folder);
  if (library === undefined) return undefined;
  const files = [
    // One that was compiled on purpose comes before those that came with the package.
    join(library, 'build', 'Release', 'better_sqlite3.node'),
    join(library, 'prebuilds', `${platformName()}.node`),
  ];
  const file = files.find((path) => existsSync(path));
  if (file === undefined) return undefined;
  // `require` would first resolve the path by all its rules, which costs a hook half a millisecond more.
  const native = { exports: {} };
  process.dlopen(native, file);
  return native.exports;
}

function askNode(folder: string): string | undefined {
  const { createRequire } = process.getBuiltinModule('node:module');
  try {
    return dirname(createRequire(join(folder, 'hook.cjs')).resolve('better-sqlite3/package.json'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}

function platformName(): string {
  // Alpine and its like have another C library, whose loader lies at a fixed place.
  const machine = process.arch === 'arm64' ? 'aarch64' : 'x86_64';
  const musl = process.platform === 'linux' && existsSync(`/lib/ld-musl-${machine}.so.1`);
  return `${musl ? 'linuxmusl' : process.platform}-${process.arch}`;
}
