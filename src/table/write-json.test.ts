// Holds the writers of JSON text and of typed values' text against the runtime's own.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteWriter } from './byte-writer.ts';
import { arrayElements } from './json-records.ts';
import { jsonEscape, uniqueNames, unixText, writeJsonString, writeJsonText } from './write-json.ts';
import {
  createTimestampText,
  dateText,
  decimalText,
  float32Text,
  writeBase64,
} from './value-text.ts';
import { createZoneOffset } from './zone-offset.ts';

const utf8 = new TextEncoder();
const textOf = (write: (out: ByteWriter) => void): string => {
  const out = new ByteWriter(1);
  write(out);
  return new TextDecoder().decode(out.take());
};
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom('a', '"', '\\', '\n', '\u0001', "'", 'é', '😀', '\u007f') }),
);

describe('strings', () => {
  it('are what JSON.stringify writes', () => {
    fc.assert(
      fc.property(anyText, fc.nat(5), (text, offset) => {
        const bytes = utf8.encode('#'.repeat(offset) + text + '##');
        const written = textOf((out) => writeJsonString(bytes, offset, bytes.length - 2, out));
        expect(written).toBe(JSON.stringify(text));
      }),
      { numRuns: 1000 },
    );
  });

  it('undo doubled quotes of any kind on the way', () => {
    fc.assert(
      fc.property(anyText, fc.constantFrom('"', "'", 'a', '\\'), (text, quote) => {
        const bytes = utf8.encode(text.replaceAll(quote, quote + quote));
        const written = textOf((out) =>
          writeJsonText(bytes, 0, bytes.length, out, quote.charCodeAt(0)),
        );
        expect(`"${written}"`).toBe(JSON.stringify(text));
      }),
      { numRuns: 1000 },
    );
  });

  it('escape code points in UTF-16 units', () => {
    expect(JSON.parse(`"${jsonEscape(0x20ac)}${jsonEscape(0x1f600)}"`)).toBe('€😀');
  });
});

describe('array elements', () => {
  it('are those of JSON.parse', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), fc.nat(3), (values, indent) => {
        const bytes = utf8.encode(JSON.stringify(values, null, indent));
        const ranges = arrayElements(bytes, 0, bytes.length)!;
        const found = [];
        for (let i = 0; i < ranges.length; i += 2)
          found.push(
            JSON.parse(new TextDecoder().decode(bytes.subarray(ranges[i], ranges[i + 1]))),
          );
        expect(found).toEqual(JSON.parse(JSON.stringify(values)));
      }),
      { numRuns: 500 },
    );
    for (const text of ['{"a":[1]}', '"[1]"', 'null', ''])
      expect(arrayElements(utf8.encode(text), 0, utf8.encode(text).length)).toBeNull();
  });
});

describe('names', () => {
  it('become unique and stay where they were', () => {
    expect(uniqueNames(['a', 'a', 'a_2', 'a', '', ''])).toEqual([
      'a',
      'a_3',
      'a_2',
      'a_4',
      '',
      '_2',
    ]);
    const many = uniqueNames(Array.from({ length: 20_000 }, () => 'x'));
    expect(new Set(many).size).toBe(20_000);
  });
});

describe('typed values', () => {
  it('have base64 as the runtime has it', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(textOf((out) => writeBase64(bytes, 0, bytes.length, out))).toBe(
          Buffer.from(bytes).toString('base64'),
        );
      }),
    );
  });

  it('have 32-bit floats that read back', () => {
    expect(float32Text(-0)).toBe('-0');
    expect(float32Text(NaN)).toBe('NaN');
    fc.assert(
      fc.property(fc.float({ noNaN: true }), (value) => {
        expect(Math.fround(Number(float32Text(value)))).toBe(value);
        // String leaves out the sign of a negative zero.
        const longest = Object.is(value, -0) ? 2 : String(value).length;
        expect(float32Text(value).length).toBeLessThanOrEqual(longest);
      }),
    );
  });

  it('have dates and instants as Date has them', () => {
    fc.assert(
      fc.property(fc.date({ noInvalidDate: true }), (date) => {
        const ms = BigInt(date.getTime());
        expect(createTimestampText('ms', 'UTC')(ms)).toBe(date.toISOString());
        expect(dateText(Math.floor(date.getTime() / 86_400_000))).toBe(
          date.toISOString().split('T')[0],
        );
        expect(Number(unixText(ms, 'ms', 's'))).toBe(date.getTime() / 1000);
        expect(unixText(ms, 'ms', 'ms')).toBe(String(ms));
        expect(unixText(ms, 'ms', 'us')).toBe(String(ms * 1000n));
        expect(Number(unixText(ms, 'us', 'ms'))).toBe(Number(ms) / 1000);
      }),
    );
  });

  it('have exact decimals', () => {
    expect(decimalText(-5n, 2)).toBe('-0.05');
    expect(decimalText(0n, 3)).toBe('0.000');
    expect(decimalText(-120n, 0)).toBe('-120');
  });
});

describe('zones', () => {
  it('are as far from UTC as the rules say', () => {
    expect(createZoneOffset('+05:45')(0)).toBe(20_700);
    expect(createZoneOffset('-0330')(0)).toBe(-12_600);
    expect(createZoneOffset('UTC')(0)).toBe(0);
    const newYork = createZoneOffset('America/New_York');
    // 2024-03-10T07:00Z is the second at which summer time starts.
    expect(newYork(1_710_054_000 - 1)).toBe(-18_000);
    expect(newYork(1_710_054_000)).toBe(-14_400);
    expect(createZoneOffset('Asia/Kathmandu')(1_700_000_000)).toBe(20_700);
    expect(() => createZoneOffset('Mars/Olympus')).toThrow(RangeError);
  });
});
