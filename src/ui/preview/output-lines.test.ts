// What the output pane shows of bytes: line ends, unseen characters, fields, and runs from right to left kept apart.
import { expect, it } from 'vitest';
import { decodeHead, hexLines, outputLines, splitDirections } from './output-lines.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

it('ends lines after LF, CR LF and CR, and names what nobody would see', () => {
  const lines = outputLines(decodeHead(bytes('\ufeffa\tb\r\nc\rd\n\u00a0'), 'utf-8'));
  expect(lines.map((line) => line.map((piece) => piece.text).join(' '))).toEqual([
    'BOM a ⇥ b CR LF',
    'c CR',
    'd LF',
    'NBSP',
  ]);
  expect(lines[0]!.map((piece) => piece.kind)).toEqual([
    'byte-order-mark',
    'text',
    'control',
    'text',
    'line-end',
    'line-end',
  ]);
});

it('cuts delimited text into fields, not within quotes', () => {
  const lines = outputLines('a;"b;\n""c""";d\n1;2;3', { delimiter: ';', quote: '"' });
  expect(
    lines.map((line) =>
      line.filter(({ kind }) => kind === 'text').map((piece) => [piece.field, piece.text]),
    ),
  ).toEqual([
    [
      [0, 'a'],
      [1, '"b;'],
    ],
    [
      [1, '""c"""'],
      [2, 'd'],
    ],
    [
      [0, '1'],
      [1, '2'],
      [2, '3'],
    ],
  ]);
});

it('leaves out a character that is cut off at the end', () => {
  expect(decodeHead(bytes('aé').subarray(0, 2), 'utf-8')).toBe('a');
});

it('keeps words from right to left together, and what stands between fields out of them', () => {
  expect(splitDirections('1,"مؤسسة النور",2,"בע״מ"')).toEqual([
    '1,"',
    'مؤسسة النور',
    '",2,"',
    'בע״מ',
    '"',
  ]);
  expect(splitDirections('plain, 株式会社')).toEqual(['plain, 株式会社']);
});

it('writes sixteen bytes a line as hex and as letters, and tells byte order marks and line ends', () => {
  const [first, second] = hexLines(bytes('\ufeff23456789abcdef\n'));
  const join = (line: typeof first) => line!.bytes.map(({ text }) => text).join(' ');
  expect([first!.offset, join(first)]).toEqual([
    '00000000',
    'ef bb bf 32 33 34 35 36 37 38 39 61 62 63 64 65',
  ]);
  expect(first!.bytes.map(({ letter }) => letter).join('')).toBe('···23456789abcde');
  expect(first!.bytes.slice(0, 4).map(({ kind }) => kind)).toEqual([
    'byte-order-mark',
    'byte-order-mark',
    'byte-order-mark',
    'plain',
  ]);
  expect([second!.offset, join(second), second!.bytes[1]!.kind]).toEqual([
    '00000010',
    '66 0a',
    'line-end',
  ]);
});
