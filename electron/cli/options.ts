import { Option } from 'commander';
import { efforts, providerKinds } from '#shared/domain/model.ts';
import type { Effort, ProviderKind } from '#shared/domain/model.ts';
import { commandLine } from '#shared/messages/command-line.ts';
import { UsageError } from './usage-error.ts';

const { options, usage } = commandLine;

export function libraryOption(): Option {
  return new Option('--library <file>', options.library);
}

export function jsonOption(): Option {
  return new Option('--json', options.json);
}

export function portOption(): Option {
  return new Option('--port <n>', options.port).default(0).argParser((text) => {
    const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
    if (!(port <= 65_535)) throw new UsageError(usage.port(text));
    return port;
  });
}

export function cellOption(): Option {
  return new Option('--cell <n>', options.cell).argParser((text) => {
    if (!/^[1-9]\d{0,8}$/.test(text)) throw new UsageError(usage.cell(text));
    return Number(text);
  });
}

export function providerOption(): Option {
  return new Option('--provider <name>', options.provider).argParser((text): ProviderKind => {
    const provider = providerKinds.find((kind) => kind === text);
    if (provider === undefined) throw new UsageError(usage.provider(text));
    return provider;
  });
}

export function effortOption(): Option {
  return new Option('--effort <e>', options.effort).argParser((text): Effort => {
    const effort = efforts.find((known) => known === text);
    if (effort === undefined) throw new UsageError(usage.effort(text));
    return effort;
  });
}

export function formatOption(): Option {
  return new Option('--to <format>', options.to).makeOptionMandatory().argParser((text): 'pdf' => {
    if (text !== 'pdf') throw new UsageError(usage.format(text));
    return text;
  });
}
