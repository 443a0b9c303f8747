import { defineConfig } from 'vitest/config';

/** The faults' sample is the same for everyone unless a seed is given. */
const faultSeed = process.env['SCHOLIUM_FAULT_SEED'] ?? '20261123';

export default defineConfig({
  test: {
    passWithNoTests: false,
    allowOnly: false,
    projects: [
      {
        test: {
          name: 'unit',
          include: ['tests/unit/**/*.test.{ts,tsx}'],
          pool: 'threads',
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: 'integration',
          include: ['tests/integration/**/*.test.{ts,tsx}'],
          pool: 'forks',
          maxWorkers: 2,
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'faults',
          include: ['tests/faults/**/*.test.ts'],
          pool: 'forks',
          maxWorkers: 2,
          env: { SCHOLIUM_FAULT_SEED: faultSeed },
          testTimeout: 240_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
