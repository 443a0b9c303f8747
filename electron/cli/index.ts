import { runCommandLine } from './program.ts';

const exitCode = await runCommandLine(process.argv.slice(2));
// Idle connections and threads must not keep a command from ending once all is written and closed.
process.exit(exitCode);
