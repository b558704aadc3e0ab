import { createServer } from 'node:net';

/** A free loopback port: the preferred one when it is free. Somebody else may still take it first, so a start may need a second try. */
export async function freePort(preferred = 0): Promise<number> {
  return (await tryPort(preferred)) ?? (await tryPort(0)) ?? Promise.reject(new Error('no free port on 127.0.0.1'));
}

/** The first free port from `start` upward. */
export async function freePortFrom(start: number): Promise<number> {
  for (let port = start; port < start + 100; port += 1) if ((await tryPort(port)) !== null) return port;
  return freePort();
}

function tryPort(port: number): Promise<number | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(null));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(address !== null && typeof address === 'object' ? address.port : null));
    });
  });
}
