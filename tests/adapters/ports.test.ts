import { createServer, type Server } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { ports } from '#adapters/ports.ts';

async function listenOn(host: string): Promise<number> {
  const server: Server = createServer();
  await new Promise<void>((done) => server.listen({ port: 0, host }, done));
  onTestFinished(() => new Promise<void>((done) => server.close(() => done())));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('It does not listen.');
  return address.port;
}

test.each(['127.0.0.1', '0.0.0.0'])(
  'a port that is listened on at %s is not free',
  async (host) => {
    const port = await listenOn(host);
    expect(await ports.arePortsFree(port, 1)).toBe(false);
    expect(await ports.arePortsFree(port - 2, 3)).toBe(false);
  },
);

test('asking leaves it free', async () => {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as { port: number };
  await new Promise<void>((done) => server.close(() => done()));
  expect(await ports.arePortsFree(port, 1)).toBe(true);
  expect(await ports.arePortsFree(port, 1)).toBe(true);
});
