// Tests of finding the charset: marks, structure, and texts of many languages in the charsets they come in, written by iconv.
import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { detectCharset, roughText } from './detect.ts';
import { readAll } from './legacy-sequences.suite.ts';
import { charsets } from './registry.ts';

const bytesOf = (...bytes: number[]): Uint8Array => Uint8Array.from(bytes);
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const utf16 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'utf16le'));

describe('marks and structure', () => {
  it.each<[string, Uint8Array, string, number]>([
    ['nothing', bytesOf(), 'utf-8', 0],
    ['ASCII', utf8('a,b\n'), 'utf-8', 0],
    ['UTF-8', utf8('ä,b\n'), 'utf-8', 0],
    ['UTF-8 cut in a character', utf8('a€').subarray(0, 3), 'utf-8', 0],
    ['UTF-8 with a mark', bytesOf(0xef, 0xbb, 0xbf, 65), 'utf-8', 3],
    ['UTF-16 with a mark', bytesOf(0xff, 0xfe, 65, 0), 'utf-16le', 2],
    ['UTF-16 big endian with a mark', bytesOf(0xfe, 0xff, 0, 65), 'utf-16be', 2],
    ['UTF-16', utf16('id,name\n1,Ann\n'), 'utf-16le', 0],
    ['UTF-16 of Chinese', utf16('编号,名称\n一,二三四五六七\n'.repeat(9)), 'utf-16le', 0],
    [
      'UTF-16 big endian',
      new Uint8Array(Buffer.from('id,name\n', 'utf16le').swap16()),
      'utf-16be',
      0,
    ],
    ['windows-1252', bytesOf(65, 0x93, 0xe4, 0x94, 10), 'windows-1252', 0],
    ['a zero byte in a short text', utf8('id,t\n1,a\0b\n2,c\n'), 'utf-8', 0],
    ['a zero byte in text', utf8('a,b\0,c\n'.padEnd(500, 'xy')), 'utf-8', 0],
    ['escapes', bytesOf(65, 0x1b, 0x24, 0x42, 0x24, 0x22, 0x1b, 0x28, 0x42), 'iso-2022-jp', 0],
    ['an escape of a terminal', utf8('\x1b[31mred\x1b[0m'), 'utf-8', 0],
    [
      'an XML declaration',
      new Uint8Array(
        Buffer.from('<?xml version="1.0" encoding="ISO-8859-2"?><a>\xb1</a>', 'latin1'),
      ),
      'iso-8859-2',
      0,
    ],
    [
      'the head of a page',
      new Uint8Array(
        Buffer.from('<!doctype html><html><head><meta charset=iso-8859-2></head>\xb1', 'latin1'),
      ),
      'iso-8859-2',
      0,
    ],
    [
      'the head of an older page',
      new Uint8Array(
        Buffer.from(
          '<HTML><META http-equiv="Content-Type" content="text/html; charset=ISO-8859-2">\xb1',
          'latin1',
        ),
      ),
      'iso-8859-2',
      0,
    ],
    [
      'a text that only speaks of a page',
      new Uint8Array(Buffer.from('a,<meta charset=koi8-r>\nna\xefve caf\xe9,1\n', 'latin1')),
      'windows-1252',
      0,
    ],
    [
      'an XML declaration that is wrong',
      utf8('<?xml version="1.0" encoding="ISO-8859-2"?><a>ä</a>'),
      'utf-8',
      0,
    ],
    [
      'UTF-8 with a wrong byte among many that are right',
      new Uint8Array([...utf8('größer\n'.repeat(20)), 0xfc, 10]),
      'utf-8',
      0,
    ],
  ])('%s', async (_, head, id, bomBytes) => {
    const found = await detectCharset(head);
    expect(found).toMatchObject({ id, bomBytes });
    expect(found.sentence).toMatch(/\.$/);
  });
});

