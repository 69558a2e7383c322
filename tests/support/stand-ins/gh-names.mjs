// What the stand-in for gh calls things.
export const address = (world, pull) =>
  `https://${world.host}/${pull.repository}/pull/${pull.number}`;
export const idOf = (pull) => `PR_${pull.repository}_${pull.number}`;
export const when = (time) => time ?? new Date().toISOString().replace(/\.\d+Z$/, 'Z');
