// Tests of writing charsets: round trips, the loss policies with their counts, iconv, and over every cut.
import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_CHARSET, type CharsetConfig } from '../contract/config.ts';
import { ExportError } from '../contract/errors.ts';
import type { Loss } from '../contract/report.ts';
import { loadDecoder } from './decode.ts';
import { loadCharsetEncoder } from './encode.ts';
import { loadBytesOf } from './encode-tables.ts';
import { CHECKSUMS, everySequence, readAll } from './legacy-sequences.suite.ts';
import { charsets } from './registry.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const jsonEscape = (codePoint: number): string =>
  [...String.fromCodePoint(codePoint)]
    .flatMap((c) => c.split(''))
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');

const openers = new Map(
  await Promise.all(
    charsets
      .filter(({ canEncode }) => canEncode)
      .map(async ({ id }) => [id, await loadCharsetEncoder(id)] as const),
  ),
);

function encode(texts: string[], config: Partial<CharsetConfig>) {
  const whole = { ...DEFAULT_CHARSET, ...config };
  const encoder = openers.get(whole.id)!(whole, jsonEscape);
  const parts = [encoder.begin()];
  const counts = new Map<string, number>();
  const losses: Loss[] = [];
  for (const text of texts) {
    const piece = encoder.encode(utf8(text));
    parts.push(piece.bytes);
    for (const loss of piece.losses) {
      counts.set(loss.code, (counts.get(loss.code) ?? 0) + loss.count);
      losses.push(loss);
    }
  }
  parts.push(encoder.end());
  return { bytes: Buffer.concat(parts), counts: Object.fromEntries(counts), losses };
}

const latin = (texts: string[], config: Partial<CharsetConfig>) => {
  const { bytes, counts } = encode(texts, config);
  return [bytes.toString('latin1'), counts];
};

/** Whether a charset has no bytes for a character. */
const lacks = (id: string, character: string): boolean =>
  encode([character], { id, onLoss: 'replace' }).counts['charset.replaced'] !== undefined;

