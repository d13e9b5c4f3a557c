// Images on sheets: by the standard's schemas, our checks of the package, and a reader that we did not write.
import type ExcelJS from 'exceljs';
import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../../../contract/config.ts';
import { memoryScratch } from '../../../engine/scratch.ts';
import { batchOf, schemaOf } from '../../../table/builders.ts';
import { INT64, UTF8 } from '../../../table/data-type.ts';
import { encodeTables } from '../../format.suite.ts';
import { lacksSchemas, schemaErrors } from '../ecma-schemas.suite.ts';
import { excelFormat } from '../format.ts';
import { EXCEL_OPTIONS } from '../options.ts';
import { packageFaults } from '../package-checks.suite.ts';
import { loadWorkbook } from '../workbook-reader.suite.ts';
import { imageFacts } from './image-file.ts';

const SCHEMA = schemaOf([
  ['city', UTF8],
  ['count', INT64],
]);
const BATCH = batchOf(SCHEMA, [
  ['Lima', 1n],
  ['Oslo', 2n],
]);

/** Three by two pixels, as ImageMagick writes them. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAIAAAASFvFNAAAAEElEQVR4nGP8z8AARCDEAAAQDgEBsR0d0gAAAABJRU5ErkJggg==',
  'base64',
);
const GIF = Buffer.from('R0lGODlhAwACAIAAAP8AAAAAACH5BAAAAAAALAAAAAADAAIAAAICjF8AOw==', 'base64');
/** A JPEG up to its size: a comment, a table, and the frame's head. */
const JPEG = Buffer.from([
  ...[0xff, 0xd8, 0xff, 0xfe, 0, 4, 0xff, 0xc0, 0xff, 0xff, 0xc4, 0, 3, 0],
  ...[0xff, 0xc2, 0, 17, 8, 0, 40, 0, 120, 3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1],
]);

/** Twelve by seven pixels by ImageMagick: baseline and progressive. */
const JPEGS = [
  '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDACgcHiMeGSgjISMtKygwPGRBPDc3PHtYXUlkkYCZlo+AjIqgtObDoKrarYqMyP/L2u71////m8H////6/+b9//j/2wBDASstLTw1PHZBQXb4pYyl+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj/wAARCAAHAAwDASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAT/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/8QAFQEBAQAAAAAAAAAAAAAAAAAABAX/xAAUEQEAAAAAAAAAAAAAAAAAAAAA/9oADAMBAAIRAxEAPwCUAdYf/9k=',
  '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDACgcHiMeGSgjISMtKygwPGRBPDc3PHtYXUlkkYCZlo+AjIqgtObDoKrarYqMyP/L2u71////m8H////6/+b9//j/2wBDASstLTw1PHZBQXb4pYyl+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj/wgARCAAHAAwDASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAP/xAAVAQEBAAAAAAAAAAAAAAAAAAADBP/aAAwDAQACEAMQAAABkDs//8QAFBABAAAAAAAAAAAAAAAAAAAAEP/aAAgBAQABBQI//8QAFBEBAAAAAAAAAAAAAAAAAAAAAP/aAAgBAwEBPwF//8QAFBEBAAAAAAAAAAAAAAAAAAAAAP/aAAgBAgEBPwF//8QAFBABAAAAAAAAAAAAAAAAAAAAEP/aAAgBAQAGPwI//8QAFBABAAAAAAAAAAAAAAAAAAAAEP/aAAgBAQABPyE//9oADAMBAAIAAwAAABAD/8QAFBEBAAAAAAAAAAAAAAAAAAAAAP/aAAgBAwEBPxB//8QAFBEBAAAAAAAAAAAAAAAAAAAAAP/aAAgBAgEBPxB//8QAFBABAAAAAAAAAAAAAAAAAAAAEP/aAAgBAQABPxA//9k=',
];

const FILES: Readonly<Record<string, Buffer>> = {
  png: PNG,
  jpeg: JPEG,
  gif: GIF,
  text: Buffer.from('city,count'),
};

async function openFile(file: { binding: string } | { path: string }) {
  const name = 'binding' in file ? file.binding : file.path;
  const bytes = new Uint8Array(FILES[name]!);
  return {
    name,
    slices: {
      sizeBytes: bytes.length,
      read: async (from: number, to: number) => bytes.slice(from, to),
    },
  };
}

async function write(options: Record<string, unknown>, names = ['data']) {
  const tables = names.map((name) => ({ name, schema: SCHEMA, batches: [BATCH] }));
  const made = await encodeTables(excelFormat, options, tables, memoryScratch(2 ** 28), openFile);
  const texts = Array.from(made.parts!)
    .filter(([name]) => !name.startsWith('xl/media/'))
    .map(([name, part]) => [name, new TextDecoder().decode(part)] as const);
  return { ...made, texts: new Map(texts) };
}

