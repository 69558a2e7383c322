// Builds dist/: main.js (ESM, split so that the screen and the commands load only when used), hook.cjs (one small file for Claude's hooks),
// hook-permission.cjs (the one that waits for a person) and agent.js (the stand-in for Claude Code in the demo).
import { chmodSync, readFileSync, rmSync } from 'node:fs';
import { build, context } from 'esbuild';

const production = {
  // React's development build costs 10 ms at the start and 1.3 ms per frame.
  'process.env.NODE_ENV': '"production"',
  'process.env.DEV': '"false"',
};

// Ink loads the devtools only when DEV is "true"; without this stub the bundle would need the package at run time.
const withoutDevtools = {
  name: 'without-devtools',
  setup(plugin) {
    plugin.onResolve({ filter: /^react-devtools-core$/ }, () => ({
      path: 'react-devtools-core',
      namespace: 'stub',
    }));
    plugin.onLoad({ filter: /.*/, namespace: 'stub' }, () => ({
      contents: 'export default { initialize() {}, connectToDevTools() {} };',
    }));
  },
};

// Ink and its like measure every text of every frame; see src/format/quick-width.ts.
const withQuickWidth = {
  name: 'with-quick-width',
  setup(plugin) {
    plugin.onResolve({ filter: /^string-width$/ }, ({ importer }) => {
      const quick = new URL('src/format/quick-width.ts', import.meta.url).pathname;
      return importer === quick ? null : { path: quick };
    });
  },
};

// Ink reads every text of a frame anew; see src/tui/widgets/known-cells.ts.
const withKnownCells = {
  name: 'with-known-cells',
  setup(plugin) {
    plugin.onResolve({ filter: /^@alcalzone\/ansi-tokenize$/ }, ({ importer }) => {
      const known = new URL('src/tui/widgets/known-cells.ts', import.meta.url).pathname;
      return importer === known ? null : { path: known };
    });
  },
};

// A hook opens a database that is there and never migrates one: of the migrations it needs to know how many there are.
const withoutMigrations = {
  name: 'without-migrations',
  setup(plugin) {
    plugin.onLoad({ filter: /\/store\/migrations\/\d{4}-[\w-]+\.ts$/ }, ({ path }) => {
      const contents = readFileSync(path, 'utf8').replace(/sql: `[^`]*`/, "sql: ''");
      return { contents, loader: 'ts' };
    });
  },
};

const shared = {
  bundle: true,
  platform: 'node',
  target: 'node22',
  outdir: 'dist',
  legalComments: 'none',
  logLevel: 'warning',
  define: production,
};

const main = {
  ...shared,
  entryPoints: { main: 'src/main.ts' },
  format: 'esm',
  splitting: true,
  chunkNames: 'chunk-[name]-[hash]',
  external: ['better-sqlite3', 'node-pty'],
  plugins: [withoutDevtools, withQuickWidth, withKnownCells],
  jsx: 'automatic',
  banner: {
    // Some bundled libraries are CommonJS and call require() for Node's own modules.
    js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
  },
};

const hook = {
  ...shared,
  entryPoints: { hook: 'src/hook.ts', 'hook-permission': 'src/hook-permission.ts' },
  format: 'cjs',
  outExtension: { '.js': '.cjs' },
  // Claude waits for it: every kilobyte that need not be read counts.
  minify: true,
  plugins: [withoutMigrations],
};

const agent = { ...shared, entryPoints: { agent: 'src/demo/agent.ts' }, format: 'esm' };

if (process.argv.includes('--watch')) {
  for (const options of [main, hook, agent]) await (await context(options)).watch();
} else {
  rmSync('dist', { recursive: true, force: true });
  await Promise.all([build(main), build(hook), build(agent)]);
  chmodSync('dist/main.js', 0o755);
}