function failure(texts: string[], config: Partial<CharsetConfig>): ExportError {
  try {
    encode(texts, config);
  } catch (error) {
    if (error instanceof ExportError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('utf-8', () => {
  it('passes pieces on untouched, after the mark if one is wanted', () => {
    const piece = utf8('ä😀');
    const plain = openers.get('utf-8')!(DEFAULT_CHARSET);
    expect(plain.begin()).toHaveLength(0);
    expect(plain.encode(piece)).toEqual({ bytes: piece, losses: [] });
    expect(plain.encode(piece).bytes).toBe(piece);
    expect(encode(['a', 'b'], { bom: true }).bytes.toString('hex')).toBe('efbbbf6162');
  });
});

describe('every charset', () => {
  it('is read back as it was, for any cut', async () => {
    const anyText = new Map<string, fc.Arbitrary<string[]>>([
      ['ascii', fc.array(fc.string({ unit: 'binary-ascii' }))],
      ['iso-8859-1', fc.array(fc.array(fc.nat(255)).map((codes) => String.fromCharCode(...codes)))],
    ]);
    /** Characters of a charset, from what it reads. */
    const own = async (id: string): Promise<fc.Arbitrary<string[]>> => {
      const known = [...new Set(await readAll(id, everySequence(id)))].filter(
        (character) => !lacks(id, character),
      );
      expect(known.length).toBeGreaterThan(200);
      return fc.array(fc.array(fc.constantFrom(...known)).map((some) => some.join('')));
    };
    for (const { id, canEncode } of charsets) {
      if (!canEncode) continue;
      const openDecoder = await loadDecoder(id);
      const unicode = id.startsWith('utf') && fc.array(fc.string({ unit: 'binary' }));
      const anyTexts = unicode || (anyText.get(id) ?? (await own(id)));
      for (const bom of id.startsWith('utf') ? [false, true] : [false])
        fc.assert(
          fc.property(anyTexts, (texts) => {
            // A text's own mark at the start is taken for the file's.
            fc.pre(!texts.join('').startsWith('\ufeff'));
            const { bytes } = encode(texts, { id, bom });
            expect(encode([texts.join('')], { id, bom }).bytes).toEqual(bytes);
            const decoder = openDecoder({ onInvalid: 'fail', name: 'a' });
            const back = Buffer.concat([decoder.push(new Uint8Array(bytes)), decoder.finish()]);
            expect(back.toString()).toBe(texts.join(''));
          }),
        );
    }
  });

  it('that can only be read is refused, and one that is unknown', async () => {
    await expect(loadCharsetEncoder('utf-8-mojibake-1252')).rejects.toMatchObject({
      code: 'config.conflict',
      hint: expect.stringContaining('UTF-8'),
    });
    await expect(loadCharsetEncoder('klingon')).rejects.toMatchObject({
      code: 'read.charset.unknown',
    });
  });

  it('writes UTF-16 as the runtime does', () => {
    const text = 'a€😀\n';
    expect(encode([text], { id: 'utf-16le' }).bytes).toEqual(Buffer.from(text, 'utf16le'));
    expect(encode([text], { id: 'utf-16be', bom: true }).bytes).toEqual(
      Buffer.from(`\ufeff${text}`, 'utf16le').swap16(),
    );
  });

  const has = spawnSync('iconv', ['--version']).status === 0;
  it.skipIf(!has && process.env['CI'] !== 'true').each([
    ['windows-1252', 'CP1252', 'naïve “text” – €5'],
    ['iso-8859-1', 'ISO-8859-1', 'naïve ¤ text'],
    ['ascii', 'ASCII', 'plain'],
    ['utf-16le', 'UTF-16LE', '日本😀'],
    ['utf-16be', 'UTF-16BE', '日本😀'],
  ])('%s is what iconv writes', (id, name, text) => {
    const { stdout } = spawnSync('iconv', ['-f', 'UTF-8', '-t', name], { input: text });
    expect(encode([text], { id }).bytes).toEqual(stdout);
  });
});

describe('what a charset lacks', () => {
  it('fails with the character and its surroundings', () => {
    const error = failure(['id,name\n1,', 'Ann 日本\n'], { id: 'windows-1252' });
    expect(error.code).toBe('encode.charset-loss');
    expect(error.message).toBe('The charset windows-1252 has no “日” (U+65E5), met in “Ann 日本”.');
  });

  it('is replaced, escaped or transliterated, and counted', () => {
    const text = 'Łódź, 日😀 – “é”';
    expect(latin([text], { id: 'iso-8859-1', onLoss: 'replace' })).toEqual([
      '?ód?, ?? ? ?é?',
      { 'charset.replaced': 7 },
    ]);
    expect(latin([text], { id: 'ascii', onLoss: 'replace', replacement: '[?]' })[0]).toBe(
      '[?][?]d[?], [?][?] [?] [?][?][?]',
    );
    expect(latin([text], { id: 'ascii', onLoss: 'escape' })).toEqual([
      '\\u0141\\u00f3d\\u017a, \\u65e5\\ud83d\\ude00 \\u2013 \\u201c\\u00e9\\u201d',
      { 'charset.escaped': 9 },
    ]);
    expect(latin([text], { id: 'ascii', onLoss: 'transliterate' })).toEqual([
      'Lodz, ?? - `e`',
      { 'charset.transliterated': 7, 'charset.replaced': 2 },
    ]);
    expect(latin(['Straße … 5€ ½ a\u0301'], { id: 'ascii', onLoss: 'transliterate' })[0]).toBe(
      'Strasse ... 5EUR  1/2 a',
    );
    expect(encode(['x 日'], { id: 'ascii', onLoss: 'replace' }).losses).toEqual([
      {
        code: 'charset.replaced',
        sentence: 'Characters that ascii lacks were replaced.',
        count: 1,
        example: '“日” (U+65E5) in “x 日”',
      },
    ]);
  });

  it('grows for substitutes longer than what they stand for', () => {
    const { bytes, counts } = encode(['é'.repeat(5000)], { id: 'ascii', onLoss: 'escape' });
    expect(bytes.toString()).toBe('\\u00e9'.repeat(5000));
    expect(counts).toEqual({ 'charset.escaped': 5000 });
  });

  it('never becomes a quote, a delimiter or the beginning of a formula', () => {
    const config = { ...DEFAULT_CHARSET, id: 'ascii', onLoss: 'transliterate' } as const;
    const encoder = openers.get('ascii')!(config);
    for (let codePoint = 0x80; codePoint < 0x10000; codePoint++) {
      if (codePoint >= 0xd800 && codePoint < 0xe000) continue;
      const character = String.fromCodePoint(codePoint);
      const { bytes } = encoder.encode(utf8(`\n${character}=`));
      const body = Buffer.from(bytes).toString().slice(1, -1);
      if (body === '' || body.startsWith('-') || /["',;|\\<>&=+@\t\r\n]/.test(body))
        throw new Error(`U+${codePoint.toString(16)} became “${body}”`);
    }
  });

  it('does not depend on cuts, a dash after one included', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('–', '\n', 'a', 'ń', '\u0301', '日', ',')), (texts) => {
        for (const onLoss of ['replace', 'escape', 'transliterate'] as const) {
          const one = encode([texts.join('')], { id: 'ascii', onLoss });
          const many = encode(texts, { id: 'ascii', onLoss });
          expect(many.bytes).toEqual(one.bytes);
          expect(many.counts).toEqual(one.counts);
        }
      }),
    );
  });
});

describe('what cannot work is refused before the first byte', () => {
  it.each<[Partial<CharsetConfig>, string]>([
    [{ id: 'ascii', bom: true }, 'config.conflict'],
    [{ id: 'ascii', onLoss: 'replace', replacement: '¿' }, 'config.conflict'],
    [{ id: 'ascii', onLoss: 'replace', replacement: '"' }, 'config.conflict'],
    [{ id: 'ascii', onLoss: 'replace', replacement: '' }, 'config.conflict'],
  ])('%j → %s', (config, code) => {
    expect(failure([], config).code).toBe(code);
  });

  it('refuses escapes of a format that has none', () => {
    const config: CharsetConfig = { ...DEFAULT_CHARSET, id: 'ascii', onLoss: 'escape' };
    expect(() => openers.get('ascii')!(config)).toThrow('no way to escape');
  });

  it('takes a cut character for a fault', () => {
    const encoder = openers.get('ascii')!({ ...DEFAULT_CHARSET, id: 'ascii', onLoss: 'replace' });
    expect(() => encoder.encode(utf8('€').subarray(0, 2))).toThrow(RangeError);
  });
});

const legacy = [...CHECKSUMS.keys()];
const every = Array.from({ length: 0x30000 - 0x80 }, (_, i) => i + 0x80).filter(
  (codePoint) => codePoint < 0xd800 || codePoint > 0xdfff,
);
const held = new Map(
  await Promise.all(
    legacy.map(async (id) => {
      const bytesOf = await loadBytesOf(id);
      return [id, every.filter((codePoint) => bytesOf(codePoint) !== 0)] as const;
    }),
  ),
);
const lines = (id: string): string =>
  held
    .get(id)!
    .map((codePoint) => String.fromCodePoint(codePoint) + '\n')
    .join('');

describe('what the legacy charsets hold', () => {
  it.each(legacy)('%s: each character comes back as itself', async (id) => {
    const { bytes } = encode([lines(id)], { id });
    expect((await readAll(id, new Uint8Array(bytes))) === lines(id)).toBe(true);
  });

  /** Characters that are read and never written, as the standard has it. */
  const UNWRITTEN = new Map([
    // Characters of users' own.
    ['shift_jis', 1880],
    // JIS X 0212.
    ['euc-jp', 5786],
    // ¥ and ‾, and katakana of half width.
    ['iso-2022-jp', 65],
    // Hong Kong's supplement.
    ['big5', 3839],
  ]);
  it.each(legacy)('%s: what is read can be written', async (id) => {
    const read = new Set(await readAll(id, everySequence(id)));
    const bytesOf = await loadBytesOf(id);
    const unwritten = [...read].filter((character) => {
      const codePoint = character.codePointAt(0)!;
      return codePoint >= 0x80 && codePoint !== 0xfffd && bytesOf(codePoint) === 0;
    });
    expect(unwritten.length, unwritten.slice(0, 9).join(' ')).toBe(UNWRITTEN.get(id) ?? 0);
  });

  const PYTHON = `import sys,json
name,text=json.load(sys.stdin)
out=[]
for c in text:
  try: out.append(c.encode(name).hex())
  except UnicodeError: out.append(None)
print(json.dumps(out))`;
  const hasPython = spawnSync('python3', ['--version']).status === 0;
  it.skipIf(!hasPython && process.env['CI'] !== 'true').each<[string, string, number]>([
    ['koi8-u', 'koi8-u', 0],
    ['ibm866', 'cp866', 0],
    ['windows-1251', 'cp1251', 0],
    ['macintosh', 'mac-roman', 0],
    // NEC's copies of IBM's characters there, IBM's own here, as Windows has it.
    ['shift_jis', 'cp932', 373],
    // NEC's rows here, JIS X 0212 there.
    ['euc-jp', 'euc-jp', 280],
    ['gbk', 'gbk', 0],
    // Of 2005 there.
    ['gb18030', 'gb18030', 20],
    // The standard writes the first of two alike, but for six.
    ['big5', 'big5hkscs', 15],
    ['euc-kr', 'cp949', 0],
  ])('%s is what Python writes as %s', (id, name, differences) => {
    const characters = held.get(id)!.map((codePoint) => String.fromCodePoint(codePoint));
    const { stdout } = spawnSync('python3', ['-c', PYTHON], {
      input: JSON.stringify([name, characters.join('')]),
      maxBuffer: 2 ** 27,
    });
    const theirs = JSON.parse(String(stdout)) as (string | null)[];
    const known = characters.flatMap((character, i) =>
      theirs[i] === null ? [] : [[character, i] as const],
    );
    expect(known.length).toBeGreaterThan(60);
    const different = known.filter(
      ([character, i]) => encode([character], { id }).bytes.toString('hex') !== theirs[i],
    );
    expect(different.length, different.slice(0, 20).join(' ')).toBe(differences);
  });
});
