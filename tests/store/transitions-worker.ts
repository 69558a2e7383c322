// Run by contention.test.ts: makes `count` transitions on the tasks of a store, each deciding on what it reads.
import { openStore } from '#store/store.ts';

const [path = '', count = '0', tasks = '1'] = process.argv.slice(2);
const store = openStore(path);
for (let index = 0; index < Number(count); index += 1) {
  const id = 1 + ((index + process.pid) % Number(tasks));
  store.write(() => {
    const task = store.tasks.find(id);
    if (task === null) throw new Error(`No task ${id}.`);
    // The position serves as a counter: an update that is lost shows in the sum.
    store.tasks.update(
      id,
      { position: task.position + 1 },
      { kind: 'test.step', source: 'claustre', at: String(index) },
    );
  });
}
store.close();
