/**
 * The scripted model server as a process of its own:
 *
 *   node tests/support/model-server/main.ts [--port 0] [--script options.json]
 *
 * The file holds what `startModelServer` takes. Prints its address on the first line, then runs until
 * it is told to end or its standard input closes. `GET /_ledger` reads its ledger, `POST /_script`
 * queues another answer.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { optionsSchema } from './script.ts';
import { startModelServer } from './server.ts';

const { values } = parseArgs({
  options: { port: { type: 'string', default: '0' }, script: { type: 'string' } },
});
const file: unknown = values.script === undefined ? {} : JSON.parse(readFileSync(values.script, 'utf8'));
const server = await startModelServer(optionsSchema.parse(file), Number(values.port));
process.stdout.write(`${server.url}\n`);

const end = (): void => {
  void server.close().then(() => process.exit(0));
};
process.on('SIGTERM', end);
process.on('SIGINT', end);
process.stdin.on('end', end);
process.stdin.resume();
