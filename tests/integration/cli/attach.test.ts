import { readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { z } from 'zod';
import { startModelServer } from '#tests/support/model-server/index.ts';
import { scholium, startScholium } from '#tests/support/scholium-command.ts';
import type { RunningCommand } from '#tests/support/scholium-command.ts';
import { temporaryDataFolder } from '#tests/support/served-app.ts';
import { writeProblems } from './problem-file.ts';

// Each of these starts several processes, on machines that may be doing other things.
vi.setConfig({ testTimeout: 120_000 });

let data: { path: string; remove(): Promise<void> };
const running: RunningCommand[] = [];

beforeEach(async () => {
  data = await temporaryDataFolder();
});
afterEach(async () => {
  for (const one of running) one.signal('SIGKILL');
  await Promise.all(running.splice(0).map(({ ended }) => ended));
  await data.remove();
});

const address = z.strictObject({ url: z.url(), port: z.int() });

async function serve(...args: string[]): Promise<RunningCommand & z.infer<typeof address>> {
  const server = startScholium(['serve', '--no-open', '--json', ...args], { dataFolder: data.path });
  running.push(server);
  return { ...server, ...address.parse(JSON.parse(await server.line())) };
}

const list = () => scholium(['list', '--json'], { dataFolder: data.path });

/** Comes in as a browser does, and opens the window's WebSocket. */
async function openWindow(server: { url: string; port: number }): Promise<WebSocket> {
  const arrival = await fetch(server.url, { redirect: 'manual' });
  const cookie = arrival.headers.get('set-cookie')?.split(';')[0] ?? '';
  const origin = `http://127.0.0.1:${server.port}`;
  const socket = new WebSocket(`ws://127.0.0.1:${server.port}/rpc`, { headers: { cookie }, origin });
  await new Promise((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  return socket;
}

/** One call in the contract's own framing: what any window sends first. */
async function listNotebooks(socket: WebSocket): Promise<string> {
  const answer = new Promise<string>((resolve, reject) => {
    socket.once('message', (message: Buffer) => resolve(message.toString('utf8')));
    socket.once('close', () => reject(new Error('The window was cut.')));
  });
  socket.send(JSON.stringify({ i: 'first', p: { u: '/notebooks/list', b: {} } }));
  return answer;
}

describe('while one Scholium has the library open', () => {
  test('the command line works on it through that one', async () => {
    await serve();
    const file = writeProblems(data.path, ['Evaluate $1+1$']);
    const imported = await scholium(['import', file, '--json'], { dataFolder: data.path });
    expect(imported.exitCode).toBe(0);
    const listed = z
      .array(z.object({ title: z.string(), notebookId: z.string() }))
      .parse(JSON.parse((await list()).stdout));
    expect(listed.map(({ title }) => title)).toContain('Some problems');
    const notebookId = listed.find(({ title }) => title === 'Some problems')?.notebookId ?? '';
    const ran = await scholium(['run', notebookId, '--json'], { dataFolder: data.path });
    expect(ran.exitCode).toBe(0);
    expect(JSON.parse(ran.stdout)).toMatchObject([{ cell: 1, state: 'completed' }]);
  });

  test('an address of one’s own is refused rather than ignored', async () => {
    await serve();
    const file = writeProblems(data.path, ['Evaluate $1+1$']);
    const library = ['--library', join(data.path, 'library.scholium')];
    const args = ['run', file, ...library, '--provider', 'compatible', '--base-url', 'http://127.0.0.1:9/v1'];
    const { exitCode, stderr } = await scholium([...args, '--model', 'm'], { dataFolder: data.path });
    expect(exitCode).toBe(2);
    expect(stderr).toContain('is open in another Scholium');
  });

  test('its socket and its address are readable by their owner alone', async () => {
    await serve();
    const lockFile = join(data.path, 'library.scholium.attach.json');
    const { socketPath } = z
      .object({ socketPath: z.string() })
      .parse(JSON.parse(readFileSync(lockFile, 'utf8')));
    expect(statSync(lockFile).mode & 0o077).toBe(0);
    expect(statSync(socketPath).mode & 0o077).toBe(0);
    expect(statSync(dirname(socketPath)).mode & 0o077).toBe(0);
  });

  test('who does not know the token of its socket is turned away', async () => {
    await serve();
    const lockFile = join(data.path, 'library.scholium.attach.json');
    const { socketPath } = z
      .object({ socketPath: z.string() })
      .parse(JSON.parse(readFileSync(lockFile, 'utf8')));
    for (const headers of [{}, { Authorization: 'Bearer wrong' }, { Authorization: 'Bearer ' }]) {
      const socket = new WebSocket(`ws+unix:${socketPath}:/rpc`, { headers });
      const opened = await new Promise((resolve) => {
        socket.once('open', () => resolve('opened'));
        socket.once('error', (error) => resolve(error.message));
      });
      expect(opened).toContain('401');
    }
  });

  test('a second one serves it too, and serves on when the first is killed', async () => {
    const first = await serve();
    const second = await serve();
    const before = await openWindow(second);
    expect(await listNotebooks(before)).toContain('Welcome');
    const cut = new Promise((resolve) => before.once('close', resolve));
    first.signal('SIGKILL');
    await cut;
    const after = await openWindow(second);
    expect(await listNotebooks(after)).toContain('Welcome');
    after.close();
    expect((await list()).exitCode).toBe(0);
    second.signal('SIGTERM');
    expect((await second.ended).exitCode).toBe(0);
  });

  test('of three, one takes over when the first ends by Ctrl+C, and the other attaches to it', async () => {
    const first = await serve();
    const others = [await serve(), await serve()];
    first.signal('SIGINT');
    expect((await first.ended).exitCode).toBe(0);
    for (const other of others) {
      const socket = await openWindow(other);
      expect(await listNotebooks(socket)).toContain('Welcome');
      socket.close();
    }
  });
});

describe('serve', () => {
  test('says its address on the first line and ends cleanly at Ctrl+C', async () => {
    const server = await serve();
    expect(server.url).toMatch(new RegExp(`^http://127\\.0\\.0\\.1:${server.port}/\\?token=[\\w-]{43}$`));
    server.signal('SIGINT');
    const { exitCode, stderr } = await server.ended;
    expect([exitCode, stderr]).toEqual([0, '']);
  });

  test('refuses a port that is in use, and gives the library back', async () => {
    const other = createServer();
    const port = await new Promise<number>((resolve) => {
      other.listen(0, '127.0.0.1', () => resolve(z.object({ port: z.int() }).parse(other.address()).port));
    });
    const { exitCode, stderr } = await scholium(['serve', '--no-open', '--port', String(port)], {
      dataFolder: data.path,
    });
    other.close();
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`Port ${port} is in use`);
    expect((await list()).exitCode).toBe(0);
  });

  test('keeps the text of a run that it was ended in, and says that it was interrupted', async () => {
    const models = await startModelServer({
      otherwise: { text: ['Half of it', ' and more'], fault: { type: 'stall', afterEvents: 3 } },
    });
    const env = { SCHOLIUM_COMPATIBLE_BASE_URL: models.url };
    const server = startScholium(['serve', '--no-open', '--json'], { dataFolder: data.path, env });
    running.push(server);
    await server.line();
    const file = writeProblems(data.path, ['What is it?']);
    const library = ['--library', join(data.path, 'library.scholium')];
    const run = startScholium(
      ['run', file, ...library, '--provider', 'compatible', '--model', 'm', '--json'],
      {
        dataFolder: data.path,
      },
    );
    running.push(run);
    await run.said('Problem 1: writing');
    server.signal('SIGTERM');
    expect((await server.ended).exitCode).toBe(0);
    const ended = await run.ended;
    expect(ended.exitCode).toBe(1);
    await models.close();
  });
});
