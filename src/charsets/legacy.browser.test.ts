// The legacy charsets in a browser: the same text as in Node, and the browser's own decoder, which keeps to the standard, agrees.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadDecoder } from './decode.ts';
import { CHECKSUMS, everySequence, readAll, testChecksums } from './legacy-sequences.suite.ts';
import { STANDARD_LABELS } from './labels.ts';

testChecksums();

/** How many sequences Chromium 156 reads otherwise than the standard says. */
const CHROMIUM_ERRS = new Map([
  // The four pointers of a letter with a combining mark (0x88 0x62, 0x64, 0xA3, 0xA5).
  ['big5', 4],
  // Takes the next character from JIS X 0212 after 0x8F and two bytes that mean nothing.
  ['euc-jp', 1],
  // Loses a byte behind a broken escape sequence.
  ['iso-2022-jp', 3],
]);

describe('against the TextDecoder of the browser', () => {
  it.each([...CHECKSUMS.keys()])('%s: every sequence', async (charset) => {
    const bytes = everySequence(charset);
    const wanted = new TextDecoder(charset).decode(bytes).split('\n');
    const got = (await readAll(charset, bytes)).split('\n');
    expect(got.length).toBe(wanted.length);
    const different = got.flatMap((line, i) => (line === wanted[i] ? [] : [[i, line, wanted[i]]]));
    const most = CHROMIUM_ERRS.get(charset) ?? 0;
    expect(different.length, JSON.stringify(different.slice(0, 9))).toBeLessThanOrEqual(most);
  });

  const sound = [...CHECKSUMS.keys()].filter((charset) => !CHROMIUM_ERRS.has(charset));
  it.each(sound)('%s: any bytes', async (charset) => {
    const open = await loadDecoder(charset);
    const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    const anyBytes = fc.array(
      fc.oneof(
        fc.uint8Array({ maxLength: 6 }),
        fc.uint8Array({ min: 0x81, max: 0xfe, maxLength: 6 }),
        fc.constantFrom(
          ...['ab\n', '\x81\x30\x81\x30'].map((text) =>
            Uint8Array.from(text, (character) => character.charCodeAt(0)),
          ),
        ),
      ),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(anyBytes, (parts) => {
        const decoder = open({ onInvalid: 'replace', name: 'a' });
        const text = [...parts.map((part) => decoder.push(part)), decoder.finish()].map((part) =>
          utf8.decode(part),
        );
        const whole = Uint8Array.from(parts.flatMap((part) => [...part]));
        expect(text.join('')).toBe(new TextDecoder(charset).decode(whole));
      }),
      { numRuns: 300 },
    );
  });

  it('has the same labels', () => {
    for (const [id, labels] of STANDARD_LABELS)
      for (const label of labels.split(' ').filter(Boolean))
        // Visual and logical order are one charset here.
        expect(new TextDecoder(label).encoding.replace('-8-i', '-8'), label).toBe(id);
  });
});
