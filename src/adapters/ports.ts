import { createServer } from 'node:net';

export interface Ports {
  /** Whether nothing on this machine listens on any of so many ports, from the first on. */
  arePortsFree(first: number, count: number): Promise<boolean>;
}

/** No such address here: without IPv6 there is nobody to be in the way either. */
const NO_ADDRESS = new Set(['EADDRNOTAVAIL', 'EAFNOSUPPORT']);

export const ports: Ports = {
  async arePortsFree(first, count) {
    for (let port = first; port < first + count; port += 1) {
      if (!(await isFree(port, '127.0.0.1')) || !(await isFree(port, '::1'))) return false;
    }
    return true;
  },
};

/** Asked by listening on it for a moment, on loopback alone. */
function isFree(port: number, host: string): Promise<boolean> {
  return new Promise((done) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => done(NO_ADDRESS.has(error.code ?? '')));
    server.listen({ port, host, exclusive: true }, () => server.close(() => done(true)));
  });
}
