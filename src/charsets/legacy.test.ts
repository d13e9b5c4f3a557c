// The legacy charsets in Node: the same text as in a browser, the standard's rules for what is invalid, cuts, and other people's tables.
import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ExportError } from '../contract/errors.ts';
import { loadDecoder } from './decode.ts';
import type { DecoderOptions } from './decoding.ts';
import { STANDARD_LABELS } from './labels.ts';
import { CHECKSUMS, everySequence, readAll, testChecksums } from './legacy-sequences.suite.ts';
import { charsets, findCharset } from './registry.ts';

testChecksums();

const legacy = [...CHECKSUMS.keys()];
const openers = new Map(
  await Promise.all(legacy.map(async (id) => [id, await loadDecoder(id)] as const)),
);

function decode(id: string, chunks: readonly Uint8Array[], onInvalid: DecoderOptions['onInvalid']) {
  const decoder = openers.get(id)!({ onInvalid, name: 'a.csv' });
  const parts = [...chunks.map((chunk) => decoder.push(chunk).slice()), decoder.finish()];
  const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  return { text: parts.map((part) => utf8.decode(part)).join(''), losses: decoder.losses() };
}

describe('labels', () => {
  it('are those of the standard, letter case and outer spaces aside', () => {
    let count = 0;
    for (const [id, labels] of STANDARD_LABELS)
      for (const label of [id, ...labels.split(' ').filter(Boolean)]) {
        expect(findCharset(` ${label.toUpperCase()}\t`).id, label).toBe(id);
        count++;
      }
    // Of the standard's 228, all but iso-8859-1 and ascii (ours, exact), x-user-defined and the six that decode to nothing;
    // iso-8859-1 and ascii stand in the list of charsets.
    expect(count).toBe(219);
    expect(findCharset('iso-8859-1').id).toBe('iso-8859-1');
    expect(findCharset('ascii').id).toBe('ascii');
    for (const refused of ['replacement', 'iso-2022-kr', 'hz-gb-2312', 'x-user-defined'])
      expect(() => findCharset(refused)).toThrow('is not known');
  });

  it('name charsets of the list only, each once', () => {
    const ids = charsets.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of STANDARD_LABELS.keys()) expect(ids).toContain(id);
    expect([...legacy].sort()).toEqual(
      ids.filter((id) => !/^(utf|ascii|iso-8859-1$)/.test(id)).sort(),
    );
  });
});