/** Rows as people have them, with what iconv calls the charsets they come in. */
const TEXTS: readonly (readonly [language: string, text: string, charsets: readonly string[]])[] = [
  ['one name', 'id,name\n1,Müller\n', ['windows-1252']],
  ['one word', 'id,name\n1,café\n', ['windows-1252', 'macintosh']],
  [
    'German',
    'Straße,Ort\nGrünerStr. 5,Köln\nÄußere Weide,Nürnberg\n',
    ['windows-1252', 'macintosh'],
  ],
  ['German prices', 'Größe;Preis\n5;3,50 €\n6;„Öl“ – 4 €\n', ['windows-1252']],
  [
    'French',
    'prénom,ville\nHélène,Orléans\nFrançois,Besançon\nà côté,où êtes-vous\n',
    ['windows-1252', 'macintosh'],
  ],
  ['Spanish', 'nombre,ciudad\nMuñoz,Málaga\nPeña,León\n¿Qué?,Ávila\n', ['windows-1252']],
  ['Portuguese', 'João,São Paulo\nConceição,Brasília\nÂngela,Maceió\n', ['windows-1252']],
  ['Swedish', 'Åsa,Göteborg\nBjörn,Malmö\nSjögren,Östersund\n', ['windows-1252']],
  [
    'Polish',
    'imię,miasto\nŁukasz Żółć,Łódź\nJadwiga Wiśniewska,Gdańsk\nMałgorzata,Kraków\n',
    ['windows-1250', 'iso-8859-2'],
  ],
  [
    'Czech',
    'jméno,město\nJiří Dvořák,Plzeň\nBožena Němcová,Ústí nad Labem\nŽofie,Čáslav\n',
    ['windows-1250', 'iso-8859-2'],
  ],
  [
    'Hungarian',
    'név,város\nKovács Géza,Győr\nSzűcs Ödön,Hódmezővásárhely\n',
    ['windows-1250', 'iso-8859-2'],
  ],
  [
    'Croatian',
    'ime,grad\nŽeljko Šimić,Čakovec\nĐurđa Kovač,Požega\n',
    ['windows-1250', 'iso-8859-2'],
  ],
  [
    'Russian',
    'имя,город\nИван Петров,Москва\nСергей Смирнов,Санкт-Петербург\nОльга,Нижний Новгород\n',
    ['windows-1251', 'koi8-r', 'ibm866', 'iso-8859-5', 'x-mac-cyrillic'],
  ],
  [
    'Ukrainian',
    'ім’я,місто\nОлена Їжак,Київ\nАндрій Гнатюк,Львів\nЄвген,Чернігів\n'.replaceAll('’', "'"),
    ['windows-1251', 'koi8-u'],
  ],
  [
    'Greek',
    'όνομα,πόλη\nΓιώργος Παπαδόπουλος,Αθήνα\nΕλένη,Θεσσαλονίκη\n',
    ['windows-1253', 'iso-8859-7'],
  ],
  [
    'Turkish',
    'ad,şehir\nAyşe Yılmaz,İstanbul\nMehmet Öztürk,Diyarbakır\nÇağlar Şahin,Eskişehir\n',
    ['windows-1254'],
  ],
  ['Hebrew', 'שם,עיר\nדוד כהן,תל אביב\nשרה לוי,ירושלים\n', ['windows-1255']],
  ['Arabic', 'الاسم,المدينة\nمحمد علي,القاهرة\nفاطمة حسن,بغداد\n', ['windows-1256', 'iso-8859-6']],
  [
    'Lithuanian',
    'vardas,miestas\nJonas Žukauskas,Šiauliai\nRūta Kazlauskienė,Panevėžys\n',
    ['windows-1257'],
  ],
  ['Thai', 'ชื่อ,เมือง\nสมชาย ใจดี,กรุงเทพมหานคร\nสมหญิง,เชียงใหม่\n', ['windows-874']],
  [
    'Japanese',
    '名前,住所\n田中太郎,東京都新宿区\nスズキ花子,大阪府大阪市北区\nこれはテストです,備考\n',
    ['shift_jis', 'euc-jp', 'iso-2022-jp'],
  ],
  ['Japanese, few', 'id,name\n1,山田太郎\n2,佐藤花子\n', ['shift_jis', 'euc-jp']],
  ['Chinese', '姓名,城市\n王小明,北京市\n李娜,上海市浦东新区\n订单已发货,备注\n', ['gb18030']],
  [
    'Chinese, traditional',
    '姓名,城市\n王小明,臺北市\n陳美玲,高雄市\n訂單已經送出,備註\n',
    ['big5'],
  ],
  [
    'Korean',
    '이름,도시\n김철수,서울특별시\n이영희,부산광역시\n주문이 완료되었습니다,비고\n',
    ['euc-kr'],
  ],
];

