// The shared suite over every codec, and that ids are unique.
import { expect, it, vi } from 'vitest';
import { describeCodec } from './codec.suite.ts';
import { codecs } from './registry.ts';

// Megabytes at many levels, through programs that have to start: a busy machine needs its time.
vi.setConfig({ testTimeout: 60_000 });

it('has codecs, each under an id of its own', () => {
  expect(codecs.length).toBeGreaterThan(0);
  expect(new Set(codecs.map((card) => card.id)).size).toBe(codecs.length);
});

for (const card of codecs) describeCodec(card);
