// Pieces cut anywhere out of XML documents: what is found in them are whole records, in their order, or nothing.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findXmlRecords } from './find-records.ts';
import { xmlOptions } from './options.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder();

function find(piece: Uint8Array, isStart = false, isEnd = false, path = '/rows/row') {
  const options = { ...xmlOptions.defaults, path };
  return findXmlRecords(piece, {
    options,
    columnCount: 2,
    columnNames: ['id', 'text'],
    isStart,
    isEnd,
  });
}

const content = fc.constantFrom(
  'plain',
  'a &lt;row&gt; b',
  '<!-- <row id="x"> -->',
  '<![CDATA[<row></row> ]] > <rows>]]>',
  '<?go <row> ?>',
  '<cell a="1 > 0" b=\'"\'/>',
  'more > less',
  '<deep><deeper/></deep>',
);
const row = fc.tuple(fc.nat(), fc.array(content, { maxLength: 4 }), fc.boolean());

it('finds whole records or none, wherever a piece begins and ends', () => {
  let found = 0;
  fc.assert(
    fc.property(fc.array(row, { minLength: 60, maxLength: 90 }), fc.nat(), (rows, seed) => {
      const texts = rows.map(([id, parts, isEmpty]) =>
        isEmpty ? `<row id="${id}"/>` : `<row id="${id}">${parts.join('')}</row>`,
      );
      const bytes = encoder.encode(`<?xml version="1.0"?>\n<rows>\n${texts.join('\n')}\n</rows>\n`);
      const from = 40 + (seed % Math.floor(bytes.length / 3));
      const all = texts.join('\n');
      const start = find(bytes.subarray(0, bytes.length - from), true);
      if (start !== null) {
        const cut = decoder.decode(bytes.subarray(0, start.to));
        expect(all.startsWith(cut.slice(cut.indexOf('<row ')))).toBe(true);
        expect(cut).toMatch(/(?:<\/row>|\/>)$/);
      }
      const middle = find(bytes.subarray(from, bytes.length - 30));
      if (middle !== null) {
        const cut = decoder.decode(bytes.subarray(from + middle.from, from + middle.to));
        expect(texts.some((each) => cut.startsWith(each))).toBe(true);
        expect(texts.some((each) => cut.endsWith(each))).toBe(true);
        expect(all).toContain(cut);
      }
      const end = find(bytes.subarray(from), false, true);
      if (end !== null) {
        const cut = decoder.decode(bytes.subarray(from + end.from));
        expect(texts.some((each) => cut.startsWith(each))).toBe(true);
        expect(cut.endsWith('</rows>\n')).toBe(true);
      }
      found += [start, middle, end].filter((each) => each !== null).length;
    }),
    { numRuns: 80, seed: 7 },
  );
  // Not by finding nothing.
  expect(found).toBeGreaterThan(200);
});

describe('is not sure', () => {
  const repeat = (text: string): Uint8Array => encoder.encode(text.repeat(60));

  it('of records in records', () => {
    expect(find(repeat('<row><row>1</row></row>').subarray(5))).toBeNull();
  });

  it('of records that do not stand right below the root', () => {
    expect(find(repeat('<row>1</row>'), false, false, '/rows/group/row')).toBeNull();
    expect(find(repeat('<row>1</row>'), false, false, '//row')).toBeNull();
    expect(find(repeat('<row>1</row>'), false, false, '/rows/*')).toBeNull();
  });

  it('of what closes more than the root at its end', () => {
    const piece = encoder.encode(`${'<row>1</row>'.repeat(60)}</group></rows>`);
    expect(find(piece, false, true)).toBeNull();
    expect(find(encoder.encode(`${'<row>1</row>'.repeat(60)}</rows>`), false, true)).not.toBeNull();
  });
});

it('leaves out what a comment holds that begins before the piece', () => {
  const rows = Array.from({ length: 40 }, (_, i) => `<row>${i}</row>`).join('');
  const piece = encoder.encode(`${rows}--><row>first</row>${rows}`);
  const place = find(piece)!;
  expect(decoder.decode(piece.subarray(place.from)).startsWith('<row>first</row>')).toBe(true);
});
