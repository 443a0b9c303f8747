import { registerHooks } from 'node:module';

/** One module `electron` for each running app: its members, by the number in its main module's address. */
const apps = new Map<string, Readonly<Record<string, unknown>>>();
const place = Symbol.for('scholium electron stand-in');
let isRegistered = false;

/** Makes `import … from 'electron'` in main's module number `run` mean `members`. */
export function standInFor(run: string, members: Readonly<Record<string, unknown>>): void {
  apps.set(run, members);
  if (isRegistered) return;
  isRegistered = true;
  Reflect.set(globalThis, place, apps);
  registerHooks({
    resolve(specifier, context, next) {
      const number = /[?&]run=(\d+)/.exec(context.parentURL ?? '')?.[1];
      if (specifier !== 'electron' || number === undefined) return next(specifier, context);
      return { url: `electron-stand-in:${number}`, format: 'module', shortCircuit: true };
    },
    load(url, context, next) {
      const number = /^electron-stand-in:(\d+)$/.exec(url)?.[1];
      if (number === undefined) return next(url, context);
      return { source: sourceFor(number), format: 'module', shortCircuit: true };
    },
  });
}

function sourceFor(run: string): string {
  const names = Object.keys(apps.get(run) ?? {});
  const members = `globalThis[Symbol.for('${place.description}')].get('${run}')`;
  return names.map((name) => `export const ${name} = ${members}['${name}'];`).join('\n');
}
