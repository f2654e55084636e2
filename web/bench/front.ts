import { readFileSync } from 'node:fs';
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { gzipSync } from 'node:zlib';
import { cache } from '../e2e/server/state';

const types: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };
const files = new Map<string, Buffer>();

/**
 * Serves the bare page below /bare/, gzipped, and passes everything else on to
 * the program, so that both pages come by the same way.
 */
export async function front(program: string): Promise<{ url: string; close: () => void }> {
  const server = createServer((incoming, answer) => {
    const path = (incoming.url ?? '/').split('?')[0] ?? '/';
    if (path.startsWith('/bare/')) serveFile(path.slice('/bare/'.length) || 'index.html', answer);
    else pass(program, incoming, answer);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, close: () => server.close() };
}

function serveFile(name: string, answer: ServerResponse) {
  const file = join(cache, 'bare', normalize(name));
  const body = files.get(file) ?? gzipSync(readFileSync(file));
  files.set(file, body);
  answer.writeHead(200, { 'Content-Type': types[extname(file)] ?? 'application/octet-stream', 'Content-Encoding': 'gzip', 'Cache-Control': 'no-cache' });
  answer.end(body);
}

function pass(program: string, incoming: IncomingMessage, answer: ServerResponse) {
  const onward = request(program + (incoming.url ?? '/'), { method: incoming.method, headers: incoming.headers }, (response) => {
    answer.writeHead(response.statusCode ?? 502, response.headers);
    response.pipe(answer);
  });
  onward.on('error', () => answer.destroy());
  incoming.pipe(onward);
}
