// Buffers come back only once, only from here, and never when they were kept or moved.
import { expect, it } from 'vitest';
import { adoptBuffer, giveBuffer, keepBuffer, takeBuffer } from './buffer-pool.ts';

const SIZE = 1 << 20;

it('hands a buffer out again after it was given back, and not before', () => {
  const first = takeBuffer(SIZE);
  const second = takeBuffer(SIZE);
  expect(second).not.toBe(first);
  giveBuffer(first);
  giveBuffer(first);
  expect(takeBuffer(SIZE)).toBe(first);
  expect(takeBuffer(SIZE)).not.toBe(first);
});

it('ignores strangers, kept buffers and moved ones', () => {
  const stranger = new ArrayBuffer(SIZE);
  const kept = takeBuffer(SIZE);
  const moved = takeBuffer(SIZE);
  keepBuffer(kept);
  structuredClone(moved, { transfer: [moved] });
  for (const buffer of [stranger, kept, moved]) giveBuffer(buffer);
  for (let i = 0; i < 30; i++) {
    const taken = takeBuffer(SIZE);
    expect(taken.byteLength).toBeGreaterThanOrEqual(SIZE);
    expect([stranger, kept, moved]).not.toContain(taken);
  }
});

it('takes in what came back from another thread', () => {
  const back = new ArrayBuffer(SIZE);
  adoptBuffer(back);
  expect(takeBuffer(SIZE)).toBe(back);
});
