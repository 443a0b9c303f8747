import { describe, expect, test } from 'vitest';
import { packageArguments } from '../../../build/package/arguments.mjs';

const linux = { platform: 'linux', env: {}, hasHomepage: true } as const;
const mac = { platform: 'darwin', env: {}, hasHomepage: true } as const;
const certificate = { CSC_LINK: 'certificate.p12', CSC_KEY_PASSWORD: 'secret' };
const notarising = { APPLE_API_KEY: 'key.p8', APPLE_API_KEY_ID: 'id', APPLE_API_ISSUER: 'issuer' };

test('nothing is ever published', () => {
  expect(packageArguments([], linux).args.join(' ')).toContain('--publish never');
});

test('further arguments are passed on as they are', () => {
  expect(packageArguments(['--dir', '--arm64'], linux).args.slice(-2)).toEqual(['--dir', '--arm64']);
});

describe('without a home page', () => {
  const homeless = { ...linux, hasHomepage: false };

  test('the AppImage is made, and a sentence says why there is no .deb', () => {
    const { args, remarks } = packageArguments([], homeless);
    expect(args.join(' ')).toContain('--linux AppImage');
    expect(remarks.join(' ')).toContain('homepage');
  });

  test.each([[['--dir']], [['--linux', 'deb']]])('%j is done as asked', (given) => {
    expect(packageArguments(given, homeless).args.join(' ')).not.toContain('AppImage');
  });
});

describe('signing', () => {
  test('is off on macOS without a certificate, even if somebody’s keychain holds one', () => {
    const { args, remarks } = packageArguments([], mac);
    expect(args).toContain('-c.mac.identity=null');
    expect(args).toContain('-c.mac.notarize=false');
    expect(remarks.join(' ')).toContain('not signed');
  });

  test('must succeed where a certificate is named', () => {
    const { args, remarks } = packageArguments([], { ...mac, env: certificate });
    expect(args).toContain('-c.forceCodeSigning=true');
    expect(args).toContain('-c.mac.notarize=false');
    expect(remarks).toEqual([]);
  });

  test('is followed by notarising where Apple’s key is named as well', () => {
    const { args } = packageArguments([], { ...mac, env: { ...certificate, ...notarising } });
    expect(args).toContain('-c.mac.notarize=true');
  });

  test.each(Object.keys(notarising))('does not notarise when %s is missing', (missing) => {
    const env = { ...certificate, ...notarising, [missing]: '' };
    expect(packageArguments([], { ...mac, env }).args).toContain('-c.mac.notarize=false');
  });

  test('on Windows takes its own certificate or the common one', () => {
    for (const env of [certificate, { WIN_CSC_LINK: 'certificate.pfx' }]) {
      const { args } = packageArguments([], { platform: 'win32', env, hasHomepage: true });
      expect(args).toContain('-c.forceCodeSigning=true');
    }
  });

  test('asks nothing of Linux packages', () => {
    expect(packageArguments([], { ...linux, env: certificate }).args).not.toContain(
      '-c.forceCodeSigning=true',
    );
  });
});
