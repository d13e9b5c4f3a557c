// Lines of JSON: blank ones, record separators, bad ones by policy, and the same rows whatever the chunks.
import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../../contract/config.ts';
import type { Loss, Reject } from '../../contract/report.ts';
import { selectedCount, selectedRow } from '../../table/batch.ts';
import { fieldText, lineOfRow } from '../../table/text-block.ts';
import { inspectNdjson } from './inspect.ts';
import type { NdjsonOptions } from './options.ts';
import { readNdjson } from './read.ts';
import { ndjsonSource } from './source.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

async function readLines(text: string, given: Partial<NdjsonOptions> = {}, chunkSize = 1 << 20) {
  const bytes = utf8(text);
  const inspection = inspectNdjson({
    given,
    columns: [],
    sample: bytes.slice(0, 100_000),
    isWhole: bytes.length <= 100_000,
    profiles: true,
    sizeBytes: bytes.length,
    name: 'test.ndjson',
    limits: DEFAULT_LIMITS,
  });
  const rows: (string | null)[][] = [];
  const lines: number[] = [];
  const rejects: Reject[] = [];
  const losses: Loss[] = [];
  for await (const batch of readNdjson({
    input: {
      kind: 'bytes',
      name: 'test.ndjson',
      sizeBytes: bytes.length,
      once: false,
      async *open() {
        for (let at = 0; at < bytes.length; at += chunkSize) {
          await Promise.resolve();
          yield bytes.slice(at, at + chunkSize);
        }
      },
    },
    options: inspection.options,
    schema: inspection.schema,
    columns: [],
    limits: DEFAULT_LIMITS,
    signal: new AbortController().signal,
    reject: (reject) => rejects.push(reject),
    lose: (loss) => losses.push(loss),
  }))
    for (let i = 0; i < selectedCount(batch); i++) {
      const row = selectedRow(batch, i);
      rows.push(inspection.schema.fields.map((_, c) => fieldText(batch.block!, row, c)));
      lines.push(lineOfRow(batch.block!, row));
    }
  return { rows, lines, rejects, losses, inspection };
}

describe('lines', () => {
  it('are records; blank ones and record separators mean nothing', async () => {
    const text = '\n{"a":1}\r\n\n  {"a":2,"b":"x"} \n\u001e{"b":"y"}\n\u001e{"a":4}';
    for (const size of [1, 5, 1000]) {
      const { rows, lines } = await readLines(text, {}, size);
      expect(rows).toEqual([
        ['1', null],
        ['2', 'x'],
        [null, 'y'],
        ['4', null],
      ]);
      expect(lines).toEqual([2, 4, 5, 6]);
    }
  });

  it('may be lists, with or without names', async () => {
    expect((await readLines('["a","b"]\n[1,2]\n')).inspection.schema.fields[0]!.name).toBe('a');
    expect((await readLines('[1,2]\n[3]\n')).rows).toEqual([
      ['1', '2'],
      ['3', null],
    ]);
    expect((await readLines('1\n"x"\n')).rows).toEqual([['1'], ['"x"']]);
  });

  it('that are wrong are refused with their place', async () => {
    for (const [text, line, column] of [
      ['{"a":1}\n{"a":}\n', 2, 6],
      ['{"a":1}\n{"a":1} x\n', 2, 9],
      ['{"a":1}\n{"a":1}{"a":2}\n', 2, 8],
      ['{"a":1}\n{"a":\n2}\n', 2, 6],
      ['{"a":1}\n{"a":1', 2, 7],
      ['{"a":1}\n{"a":1\n{"a":2}\n', 2, 7],
      ['{"a":1}\n{"a":"x\n"}\n', 2, 8],
    ] as const)
      await expect(readLines(text)).rejects.toMatchObject({
        code: 'read.json.syntax',
        parameters: { line, column },
      });
    await expect(readLines('{"a":1}\n{"a":\n2}\n')).rejects.toMatchObject({
      hint: expect.stringContaining('one record on each line') as string,
    });
    await expect(readLines(' \n')).rejects.toMatchObject({ code: 'read.empty' });
  });

  it('that are wrong may be left out and listed', async () => {
    const good = Array.from({ length: 20_000 }, (_, i) => `{"a":${i}}`);
    const text = [...good, '{"a":', '[1]', '{"a":-1}', '{"a":1} x', '{"a":-2}', '{"a'].join('\n');
    const { rows, rejects, lines } = await readLines(text, { badRecords: 'reject' }, 999);
    expect(rows.slice(-2)).toEqual([['-1'], ['-2']]);
    expect(rows).toHaveLength(20_002);
    expect(lines.slice(-2)).toEqual([20_003, 20_005]);
    expect(rejects).toMatchObject([
      { row: 20_000, line: 20_001, code: 'read.json.syntax', value: '{"a":' },
      { row: 20_001, line: 20_002, code: 'read.json.other-record', value: '[1]' },
      { row: 20_003, line: 20_004, code: 'read.json.syntax', value: '{"a":1} x' },
      { row: 20_005, line: 20_006, code: 'read.json.syntax', value: '{"a' },
    ]);
  });

  it('are found by their bytes', () => {
    const sure = (text: string): number => ndjsonSource.recognise!(utf8(text));
    expect(sure('{"a":1}\n{"a":2}\n')).toBe(2);
    expect(sure('\u001e{"a":1}\n')).toBe(2);
    expect(sure('{"a":1}\n')).toBe(1);
    expect(sure('{"a":\n1}\n')).toBe(0);
    expect(sure('[1]x\n')).toBe(0);
    expect(sure('a,b\n1,2\n')).toBe(0);
  });
});
