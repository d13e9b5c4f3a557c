// What the output pane shows of bytes: line ends, unseen characters, and runs from right to left kept apart.
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
  expect(lines[0]![0]!.kind).toBe('byte-order-mark');
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

it('writes sixteen bytes a line as hex and as letters', () => {
  expect(hexLines(bytes('0123456789abcdef\n'))).toEqual([
    {
      offset: '00000000',
      hex: '30 31 32 33 34 35 36 37  38 39 61 62 63 64 65 66 ',
      letters: '0123456789abcdef',
    },
    { offset: '00000010', hex: `0a${' '.repeat(47)}`, letters: '·' },
  ]);
});
