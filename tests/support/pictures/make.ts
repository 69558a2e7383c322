// Makes the pictures of README and docs/ from the running program: `npm run pictures`, or after a build
// `node tests/support/pictures/make.ts diff palette` for some of them.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openCamera } from './camera.ts';
import { createPlace, type Place, ROOT } from './place.ts';
import { SCENES, type Scene } from './scenes.ts';
import { screenSvg } from './screen-svg.ts';
import { populate, prepare } from './tea-house.ts';

const wanted = process.argv.slice(2);
const scenes = SCENES.filter(({ name }) => wanted.length === 0 || wanted.includes(name));

async function photograph(place: Place, scene: Scene): Promise<void> {
  const { name, title, columns, rows, theme = 'dark' } = scene;
  place.configure(`[dashboard]\ntheme = "${theme}"\n`);
  const camera = openCamera(place, columns, rows);
  try {
    await scene.play(camera);
    const screen = camera.shoot();
    if (screen.rows.some((row) => row.includes(place.root))) {
      throw new Error(`The picture "${name}" shows a path of this machine.`);
    }
    const file = join(ROOT, 'docs', 'pictures', `${name}.svg`);
    writeFileSync(file, screenSvg(screen, title, theme));
    process.stdout.write(`Wrote ${file}\n`);
  } catch (error) {
    process.stderr.write(`${camera.look()}\n`);
    throw error;
  } finally {
    await camera.close();
  }
}

const place = createPlace();
try {
  prepare(place);
  await populate(place);
  for (const scene of scenes) await photograph(place, scene);
} finally {
  await place.end();
}