describe('what the standard says of invalid bytes', () => {
  it.each<[string, number[], string]>([
    ['shift_jis', [0x81, 0x20], '\ufffd '],
    ['shift_jis', [0x81, 0x80, 0x81, 0xff, 0x41], '÷\ufffdA'],
    ['shift_jis', [0x80, 0xa0, 0xfd, 0xb1], '\x80\ufffd\ufffdｱ'],
    ['shift_jis', [0xf0, 0x40, 0xf9, 0xfc, 0x41, 0x81], '\ue000\ue757A\ufffd'],
    ['euc-jp', [0x8e, 0xe0, 0x8e, 0x41, 0x8f, 0xa1, 0x41], '\ufffd\ufffdA\ufffdA'],
    ['euc-jp', [0x8f, 0xa2, 0xaf, 0x8f, 0xb0, 0xa1, 0xa4, 0xa2], '˘丂あ'],
    ['euc-kr', [0xc8, 0xff, 0x41, 0x81, 0x41, 0xc9, 0x41], '\ufffdA갂\ufffdA'],
    ['big5', [0x88, 0x62, 0x88, 0xa5, 0x87, 0x40, 0x81, 0x40], 'Ê̄ê̌䏰\ufffd@'],
    ['gbk', [0x80, 0xff, 0x81, 0x7f, 0xa1, 0xe3], '€\ufffd\ufffd\x7f°'],
    ['gb18030', [0x81, 0x30, 0x81, 0x30, 0x84, 0x31, 0xa4, 0x39], '\x80\uffff'],
    ['gb18030', [0x90, 0x30, 0x81, 0x30, 0x81, 0x30, 0x41], '\u{10000}\ufffd0A'],
    ['gb18030', [0x81, 0x30, 0x81, 0x41, 0x81, 0x35, 0xf4, 0x37], '\ufffd0丄\ue7c7'],
    ['iso-2022-jp', [0x1b, 0x24, 0x42, 0x24, 0x22, 0x1b, 0x28, 0x42, 0x41], 'あA'],
    ['iso-2022-jp', [0x1b, 0x28, 0x4a, 0x5c, 0x7e, 0x1b, 0x28, 0x49, 0x31], '¥‾ｱ'],
    ['iso-2022-jp', [0x1b, 0x28, 0x42, 0x1b, 0x28, 0x42, 0x41], '\ufffdA'],
    ['iso-2022-jp', [0x1b, 0x41, 0x0e, 0x80, 0x1b, 0x24, 0x42, 0x24], '\ufffdA\ufffd\ufffd\ufffd'],
    ['windows-1253', [0xaa, 0xe1], '\ufffdα'],
    ['windows-874', [0xdb, 0xa1], '\ufffdก'],
  ])('%s %j', (id, bytes, text) => {
    const whole = Uint8Array.from(bytes);
    expect(decode(id, [whole], 'replace').text).toBe(text);
    const single = bytes.map((byte) => Uint8Array.of(byte));
    expect(decode(id, single, 'replace').text).toBe(text);
    const count = text.split('\ufffd').length - 1;
    expect(decode(id, [whole], 'replace').losses[0]?.count ?? 0).toBe(count);
  });

  it('fails with offset and line, and keeps bytes as Latin-1 on request', () => {
    const bytes = Uint8Array.from([0x82, 0xa0, 10, 0x41, 0x81, 0x20, 0x81, 0xad]);
    for (const chunks of [[bytes], [...bytes].map((byte) => Uint8Array.of(byte))]) {
      let error: unknown;
      try {
        decode('shift_jis', chunks, 'fail');
      } catch (thrown) {
        error = thrown;
      }
      expect((error as ExportError).code).toBe('read.charset.invalid');
      expect((error as ExportError).parameters).toEqual({
        name: 'a.csv',
        charset: 'shift_jis',
        offset: 4,
        line: 2,
      });
      expect(decode('shift_jis', chunks, 'latin1')).toEqual({
        text: 'あ\nA\x81 \x81\xad',
        losses: [
          {
            code: 'charset.invalid',
            sentence: 'Bytes that are not valid shift_jis became Latin-1 characters.',
            count: 2,
            example: '81 at byte 4 (line 2)',
          },
        ],
      });
    }
  });
});

describe('cuts', () => {
  const anyBytes = fc
    .array(
      fc.oneof(
        fc.uint8Array({ maxLength: 5 }),
        fc.uint8Array({ min: 0x81, max: 0xfe, maxLength: 5 }),
        fc.constantFrom(
          ...[
            '\x1b$B',
            '\x1b(B',
            '\x1b(J',
            '\x1b',
            '$"',
            'ab\n',
            '\x81\x30\x81\x30',
            '\x8f\xa2',
          ].map((text) => Uint8Array.from(text, (character) => character.charCodeAt(0))),
        ),
      ),
      { maxLength: 12 },
    )
    .map((parts) => new Uint8Array(Buffer.concat(parts)));

  it.each(legacy)('make no difference: %s', (id) => {
    fc.assert(
      fc.property(anyBytes, fc.array(fc.nat(5)), fc.boolean(), (bytes, sizes, isLatin1) => {
        const policy = isLatin1 ? 'latin1' : 'replace';
        const chunks: Uint8Array[] = [];
        let at = 0;
        for (const size of sizes) {
          chunks.push(bytes.slice(at, at + size));
          at += size;
        }
        chunks.push(bytes.slice(at));
        expect(decode(id, chunks, policy)).toEqual(decode(id, [bytes], policy));
      }),
      { numRuns: 100 },
    );
  });
});

