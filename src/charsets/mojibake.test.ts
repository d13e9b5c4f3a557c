// Tests of text that was decoded wrongly once: noticed, repaired for any cut, and left alone where it is sound.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadDecoder } from './decode.ts';
import { noticeMojibake } from './mojibake.ts';
import { singleByteIndexes } from './indexes/single-byte.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** What a text in UTF-8 looks like when it is read in a single-byte charset. */
function damaged(text: string, charset: string): string {
  const upper = [...singleByteIndexes.get(charset)!];
  return Array.from(utf8(text), (byte) =>
    byte < 0x80 ? String.fromCharCode(byte) : upper[byte - 0x80]!,
  ).join('');
}

const repair1252 = await loadDecoder('utf-8-mojibake-1252');
const repair1251 = await loadDecoder('utf-8-mojibake-1251');

function repair(chunks: readonly Uint8Array[], open = repair1252) {
  const decoder = open({ onInvalid: 'fail', name: 'a.csv' });
  const parts = [...chunks.map((chunk) => decoder.push(chunk).slice()), decoder.finish()];
  const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  return { text: parts.map((part) => strict.decode(part)).join(''), losses: decoder.losses() };
}

describe('noticeMojibake', () => {
  // The priority line as it stands in a request that was written down after such a reading.
  it('knows the priority line', () => {
    const line = '- **Priority:** ðŸ”¥ HIGH - Core Platform Functionality\n';
    expect(noticeMojibake(utf8(line))).toEqual({
      charset: 'utf-8-mojibake-1252',
      sentence:
        '“ðŸ”¥” looks like “🔥” that was read as windows-1252 before this file was written.',
      example: { before: 'ðŸ”¥', after: '🔥' },
    });
    expect(repair([utf8(line)]).text).toBe(
      '- **Priority:** 🔥 HIGH - Core Platform Functionality\n',
    );
  });

  it.each([
    ['Müller', 'windows-1252', 'utf-8-mojibake-1252'],
    ['it’s “fine” – 5 €', 'windows-1252', 'utf-8-mojibake-1252'],
    ['Łódź', 'windows-1252', 'utf-8-mojibake-1252'],
    ['Привет', 'windows-1251', 'utf-8-mojibake-1251'],
    ['東京', 'windows-1252', 'utf-8-mojibake-1252'],
  ])('%s once read as %s', (text, charset, id) => {
    const noticed = noticeMojibake(utf8(`id,name\n1,${damaged(text, charset)}\n`));
    expect(noticed?.charset).toBe(id);
    expect(noticed!.example.before).not.toBe(noticed!.example.after);
    expect(text).toContain(noticed!.example.after);
  });

  it('proposes UTF-8 where only this reading is wrong', () => {
    expect(noticeMojibake(utf8(damaged('Müller', 'windows-1252')), 'windows-1252')).toEqual({
      charset: 'utf-8',
      sentence: '“MÃ¼ller” looks like “Müller” in UTF-8, read as windows-1252.',
      example: { before: 'MÃ¼ller', after: 'Müller' },
    });
    expect(noticeMojibake(utf8('Ã¼'), 'shift_jis')).toBeNull();
  });

  it.each([
    '',
    'plain',
    'Müller,Łódź,Ærø,São Paulo,IRMÃ\n',
    'Сёмга, Рёбра и Сёла; Привет, как дела\n',
    '東京都,서울,Ελλάδα,שלום\n',
    '“Â” – ‘Ã’ … € £5 °C ±1 § 3\n',
    `${'größer '.repeat(20)}«Â» Ã©`,
  ])('leaves sound text alone: %s', (text) => {
    expect(noticeMojibake(utf8(text))).toBeNull();
  });

  it('looks at a long sample cut anywhere', () => {
    for (let pad = 0; pad < 4; pad++) {
      const text = 'x'.repeat(pad) + damaged('äöü€', 'windows-1252').repeat(9000);
      expect(noticeMojibake(utf8(text))?.charset).toBe('utf-8-mojibake-1252');
    }
  });
});

describe('the repair', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 4 }),
    fc.constantFrom('ü', '€', '😀', 'ж', '“Ü”', 'a,b\n', 'Ã', 'â€', 'ð', '\u00a0'),
  );

  it('makes any text whole again, counted, and cuts make no difference', () => {
    fc.assert(
      fc.property(fc.array(piece), fc.array(fc.nat(4)), (pieces, sizes) => {
        const text = pieces.join('').replace(/^\ufeff+/, '');
        const bytes = utf8(damaged(text, 'windows-1252'));
        const whole = repair([bytes]);
        expect(whole.text).toBe(text);
        const count = text.match(/[^\0-\x7f]/gu)?.length ?? 0;
        expect(whole.losses[0]?.count ?? 0).toBe(count);
        const chunks: Uint8Array[] = [];
        let at = 0;
        for (const size of sizes) {
          chunks.push(bytes.slice(at, at + size));
          at += size;
        }
        expect(repair([...chunks, bytes.slice(at)])).toEqual(whole);
      }),
      { numRuns: 500 },
    );
  });

  it('leaves what was never damaged, and says what it did', () => {
    const mixed = `Müller,${damaged('Grüße', 'windows-1252')},Ã,“x”\n`;
    expect(repair([utf8(mixed)])).toEqual({
      text: 'Müller,Grüße,Ã,“x”\n',
      losses: [
        {
          code: 'charset.repaired',
          sentence: 'Characters that had been read as windows-1252 before were made whole again.',
          count: 2,
          example: 'Ã¼ became ü',
        },
      ],
    });
    expect(repair([utf8(damaged('Привет', 'windows-1251'))], repair1251).text).toBe('Привет');
  });

  it('takes the controls of ISO-8859-1 for the bytes they are', () => {
    const once = Array.from(utf8('“ä”'), (byte) => String.fromCharCode(byte)).join('');
    expect(repair([utf8(once)]).text).toBe('“ä”');
  });

  it('fails on bytes that are no UTF-8, with their place', () => {
    expect(() => repair([Uint8Array.of(65, 10, 0xff)])).toThrow('byte 2 (line 2)');
  });
});
