// Writes the tables of the Encoding Standard beside this file, as Chromium's TextDecoder has them: all that fatal decoding takes.
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { deflateSync } from 'fflate';
import { format, resolveConfig } from 'prettier';
import { chromiumLaunchOptions } from '../../../e2e/chromium.mjs';

const folder = fileURLToPath(new URL('.', import.meta.url));

const singleByte = [
  ...['ibm866', 'iso-8859-2', 'iso-8859-3', 'iso-8859-4', 'iso-8859-5', 'iso-8859-6', 'iso-8859-7'],
  ...['iso-8859-8', 'iso-8859-10', 'iso-8859-13', 'iso-8859-14', 'iso-8859-15', 'iso-8859-16'],
  ...['koi8-r', 'koi8-u', 'macintosh', 'windows-874', 'windows-1250', 'windows-1251'],
  ...['windows-1252', 'windows-1253', 'windows-1254', 'windows-1255', 'windows-1256'],
  ...['windows-1257', 'windows-1258', 'x-mac-cyrillic'],
];

/** In the page: code points of every pointer, 0 = none. Bytes of a pointer are those of the standard's decoders. */
function readTables(singleByteIds) {
  const read = (decoder, bytes) => {
    try {
      const characters = [...decoder.decode(Uint8Array.from(bytes))];
      return characters.length === 1 ? characters[0].codePointAt(0) : 0;
    } catch {
      return 0;
    }
  };
  const tableOf = (charset, length, bytesAt) => {
    const decoder = new TextDecoder(charset, { fatal: true });
    return Array.from({ length }, (_, pointer) => read(decoder, bytesAt(pointer)));
  };
  const pair = (width, lead, trail) => (pointer) => [
    lead(Math.floor(pointer / width)),
    trail(pointer % width),
  ];
  const jis0208 = tableOf(
    'shift_jis',
    11280,
    pair(
      188,
      (row) => row + (row < 31 ? 0x81 : 0xc1),
      (cell) => cell + (cell < 63 ? 0x40 : 0x41),
    ),
  );
  // The characters of users' own are no part of the index: the decoder computes them.
  jis0208.fill(0, 8836, 10716);
  const fourBytes = (pointer) => [
    Math.floor(pointer / 12600) + 0x81,
    (Math.floor(pointer / 1260) % 10) + 0x30,
    (Math.floor(pointer / 10) % 126) + 0x81,
    (pointer % 10) + 0x30,
  ];
  return {
    single: singleByteIds.map((id) => [id, tableOf(id, 128, (pointer) => [pointer + 0x80])]),
    multi: {
      jis0208,
      jis0212: tableOf('euc-jp', 94 * 94, (pointer) => [
        0x8f,
        Math.floor(pointer / 94) + 0xa1,
        (pointer % 94) + 0xa1,
      ]),
      gb18030: tableOf(
        'gb18030',
        126 * 190,
        pair(
          190,
          (row) => row + 0x81,
          (cell) => cell + (cell < 63 ? 0x40 : 0x41),
        ),
      ),
      big5: tableOf(
        'big5',
        126 * 157,
        pair(
          157,
          (row) => row + 0x81,
          (cell) => cell + (cell < 63 ? 0x40 : 0x62),
        ),
      ),
      'euc-kr': tableOf(
        'euc-kr',
        126 * 190,
        pair(
          190,
          (row) => row + 0x81,
          (cell) => cell + 0x41,
        ),
      ),
    },
    fourBytes: tableOf('gb18030', 39420, fourBytes),
  };
}

/** Zigzag differences from the last code point, each with how many follow one by one; 0 and a count for holes; varints. */
function pack(table) {
  const bytes = [];
  const put = (value) => {
    for (; value > 127; value >>>= 7) bytes.push((value & 127) | 128);
    bytes.push(value);
  };
  let last = 0;
  for (let i = 0; i < table.length;) {
    const from = i;
    if (table[i] === 0) {
      while (i < table.length && table[i] === 0) i++;
      put(0);
      put(i - from);
      continue;
    }
    const step = table[i] - last;
    last = table[i++];
    while (i < table.length && table[i] === last + 1) last = table[i++];
    put((step < 0 ? -step * 2 - 1 : step * 2) + 1);
    put(i - from - 1);
  }
  return Buffer.from(deflateSync(Uint8Array.from(bytes), { level: 9 })).toString('base64');
}

/** First pointer and code point of each stretch in which both go up by one. */
function rangesOf(fourBytes) {
  const ranges = [];
  fourBytes.forEach((codePoint, pointer) => {
    // The one pointer that the standard's decoder answers itself.
    if (pointer === 7457) return;
    const [first, start] = ranges.at(-1) ?? [0, -1];
    if (codePoint !== 0 && codePoint - start !== pointer - first) ranges.push([pointer, codePoint]);
  });
  return ranges;
}

const isPlain = (character) =>
  /[\p{L}\p{N}\p{P}\p{S}]/u.test(character) &&
  !/[\p{Script=Hebrew}\p{Script=Arabic}'\\]/u.test(character);

function literal(codePoints) {
  const shown = codePoints.map((codePoint) => {
    const character = String.fromCodePoint(codePoint === 0 ? 0xfffd : codePoint);
    return codePoint !== 0 && isPlain(character)
      ? character
      : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
  return `'${shown.join('')}'`;
}

const browser = await chromium.launch(chromiumLaunchOptions());
const page = await browser.newPage();
const { single, multi, fourBytes } = await page.evaluate(readTables, singleByte);
await browser.close();

const style = await resolveConfig(fileURLToPath(import.meta.url));
const write = async (name, lines) => {
  const text = ['// Generated by build.mjs; do not edit.', ...lines, ''].join('\n');
  await writeFile(`${folder}${name}.ts`, await format(text, { ...style, parser: 'typescript' }));
};

await write('single-byte', [
  '/** What the bytes 0x80 to 0xFF mean, 128 characters by charset; U+FFFD = nothing. */',
  'export const singleByteIndexes: ReadonlyMap<string, string> = new Map([',
  ...single.map(([id, table]) => `['${id}', ${literal(table)}],`),
  ']);',
]);
for (const [name, table] of Object.entries(multi)) {
  const lines = [
    `/** The index ${name} of ${table.length} pointers, packed. */`,
    `export const index = '${pack(table)}';`,
  ];
  if (name === 'gb18030')
    lines.push(
      '/** First pointer and code point of each stretch of four-byte sequences, one after the other. */',
      `export const ranges = [${rangesOf(fourBytes).flat().join(', ')}];`,
    );
  await write(name, lines);
}
