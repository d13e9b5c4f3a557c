// Sources in any charset through the whole engine: found or chosen, read in pieces, shown with what else they may be.
import { describe, expect, it } from 'vitest';
import { createConfig, type ExportConfig, type SourceConfig } from '../contract/config.ts';
import { chunkedBytes, memoryTarget, testEngine, textOf } from './engine.suite.ts';

const engine = testEngine();
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** `id,名前,住所` and two rows, as Windows writes them in Japan. */
const SHIFT_JIS = new Uint8Array(
  Buffer.from(
    '69642c96bc914f2c8f5a8f8a0a312c9363928691be98592c938c8b9e93730a322c835c836a815b2c91e58de3957b0a',
    'hex',
  ),
);
const TEXT = 'id,名前,住所\n1,田中太郎,東京都\n2,ソニー,大阪府\n';

const configOf = (source: Partial<SourceConfig> = {}): ExportConfig =>
  createConfig({
    source: { kind: 'csv', from: { binding: 'input' }, ...source },
    format: { id: 'csv', options: { formulaGuard: false } },
    delivery: { id: 'memory', options: {} },
  });

async function run(bytes: Uint8Array, source?: Partial<SourceConfig>, chunk = 7) {
  const target = memoryTarget();
  const { report } = await engine.run(configOf(source), {
    bytes: { input: chunkedBytes('orders.csv', bytes, [chunk]) as unknown as Blob },
    targets: { output: target },
  });
  return { report, text: textOf([...target.files.values()][0]) };
}

const inspect = (bytes: Uint8Array, source?: Partial<SourceConfig>) =>
  engine.inspect(configOf(source), { bytes: { input: new Blob([bytes as BlobPart]) } });

describe('a source in a legacy charset', () => {
  it.each([1, 2, 3, 100])('is found and read in chunks of %i bytes', async (chunk) => {
    const { report, text } = await run(SHIFT_JIS, {}, chunk);
    expect(report.error).toBeNull();
    expect(text).toBe(TEXT);
  });

  it('is read in the charset chosen by any of its labels', async () => {
    for (const id of ['shift_jis', 'SJIS', 'ms_kanji', 'windows-31j'])
      expect((await run(SHIFT_JIS, { charset: { id, onInvalid: 'fail' } })).text).toBe(TEXT);
    const inspection = await inspect(SHIFT_JIS, { charset: { id: 'sjis', onInvalid: 'fail' } });
    expect(inspection.charset).toBe('shift_jis');
    expect(inspection.charsetAlternatives).toBeUndefined();
  });

  it('is refused, or counted, where its bytes mean nothing', async () => {
    const bytes = new Uint8Array([...SHIFT_JIS, ...utf8('3,x,'), 0x81, 0x20, 10]);
    const failed = await run(bytes, { charset: { id: 'shift_jis', onInvalid: 'fail' } });
    expect(failed.report.error).toMatchObject({
      code: 'read.charset.invalid',
      parameters: { offset: SHIFT_JIS.length + 4, line: 4 },
    });
    const replaced = await run(bytes, { charset: { id: 'shift_jis', onInvalid: 'replace' } });
    expect(replaced.text).toBe(`${TEXT}3,x,\ufffd \n`);
    expect(replaced.report.losses).toMatchObject([{ code: 'charset.invalid', count: 1 }]);
  });

  it('is inspected with the reason and other readings', async () => {
    const inspection = await inspect(
      new Uint8Array(Buffer.from('id,name\n1,M\xfcller\n', 'latin1')),
    );
    expect(inspection.charset).toBe('windows-1252');
    expect(inspection.evidence.find(({ option }) => option === 'charset')?.sentence).toContain(
      '“Müller”',
    );
    const others = inspection.charsetAlternatives!;
    expect(others.length).toBeGreaterThan(0);
    for (const { id, example } of others) {
      expect(example).not.toBe('Müller');
      const chosen = await inspect(
        new Uint8Array(Buffer.from('id,name\n1,M\xfcller\n', 'latin1')),
        {
          charset: { id, onInvalid: 'fail' },
        },
      );
      expect(chosen.columns[1]!.examples).toEqual([example]);
    }
  });
});

describe('text that was decoded wrongly once', () => {
  const bytes = utf8('id,note\n1,ðŸ”¥ HIGH\n2,MÃ¼ller\n');

  it('is noticed, and read whole in the charset that is proposed', async () => {
    const { charset, mojibake } = await inspect(bytes);
    expect(charset).toBe('utf-8');
    expect(mojibake).toMatchObject({
      charset: 'utf-8-mojibake-1252',
      example: { before: 'ðŸ”¥', after: '🔥' },
    });
    const id = mojibake!.charset;
    for (const chunk of [1, 2, 5, 100]) {
      const { report, text } = await run(bytes, { charset: { id, onInvalid: 'fail' } }, chunk);
      expect(text).toBe('id,note\n1,🔥 HIGH\n2,Müller\n');
      expect(report.losses).toMatchObject([{ code: 'charset.repaired', count: 2 }]);
    }
    expect((await run(bytes)).text).toBe(textOf(bytes));
  });

  it('is none where the charset chosen is the fault: UTF-8 is proposed', async () => {
    const { mojibake } = await inspect(utf8('id,name\n1,Müller\n'), {
      charset: { id: 'windows-1252', onInvalid: 'fail' },
    });
    expect(mojibake).toMatchObject({ charset: 'utf-8', example: { after: 'Müller' } });
    expect((await inspect(utf8('id,name\n1,Müller\n'))).mojibake).toBeUndefined();
  });
});

it('the catalogue says which charsets are read and which are written', async () => {
  const { charsets } = await engine.catalogue();
  const of = (id: string) => charsets.find((charset) => charset.id === id);
  expect(of('utf-8')).toMatchObject({ canDecode: true, canEncode: true });
  expect(of('euc-kr')).toMatchObject({ canDecode: true, canEncode: true });
  expect(of('utf-8-mojibake-1252')).toMatchObject({ canDecode: true, canEncode: false });
});
