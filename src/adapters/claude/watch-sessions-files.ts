import { join } from 'node:path';
import { configDir } from './config-dir.ts';

/**
 * Calls back when one of Claude's own files about running sessions changed, some 50 ms after. A hint, not a guarantee: the folder may not exist
 * before the first start of Claude, and sessions may use another one. Returns a function that ends it.
 */
export function watchSessionsFiles(
  env: Readonly<Record<string, string>>,
  callback: () => void,
): () => void {
  const folder = configDir(env);
  if (folder === null) return () => undefined;
  let ended = false;
  let close = (): void => undefined;
  const start = async (): Promise<void> => {
    // Loaded when used: only the supervisor watches.
    const { watch } = await import('chokidar');
    if (ended) return;
    const watcher = watch(join(folder, 'sessions'), { ignoreInitial: true, depth: 0 });
    watcher.on('all', callback);
    // A system without watches left, or a folder that may not be read: the look by the clock needs neither.
    watcher.on('error', () => void watcher.close());
    close = () => void watcher.close();
  };
  void start();
  return () => {
    ended = true;
    close();
  };
}
