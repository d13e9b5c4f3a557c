// Lines left out at both ends of a text: the same for a whole text and for any cuts, however long the text is.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { outerLines, withoutOuterLines, type LeftOut, type OuterLines } from './outer-lines.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

async function* inChunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.slice(at, at + size);
}

async function streamed(
  text: string,
  lines: OuterLines,
  size: number,
  limit = 1 << 20,
): Promise<{ text: string; leftOut: LeftOut }> {
  const leftOut = { first: 0, last: 0 };
  let out = '';
  for await (const chunk of withoutOuterLines(inChunks(utf8(text), size), lines, leftOut, limit))
    out += textOf(chunk);
  return { text: out, leftOut };
}

function whole(text: string, lines: OuterLines): { text: string; leftOut: LeftOut } {
  const bytes = utf8(text);
  const { from, to, leftOut } = outerLines(bytes, lines);
  return { text: textOf(bytes.subarray(from, to)), leftOut };
}

/** By the book: the text cut into lines with their ends. */
function plainly(text: string, { first, last, anyLineEnd }: OuterLines) {
  const lines =
    text.match(anyLineEnd ? /[^\r\n]*(\r\n|\r|\n)|[^\r\n]+$/g : /[^\n]*\n|[^\n]+$/g) ?? [];
  const below = lines.slice(first);
  return {
    text: below.slice(0, Math.max(0, below.length - last)).join(''),
    leftOut: { first: Math.min(first, lines.length), last: Math.min(last, below.length) },
  };
}

describe('outer lines', () => {
  it('are left out the same way whole and in any chunks', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('a', '"', 'ü', '\n', '\r', '\r\n', 'xyz'), { maxLength: 30 }),
        fc.record({
          first: fc.nat({ max: 4 }),
          last: fc.nat({ max: 4 }),
          anyLineEnd: fc.boolean(),
        }),
        fc.integer({ min: 1, max: 9 }),
        async (parts, lines, size) => {
          const text = parts.join('');
          const expected = plainly(text, lines);
          expect(whole(text, lines)).toEqual(expected);
          // Chunks of any size cut characters, which only their bytes survive.
          expect(await streamed(text.replaceAll('ü', 'u'), lines, size)).toEqual({
            ...expected,
            text: expected.text.replaceAll('ü', 'u'),
          });
        },
      ),
      { numRuns: 500, seed: 4 },
    );
  });

  it('hold no more than the last lines', async () => {
    const line = `${'x'.repeat(99)}\n`;
    const { text, leftOut } = await streamed(
      line.repeat(5_000),
      { first: 1, last: 2, anyLineEnd: false },
      1_000,
      2_000,
    );
    expect(text).toBe(line.repeat(4_997));
    expect(leftOut).toEqual({ first: 1, last: 2 });
    await expect(
      streamed('y'.repeat(5_000), { first: 0, last: 2, anyLineEnd: false }, 1_000, 2_000),
    ).rejects.toMatchObject({ code: 'read.lines-too-large' });
  });
});
