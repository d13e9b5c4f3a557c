// The shared suite over every archive, and that ids are unique.
import { expect, it, vi } from 'vitest';
import { describeArchive } from './archive.suite.ts';
import { archives } from './registry.ts';

// Megabytes at many levels, through programs that have to start: a busy machine needs its time.
vi.setConfig({ testTimeout: 60_000 });

it('has archives, each under an id of its own', () => {
  expect(archives.length).toBeGreaterThan(0);
  expect(new Set(archives.map((card) => card.id)).size).toBe(archives.length);
});

for (const card of archives) describeArchive(card);
