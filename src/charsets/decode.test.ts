// Tests of reading charsets: against the runtime's decoders where those are right, against iconv, and over every cut.
import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ExportError } from '../contract/errors.ts';
import { loadDecoder } from './decode.ts';
import type { Decoder, DecoderOptions } from './decoding.ts';
import { charsets, findCharset } from './registry.ts';

type Policy = DecoderOptions['onInvalid'];

const openers = new Map(
  await Promise.all(charsets.map(async ({ id }) => [id, await loadDecoder(id)] as const)),
);
const openDecoder = (id: string, options: DecoderOptions): Decoder =>
  openers.get(findCharset(id).id)!(options);

function decode(id: string, chunks: Uint8Array[], onInvalid: Policy = 'fail') {
  const decoder = openDecoder(id, { onInvalid, name: 'a.csv' });
  const parts = [...chunks.map((chunk) => decoder.push(chunk)), decoder.finish()];
  for (const part of parts)
    // Each piece is whole characters.
    expect(() => new TextDecoder('utf-8', { fatal: true }).decode(part)).not.toThrow();
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(Buffer.concat(parts));
  return { text, losses: decoder.losses() };
}

const bytesOf = (...bytes: number[]): Uint8Array => Uint8Array.from(bytes);
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

function failure(id: string, chunks: Uint8Array[]): ExportError {
  try {
    decode(id, chunks);
  } catch (error) {
    if (error instanceof ExportError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

/** Cuts bytes into chunks of the given sizes, the last one taking the rest. */
function cut(bytes: Uint8Array, sizes: number[]): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  let at = 0;
  for (const size of sizes) {
    chunks.push(bytes.slice(at, at + size));
    at += size;
  }
  return [...chunks, bytes.slice(at)];
}

const anySizes = fc.array(fc.nat(7), { maxLength: 20 });
/** Bytes with the sequences that matter, right and wrong. */
const anyBytes = fc
  .array(
    fc.oneof(
      fc.uint8Array({ maxLength: 4 }),
      fc.string({ unit: 'binary' }).map(utf8),
      fc.constantFrom(
        bytesOf(0xf0, 0x9f),
        bytesOf(0xe0, 0x80, 0x80),
        bytesOf(0xed, 0xa0, 0x80),
        bytesOf(0xf4, 0x90, 0x80, 0x80),
        bytesOf(0xc0, 0xaf),
        bytesOf(0xef, 0xbb, 0xbf),
        bytesOf(10),
        utf8('plain ascii, long enough for the words '.repeat(20)),
      ),
    ),
    { maxLength: 8 },
  )
  .map((parts) => new Uint8Array(Buffer.concat(parts)));

describe('utf-8', () => {
  it('passes valid chunks on without a copy', () => {
    const decoder = openDecoder('utf-8', { onInvalid: 'fail', name: 'a' });
    for (const text of ['a,b\n'.repeat(1000), 'ä😀'.repeat(999)]) {
      const chunk = utf8(text);
      expect(decoder.push(chunk)).toBe(chunk);
    }
    expect(decoder.finish()).toHaveLength(0);
  });

  it('replaces as the Encoding Standard does, for any cut', () => {
    fc.assert(
      fc.property(anyBytes, anySizes, (bytes, sizes) => {
        const wanted = new TextDecoder('utf-8').decode(bytes);
        const { text, losses } = decode('utf-8', cut(bytes, sizes), 'replace');
        expect(text).toBe(wanted);
        // Those that stood there already are none of ours.
        const own = Buffer.from(bytes).toString('latin1').split('\xef\xbf\xbd').length - 1;
        expect(losses[0]?.count ?? 0).toBe(wanted.split('\ufffd').length - 1 - own);
        expect(decode('utf-8', [bytes], 'replace').losses).toEqual(losses);
      }),
      { numRuns: 1000 },
    );
  });

  it('fails with offset and line, for any cut', () => {
    const bytes = bytesOf(0xef, 0xbb, 0xbf, 0x61, 10, 0xc3, 0xa4, 10, 0x62, 0xff, 0x63);
    for (let size = 1; size <= bytes.length; size++) {
      const error = failure('utf-8', cut(bytes, Array<number>(11).fill(size)));
      expect(error.code).toBe('read.charset.invalid');
      expect(error.parameters).toEqual({ name: 'a.csv', charset: 'utf-8', offset: 9, line: 3 });
    }
    expect(failure('utf-8', [utf8('ok\n'), bytesOf(0xe2, 0x82)]).parameters).toMatchObject({
      offset: 3,
      line: 2,
    });
  });

  it('counts lines through blocks of words, whatever the alignment', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            { weight: 9, arbitrary: fc.constantFrom(10, 65, 0x0b, 0x7f, 0) },
            fc.constant(0xe4),
          ),
          {
            maxLength: 3000,
            size: 'max',
          },
        ),
        fc.nat(7),
        (codes, skew) => {
          const text = utf8(String.fromCharCode(...codes));
          const buffer = new Uint8Array(text.length + skew + 1);
          buffer.set(text, skew);
          buffer[skew + text.length] = 0xff;
          const lines = codes.filter((code) => code === 10).length + 1;
          expect(failure('utf-8', [buffer.subarray(skew)]).parameters).toMatchObject({
            offset: text.length,
            line: lines,
          });
        },
      ),
      { numRuns: 300 },
    );
  });

  it('reads stray bytes as Latin-1 on request', () => {
    const { text, losses } = decode(
      'utf-8',
      [bytesOf(0x63, 0x61, 0x66, 0xe9, 10, 0xc3, 0xa9)],
      'latin1',
    );
    expect(text).toBe('café\né');
    expect(losses).toEqual([
      {
        code: 'charset.invalid',
        sentence: 'Bytes that are not valid utf-8 became Latin-1 characters.',
        count: 1,
        example: 'e9 at byte 3 (line 1)',
      },
    ]);
  });
});

