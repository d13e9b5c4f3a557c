// The shared suite over every codec, and that ids are unique.
import { expect, it } from 'vitest';
import { describeCodec } from './codec.suite.ts';
import { codecs } from './registry.ts';

it('has codecs, each under an id of its own', () => {
  expect(codecs.length).toBeGreaterThan(0);
  expect(new Set(codecs.map((card) => card.id)).size).toBe(codecs.length);
});

for (const card of codecs) describeCodec(card);
