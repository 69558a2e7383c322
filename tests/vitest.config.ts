import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.{ts,tsx}'],
    testTimeout: 30_000,
    hookTimeout: 30_000,
    // Recorded screens show times of day; whether they have colours must not hang on who runs them.
    env: { TZ: 'UTC', FORCE_COLOR: '3' },
    // Two busy cores: journeys start git, tmux and node processes of their own.
    maxWorkers: 2,
  },
});
