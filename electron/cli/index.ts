import { keepCompiledCode } from './compile-cache.ts';

keepCompiledCode(process.env);
// Everything else is loaded after that, so that it is compiled once and not at every start.
const { runCommandLine } = await import('./program.ts');
const exitCode = await runCommandLine(process.argv.slice(2));
// Idle connections and threads must not keep a command from ending once all is written and closed.
process.exit(exitCode);
