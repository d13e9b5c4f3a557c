// Counts and small histograms of one column.
import { describe, expect, it } from 'vitest';
import { createProfileCounter } from './column-profile.ts';

function ofNumbers(numbers: readonly number[], spread: 'range' | 'whole-range') {
  const counter = createProfileCounter();
  for (const number of numbers) {
    counter.add(String(number).length, () => String(number));
    counter.place(number, () => String(number));
  }
  return counter.profile('', spread);
}

function ofTexts(texts: readonly string[]) {
  const counter = createProfileCounter();
  for (const text of texts) counter.add(text.length, () => text);
  return counter.profile('', 'values');
}

describe('a column’s profile', () => {
  it('puts numbers into bins of equal width', () => {
    const { shape } = ofNumbers([0, 1.5, 2, 15.9, 16], 'range');
    expect(shape).toEqual({
      kind: 'range',
      counts: [1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2],
      from: '0',
      to: '16',
    });
  });

  it('gives few whole numbers a bin each, and many sixteen', () => {
    expect(ofNumbers([3, 1, 3, 7, 2], 'whole-range').shape).toEqual({
      kind: 'range',
      counts: [1, 1, 2, 0, 0, 0, 1],
      from: '1',
      to: '7',
    });
    for (let width = 1; width <= 16; width++) {
      const numbers = Array.from({ length: width }, (_, i) => i - 5);
      expect(ofNumbers(numbers, 'whole-range').shape).toMatchObject({
        counts: numbers.map(() => 1),
      });
    }
    const many = ofNumbers(
      Array.from({ length: 1_600 }, (_, i) => i),
      'whole-range',
    );
    expect(many.shape).toMatchObject({ counts: Array.from({ length: 16 }, () => 100) });
  });

  it('holds the ends of what numbers there are', () => {
    const { shape } = ofNumbers([-1.7e308, 0, 1.7e308, NaN, Infinity], 'range');
    expect(shape).toMatchObject({ from: '-1.7e+308', to: '1.7e+308' });
    expect((shape as { counts: number[] }).counts.reduce((a, b) => a + b)).toBe(3);
    expect(ofNumbers([7, 7, 7], 'range').shape).toMatchObject({ counts: [3], from: '7', to: '7' });
    expect(ofNumbers([], 'range').shape).toBeNull();
  });

  it('lists the most frequent texts and counts the others', () => {
    const texts = ['b', 'a', 'a', '', 'c', 'a', 'b', ...'defghijklmnop'];
    const profile = ofTexts(texts);
    expect(profile.shape).toEqual({
      kind: 'values',
      values: ['a', 'b', '', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k'],
      counts: [3, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1],
      others: 5,
    });
    expect(profile).toMatchObject({ distinctCount: 17, emptyCount: 1, longest: 1 });
    expect(profile.examples).toEqual(['b', 'a', '', 'c', 'd']);
    expect(ofTexts([]).shape).toBeNull();
  });

  it('keeps counting the texts it knows when there are too many to know', () => {
    const texts = Array.from({ length: 5_000 }, (_, i) => (i % 2 ? 'often' : `rare ${i}`));
    const { shape, distinctCount } = ofTexts(texts);
    expect(distinctCount).toBe(1_000);
    expect(shape).toMatchObject({ kind: 'values', others: 5_000 - 2_500 - 11 });
    expect((shape as { counts: number[] }).counts[0]).toBe(2_500);
  });

  it('claims nothing for numbers that turned out to be text too late to have counted them', () => {
    const counter = createProfileCounter();
    for (let i = 0; i < 3_000; i++) {
      counter.add(4, () => String(i));
      counter.place(i, () => String(i));
    }
    counter.add(1, () => 'x');
    expect(counter.profile('', 'values').shape).toBeNull();
    expect(counter.profile('', 'whole-range').shape).toBeNull();
  });
});
