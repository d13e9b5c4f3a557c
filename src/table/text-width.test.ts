// Widths of texts in a fixed-width font.
import { expect, it } from 'vitest';
import { textWidth } from './text-width.ts';

it.each([
  ['', 0],
  ['abc', 3],
  ['é', 1],
  ['e\u0301', 1],
  ['日本', 4],
  ['한', 2],
  ['😀', 2],
  ['\u202etxt', 3],
  ['ｆ', 2],
  ['ﾊ', 1],
])('%j takes %d', (text, width) => {
  const bytes = new TextEncoder().encode(`x${text}y`);
  expect(textWidth(bytes, 1, bytes.length - 1)).toBe(width);
});
