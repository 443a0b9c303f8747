import { describe, expect, it } from 'vitest';
import { baseUrlOf, isLoopback, withBaseUrls } from '#backend/models/base-urls.ts';
import { AppError } from '#shared/domain/failure.ts';

const sources = (openaiBaseUrl: string | null, env: Record<string, string> = {}) => ({
  env,
  settings: { get: () => ({ openaiBaseUrl, compatibleBaseUrl: null }) },
});

describe('where OpenAI is reached', () => {
  it('is the setting, else the environment’s address, else its own', () => {
    const env = { OPENAI_BASE_URL: 'https://gate.example/v1/' };
    expect(baseUrlOf('openai', sources('http://127.0.0.1:8080/v1/', env))).toBe('http://127.0.0.1:8080/v1');
    expect(baseUrlOf('openai', sources(' ', env))).toBe('https://gate.example/v1');
    expect(baseUrlOf('openai', sources(null, { OPENAI_BASE_URL: '' }))).toBe('https://api.openai.com/v1');
  });

  it('is what this start was told, before all others', () => {
    const told = withBaseUrls(sources('https://setting.example/v1'), { openai: 'http://127.0.0.1:1/v1' });
    expect(baseUrlOf('openai', told)).toBe('http://127.0.0.1:1/v1');
  });

  it.each([
    'gate.example',
    'ftp://gate.example',
    'https://me:secret@gate.example',
    'https://gate.example/?a=b',
    'http://',
  ])('is never %s', (text) => expect(() => baseUrlOf('openai', sources(text))).toThrow(AppError));

  it('has to be set for a compatible server', () => {
    expect(() => baseUrlOf('compatible', sources(null))).toThrow('base-url-missing');
  });
});

it('only this machine’s own addresses are this machine', () => {
  const own = ['http://127.0.0.1:1', 'http://localhost', 'http://a.localhost:2', 'http://[::1]:3'];
  expect(own.map(isLoopback)).toEqual([true, true, true, true]);
  const others = ['http://127.evil.example', 'http://localhost.evil.example', 'http://10.0.0.1', 'nonsense'];
  expect(others.map(isLoopback)).toEqual([false, false, false, false]);
});