describe('utf-16', () => {
  it('reads what the runtime reads, for any cut, lone surrogates and odd ends included', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            fc.integer({ min: 0, max: 0xffff }),
            fc.constantFrom(0xd83d, 0xde00, 10, 65, 0xfeff),
          ),
        ),
        fc.boolean(),
        anySizes,
        (units, hasRest, sizes) => {
          // A mark the other way round.
          fc.pre(units[0] !== 0xfffe);
          const little = Buffer.from(Uint16Array.from(units).buffer);
          const big = Buffer.from(little).swap16();
          const rest = Buffer.alloc(hasRest ? 1 : 0, 65);
          for (const [id, bytes] of [
            ['utf-16le', little],
            ['utf-16be', big],
          ] as const) {
            const whole = new Uint8Array(Buffer.concat([bytes, rest]));
            const wanted = new TextDecoder('utf-16le').decode(Buffer.concat([little, rest]));
            expect(decode(id, cut(whole, sizes), 'replace').text).toBe(wanted);
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it('reads the byte order that the mark tells, for any cut', () => {
    const little = new Uint8Array(Buffer.from('\ufeffaé\n', 'utf16le'));
    const big = new Uint8Array(Buffer.from(little).swap16());
    for (const id of ['utf-16le', 'utf-16be', 'utf-16'])
      for (const bytes of [little, big])
        for (const sizes of [[], [1, 1, 1], [3]])
          expect(decode(id, cut(bytes, sizes)).text).toBe('aé\n');
  });

  it('says where half a pair stands', () => {
    const bytes = bytesOf(0xff, 0xfe, 65, 0, 10, 0, 0x3d, 0xd8, 66, 0);
    expect(failure('utf-16le', [bytes]).parameters).toMatchObject({ offset: 6, line: 2 });
    expect(decode('utf-16le', [bytes], 'latin1').text).toBe('A\n\ufffdB');
  });
});

describe('single bytes', () => {
  const all = Uint8Array.from({ length: 256 }, (_, i) => i);

  it('reads windows-1252 by the table of the standard', () => {
    const { text } = decode('windows-1252', [all]);
    expect([...text]).toHaveLength(256);
    expect(text.slice(0, 128)).toBe(Buffer.from(all.slice(0, 128)).toString('latin1'));
    expect(text.slice(160)).toBe(Buffer.from(all.slice(160)).toString('latin1'));
    expect(text.slice(128, 160)).toBe('€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ');
  });

  it('reads iso-8859-1 as every byte its own code point, unlike the alias of the web', () => {
    expect(decode('ISO-8859-1', [all]).text).toBe(Buffer.from(all).toString('latin1'));
  });

  it('finds what is not ASCII', () => {
    expect(failure('ascii', [utf8('ab\nc'), bytesOf(0x80)]).parameters).toMatchObject({
      offset: 4,
      line: 2,
    });
    expect(decode('ascii', [bytesOf(65, 0xe9)], 'replace').text).toBe('A\ufffd');
    expect(decode('ascii', [bytesOf(65, 0xe9)], 'latin1').text).toBe('Aé');
  });
});

describe('against iconv', () => {
  const has = spawnSync('iconv', ['--version']).status === 0;

  it.skipIf(!has && process.env['CI'] !== 'true').each([
    ['windows-1252', 'CP1252'],
    ['iso-8859-1', 'ISO-8859-1'],
    ['ascii', 'ASCII'],
    ['utf-16le', 'UTF-16LE'],
    ['utf-16be', 'UTF-16BE'],
    ['utf-8', 'UTF-8'],
  ])('%s reads what iconv wrote', (id, name) => {
    const text =
      id === 'ascii'
        ? 'plain, "text"\r\n'
        : id.startsWith('utf')
          ? 'héllo, “wörld” – €5\r\n日本語 😀\n'
          : id === 'windows-1252'
            ? 'héllo, “wörld” – €5\r\n'
            : 'héllo, wörld ¤5\r\n';
    const made = spawnSync('iconv', ['-f', 'UTF-8', '-t', name], { input: text });
    expect(made.status).toBe(0);
    expect(decode(id, [new Uint8Array(made.stdout)]).text).toBe(text);
  });
});

describe('loadDecoder', () => {
  it('knows every charset of the list, and names them otherwise', async () => {
    for (const { id } of charsets) expect(decode(id, []).text).toBe('');
    await expect(loadDecoder('klingon')).rejects.toThrow('“klingon” is not known');
  });
});