describe('against the tables of Python', () => {
  const script = `
import sys
for argument in sys.argv[1:]:
    codec, size = argument.split(':')
    out = []
    for line in sys.stdin.buffer.read(int(size)).split(b'\\n'):
        try: out.append(line.decode(codec).encode('utf-8', 'surrogatepass'))
        except UnicodeDecodeError: out.append(b'\\xff')
    sys.stdout.buffer.write(b'\\n'.join(out) + b'\\xfe')
`;
  const has = spawnSync('python3', ['--version']).status === 0;

  /** Charset, codec, and how many of the sequences both know mean something else there. */
  const codecs: readonly (readonly [charset: string, codec: string, differences: number])[] = [
    ['ibm866', 'cp866', 0],
    ['iso-8859-2', 'iso_8859_2', 0],
    ['iso-8859-3', 'iso_8859_3', 0],
    ['iso-8859-4', 'iso_8859_4', 0],
    ['iso-8859-5', 'iso_8859_5', 0],
    ['iso-8859-6', 'iso_8859_6', 0],
    ['iso-8859-7', 'iso_8859_7', 0],
    ['iso-8859-8', 'iso_8859_8', 0],
    ['iso-8859-10', 'iso_8859_10', 0],
    ['iso-8859-13', 'iso_8859_13', 0],
    ['iso-8859-14', 'iso_8859_14', 0],
    ['iso-8859-15', 'iso_8859_15', 0],
    ['iso-8859-16', 'iso_8859_16', 0],
    ['koi8-r', 'koi8_r', 0],
    // 0xAE and 0xBE are Ў and ў in the standard, box drawing there.
    ['koi8-u', 'koi8_u', 2],
    ['macintosh', 'mac_roman', 0],
    ['windows-874', 'cp874', 0],
    ['windows-1250', 'cp1250', 0],
    ['windows-1251', 'cp1251', 0],
    ['windows-1252', 'cp1252', 0],
    ['windows-1253', 'cp1253', 0],
    ['windows-1254', 'cp1254', 0],
    ['windows-1255', 'cp1255', 0],
    ['windows-1256', 'cp1256', 0],
    ['windows-1257', 'cp1257', 0],
    ['windows-1258', 'cp1258', 0],
    ['x-mac-cyrillic', 'mac_cyrillic', 0],
    ['shift_jis', 'cp932', 0],
    // JIS X 0208 as Windows has it: ～∥－￠￡￢, and 0x8FA2B7.
    ['euc-jp', 'euc_jp', 7],
    ['gbk', 'gbk', 0],
    // Of 2005 there, with private characters where 2022 has ordinary ones.
    ['gb18030', 'gb18030', 21],
    // Signs that Windows maps otherwise: ‧﹑¯～⊕⊙∕﹨￥￠￡.
    ['big5', 'big5hkscs', 11],
    ['euc-kr', 'cp949', 0],
  ];

  /** What each codec makes of every sequence, line by line. */
  const read = (): Map<string, string[]> => {
    const inputs = codecs.map(([charset]) => everySequence(charset));
    const names = codecs.map(([, codec], i) => `${codec}:${inputs[i]!.length}`);
    const run = spawnSync('python3', ['-c', script, ...names], {
      input: Buffer.concat(inputs),
      maxBuffer: 1 << 26,
    });
    expect(run.status, run.stderr.toString()).toBe(0);
    const outputs = run.stdout.toString('latin1').split('\xfe');
    return new Map(codecs.map(([charset], i) => [charset, outputs[i]!.split('\n')]));
  };
  const theirLines = has ? read() : new Map<string, string[]>();

  it.skipIf(!has && process.env['CI'] !== 'true').each(codecs)(
    '%s is %s',
    async (id, _, differences) => {
      const theirs = theirLines.get(id)!;
      const ours = Buffer.from(await readAll(id, everySequence(id)))
        .toString('latin1')
        .split('\n');
      expect(theirs.length).toBe(ours.length);
      const known = ours.flatMap((line, i) =>
        line.includes('\xef\xbf\xbd') || theirs[i] === '\xff' ? [] : [i],
      );
      expect(known.length).toBeGreaterThan(200);
      const different = known.filter((i) => ours[i] !== theirs[i]);
      const shown = different.slice(0, 20).map((i) => {
        const text = (line: string): string => Buffer.from(line, 'latin1').toString();
        return `${text(ours[i]!)} there ${text(theirs[i]!)}`;
      });
      expect(different.length, shown.join('; ')).toBe(differences);
    },
  );
});
