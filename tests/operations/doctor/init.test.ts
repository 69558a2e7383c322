import { expect, test } from 'vitest';
import { initHome } from '#operations/doctor/init.ts';
import { granted, workshop } from '../../support/workshop.ts';

test('init says where the data lies', async () => {
  const { app } = workshop();
  expect(granted(await initHome.run(app, {})).home).toBe(app.paths.home);
});