const ICONV = new Map([
  ['gb18030', 'GB18030'],
  ['macintosh', 'MACINTOSH'],
  ['x-mac-cyrillic', 'MAC-CYRILLIC'],
  ['windows-874', 'CP874'],
  ['shift_jis', 'CP932'],
]);

describe('the most likely text', () => {
  const has = spawnSync('iconv', ['--version']).status === 0;

  const cases = TEXTS.flatMap(([language, text, ids]) =>
    ids.map((id) => [language, id, text] as const),
  );
  it.skipIf(!has && process.env['CI'] !== 'true').each(cases)('%s in %s', async (_, id, text) => {
    const to = ICONV.get(id) ?? id.replace('windows-', 'CP').toUpperCase();
    const made = spawnSync('iconv', ['-f', 'UTF-8', '-t', to], { input: text });
    expect(made.status, made.stderr.toString()).toBe(0);
    const found = await detectCharset(new Uint8Array(made.stdout), true);
    // Some texts are the same in two charsets.
    const bytes = new Uint8Array(made.stdout);
    const read = (charset: string): Promise<string> => readAll(charset, bytes);
    if (found.id !== id) expect(await read(found.id), JSON.stringify(found)).toBe(await read(id));
    expect(await read(found.id)).toBe(text);
    for (const other of found.alternatives) {
      expect(charsets.map((charset) => charset.id)).toContain(other.id);
      expect(other.example).not.toBe('');
    }
  });

  it('says why, with a piece of the text, and which others there are', async () => {
    const found = await detectCharset(
      new Uint8Array(Buffer.from('id,name\n1,M\xfcller\n', 'latin1')),
    );
    expect(found.sentence).toBe(
      'Byte 11 is not UTF-8; read as Windows-1252 (Western European) it is the most likely text: “Müller”.',
    );
    expect(found.alternatives.length).toBeGreaterThan(0);
    expect(found.alternatives.every(({ example }) => /^M.+ller$/.test(example))).toBe(true);
  });

  it('is not believed where it was decoded wrongly once: the repair is proposed', async () => {
    const found = await detectCharset(utf8('id,name\n1,MÃ¼ller\n'));
    expect(found).toEqual({
      id: 'utf-8',
      sentence:
        'Valid UTF-8. “MÃ¼ller” looks like “Müller” that was read as windows-1252 before this file was written. Choose “UTF-8, repaired where it was read as Windows-1252 (Ã¼ → ü)” to read it as it was meant.',
      bomBytes: 0,
      alternatives: [{ id: 'utf-8-mojibake-1252', example: 'Müller' }],
    });
  });

  it('knows that a whole text is not cut in a character', async () => {
    const cafe = bytesOf(0x63, 0x61, 0x66, 0xe9);
    expect((await detectCharset(cafe)).id).toBe('utf-8');
    expect((await detectCharset(cafe, true)).id).toBe('windows-1252');
  });

  it('does not depend on where the sample ends', async () => {
    const line = Buffer.from('93fa967b8cea', 'hex');
    const row = Buffer.concat([line, Buffer.from(','), line, Buffer.from('\n')]);
    const head = new Uint8Array(Buffer.concat(Array<Buffer>(50).fill(row)));
    for (let cut = 0; cut < row.length; cut++)
      expect((await detectCharset(head.subarray(0, head.length - cut))).id).toBe('shift_jis');
  });
});

describe('roughText', () => {
  const read = (bytes: Uint8Array, charset?: string): string =>
    new TextDecoder('utf-8', { ignoreBOM: true }).decode(roughText(bytes, charset));

  it('has the ASCII of any charset at its place', () => {
    expect(read(utf16('\ufeff<a>'))).toBe('<a>');
    expect(read(utf16('<a>'), 'utf-16le')).toBe('<a>');
    expect(read(bytesOf(0xef, 0xbb, 0xbf, 0x7b))).toBe('{');
    expect(read(bytesOf(0x7b, 0x22), 'shift_jis')).toBe('{"');
  });
});