describe('the size of an image', () => {
  it('is that of its header', () => {
    expect(imageFacts(new Uint8Array(PNG))).toEqual({ extension: 'png', width: 3, height: 2 });
    expect(imageFacts(new Uint8Array(GIF))).toEqual({ extension: 'gif', width: 3, height: 2 });
    expect(imageFacts(new Uint8Array(JPEG))).toEqual({ extension: 'jpeg', width: 120, height: 40 });
  });

  it('of a JPEG is the same, also of one that is shown bit by bit', () => {
    for (const jpeg of JPEGS)
      expect(imageFacts(new Uint8Array(Buffer.from(jpeg, 'base64')))).toEqual({
        extension: 'jpeg',
        width: 12,
        height: 7,
      });
  });

  it('is none of what is cut or no image', () => {
    const cut = [
      PNG.subarray(0, 20),
      JPEG.subarray(0, 15),
      Buffer.from('RIFF1234WEBPVP8 12345678'),
    ];
    for (const bytes of [...cut, FILES['text']!, Buffer.alloc(0)])
      expect(imageFacts(new Uint8Array(bytes))).toBeNull();
  });
});

describe('images', () => {
  it('stand where they are to, as large as they are or in proportion', async () => {
    const images = [
      { file: { binding: 'png' }, cell: 'f2', width: 120, description: 'A "logo" & more' },
      { file: { path: 'jpeg' } },
      { file: 'png', height: 10 },
    ];
    const { bytes, parts } = await write({ images });
    const sheet = (await loadWorkbook(bytes)).worksheets[0]!;
    const found = sheet.getImages().map(({ range }) => {
      const { tl, ext } = range as unknown as ExcelJS.ImagePosition & {
        tl: { nativeCol: number; nativeRow: number };
      };
      return [tl.nativeCol, tl.nativeRow, ext.width, ext.height];
    });
    expect(found).toEqual([
      [5, 1, 120, 80],
      [3, 0, 120, 40],
      // Below the one before, with a row between.
      [3, 3, 15, 10],
    ]);
    expect(sheet.getCell('A2').value).toBe('Lima');
    const media = [...parts!.keys()].filter((name) => name.startsWith('xl/media/'));
    expect(media).toEqual(['xl/media/image1.png', 'xl/media/image2.jpeg', 'xl/media/image3.png']);
    expect(Buffer.from(parts!.get(media[0]!)!)).toEqual(PNG);
  });

  it('share a part, stand with charts, and on the sheet of their data set', async () => {
    const images = [
      { file: 'png', dataset: 'b' },
      { file: 'png', dataset: 'a' },
    ];
    const charts = { dataset: 'b', category: 'city', values: 'count' };
    const { bytes, parts } = await write({ images, charts }, ['a', 'b']);
    expect([...parts!.keys()].filter((name) => name.startsWith('xl/media/'))).toHaveLength(1);
    const book = await loadWorkbook(bytes);
    expect(book.worksheets.map((sheet) => sheet.getImages().length)).toEqual([1, 1]);
    expect([...parts!.keys()]).toContain('xl/charts/chart1.xml');
  });

  it.skipIf(lacksSchemas)('leave a workbook that is valid by the schemas of ECMA-376', async () => {
    const images = [{ file: 'png', cell: 'D3' }, { file: 'gif' }, { file: 'jpeg', width: 33.3 }];
    for (const more of [{}, { sheetBy: 'city' }, { charts: { values: 'count' } }]) {
      const { parts, texts } = await write({ images, ...more });
      const all = new Map(Array.from(parts!, ([name]) => [name, texts.get(name) ?? '<x/>']));
      expect(texts.has('xl/drawings/drawing1.xml')).toBe(true);
      expect(packageFaults(all)).toEqual([]);
      expect(schemaErrors([...texts])).toEqual([]);
    }
  });

  it('that are none are told of before the run and by it', async () => {
    const sentence = /“text” cannot be placed: it is no PNG, JPEG or GIF/;
    const { seeFiles } = await excelFormat.load();
    const options = EXCEL_OPTIONS.parse({ images: { file: 'text' } }).value!;
    const room = { limits: DEFAULT_LIMITS, openFile };
    const { findings } = await seeFiles!({ options, schema: SCHEMA, timeZone: 'UTC' }, room);
    expect(findings).toMatchObject([
      { severity: 'error', option: 'images', sentence: expect.stringMatching(sentence) },
    ]);
    await expect(write({ images: { file: 'text' } })).rejects.toThrow(sentence);
    expect(
      excelFormat.check!({
        options: EXCEL_OPTIONS.parse({ images: { file: 'png', dataset: 'c' } }).value!,
        schema: SCHEMA,
        charset: 'utf-8',
        tables: ['a', 'b'].map((name) => ({ name, schema: SCHEMA })),
      }),
    ).toMatchObject([{ option: 'images', code: 'excel.unknown-dataset' }]);
  });
});
