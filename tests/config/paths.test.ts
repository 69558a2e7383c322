import { describe, expect, test } from 'vitest';
import { createPaths, environment, socketName, userHome } from '#config/paths.ts';

const MAIN = '/opt/claustre/dist/main.js';

describe('the data directory', () => {
  test('is ~/.claustre', () => {
    const paths = createPaths({ HOME: '/home/u' }, MAIN);
    expect(paths.home).toBe('/home/u/.claustre');
    expect(paths.config).toBe('/home/u/.claustre/config.toml');
    expect(paths.database).toBe('/home/u/.claustre/claustre.db');
  });

  test('is where CLAUSTRE_HOME says, unless that is empty', () => {
    expect(createPaths({ HOME: '/home/u', CLAUSTRE_HOME: '/data' }, MAIN).home).toBe('/data');
    expect(createPaths({ HOME: '/home/u', CLAUSTRE_HOME: '' }, MAIN).home).toBe(
      '/home/u/.claustre',
    );
  });

  test('is absolute, whatever was said', () => {
    const { home } = createPaths({ HOME: '/home/u', CLAUSTRE_HOME: 'here' }, MAIN);
    expect(home).toBe(`${process.cwd()}/here`);
  });
});

test('hooks and their forwarders lie beside the script that runs', () => {
  const paths = createPaths({ HOME: '/home/u' }, MAIN);
  expect(paths.hook).toBe('/opt/claustre/dist/hook.cjs');
  expect(paths.hooks).toBe('/opt/claustre/hooks/claude');
  expect(paths.node).toBe(process.execPath);
});

describe('the name of the tmux socket', () => {
  test('is plain for the usual data directory', () => {
    expect(socketName('/home/u/.claustre', '/home/u')).toBe('claustre');
  });

  test('differs for every other one, and stays the same for it', () => {
    const one = socketName('/data/one', '/home/u');
    expect(one).toMatch(/^claustre-[0-9a-f]{8}$/);
    expect(one).toBe(socketName('/data/one', '/home/u'));
    expect(one).not.toBe(socketName('/data/two', '/home/u'));
  });
});

test('without HOME, the system knows the home directory', () => {
  expect(userHome({})).toMatch(/^\//);
  expect(userHome({ HOME: '/home/u' })).toBe('/home/u');
});

test('the environment is that of this process', () => {
  expect(environment().PATH).toBe(process.env.PATH);
});
