// Hostile and broken input through the whole engine: it comes out right, or the error says what, where and what to do.
import { gzipSync } from 'node:zlib';
import { describe, expect, it, vi } from 'vitest';
import { createConfig, type ExportConfig, type SourceConfig } from '../contract/config.ts';
import type { ErrorData } from '../contract/errors.ts';
import type { Report } from '../contract/report.ts';
import type { OpenedBytes } from '../sources/bytes/blob.ts';
import { chunkedBytes, expectReadable, memoryTarget, testEngine, textOf } from './engine.suite.ts';

// Some of these files are large; a busy machine takes its time.
vi.setConfig({ testTimeout: 60_000 });

const engine = testEngine();
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const MiB = 1024 * 1024;

type Parts = Omit<Partial<Parameters<typeof createConfig>[0]>, 'source'> & {
  source?: Partial<SourceConfig>;
  limits?: Partial<ExportConfig['limits']>;
};

function configOf({ source, limits, ...parts }: Parts = {}): ExportConfig {
  const config = createConfig({
    source: { kind: 'csv', from: { binding: 'input' }, ...source },
    format: { id: 'csv', options: { formulaGuard: false } },
    delivery: { id: 'memory', options: {} },
    ...parts,
  });
  return { ...config, limits: { ...config.limits, ...limits } };
}

type Input = string | Uint8Array | OpenedBytes;

function bindingOf(input: Input): Blob {
  if (typeof input === 'object' && 'open' in input) return input as unknown as Blob;
  return new File([input as BlobPart], 'orders.csv');
}

interface Ran {
  report: Report;
  files: Map<string, Uint8Array>;
  text: string;
}

async function runIt(input: Input, parts: Parts = {}): Promise<Ran> {
  const target = memoryTarget();
  const { report } = await engine.run(configOf(parts), {
    bytes: { input: bindingOf(input) },
    targets: { output: target },
    clock: () => Date.UTC(2026, 0, 2),
    jobId: '0123456789',
  });
  if (report.outcome !== 'completed') {
    expect(target.files.size).toBe(0);
    expect(target.committed).toBe(false);
    expect(report.files).toEqual([]);
  }
  return { report, files: target.files, text: textOf([...target.files.values()][0]) };
}

/** The error of a run that must fail; every one of them has words for a person. */
async function errorOf(input: Input, parts: Parts = {}): Promise<ErrorData> {
  const { report } = await runIt(input, parts);
  expect(report.outcome).toBe('failed');
  const error = report.error!;
  expectReadable(error);
  return error;
}

const step = (kind: string, options: Record<string, unknown>) => ({
  id: kind,
  kind,
  enabled: true,
  options,
});
const ndjson = { id: 'ndjson', options: {} };
const json = { id: 'json', options: { rootKey: '' } };

/** Fake bytes made as they are asked for; `taken` says how many were. */
function endless(piece: Uint8Array, total: number): OpenedBytes & { taken: number } {
  const bytes = {
    name: 'huge.csv',
    sizeBytes: total,
    once: false,
    taken: 0,
    async *open() {
      for (let at = 0; at < total; at += piece.length) {
        bytes.taken += piece.length;
        yield piece;
      }
    },
  };
  return bytes;
}

describe('files that are no table', () => {
  it.each([
    ['empty', ''],
    ['nothing but a byte order mark', '\ufeff'],
  ])('%s', async (_, text) => {
    const error = await errorOf(text);
    expect(error.code).toBe('read.empty');
    expect(error.sentence).toBe('orders.csv is empty.');
  });

  it('line breaks only', async () => {
    const { report, text } = await runIt('\n\n\n');
    expect([report.outcome, report.error, text]).toEqual(['completed', null, '""\n\n\n']);
  });

  it.each([
    [
      'a picture',
      Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489', 'hex'),
    ],
    ['a program', Buffer.from('7f454c4602010100000000000000000003003e0001000000', 'hex')],
    ['a workbook', Buffer.from('504b0304140006000800000021000000', 'hex')],
    ['zeros', new Uint8Array(3 * MiB)],
    ['numbers of 32 bits', new Uint8Array(Int32Array.from({ length: 9000 }, (__, i) => i).buffer)],
  ])('binary: %s', async (_, bytes) => {
    const error = await errorOf(new Uint8Array(bytes));
    expect(['read.binary', 'read.charset.invalid', 'read.unpack.corrupt']).toContain(error.code);
    expect(error.sentence).toContain('orders.csv');
  });

  it('cut inside a quoted field, near the start and far down', async () => {
    expect(await errorOf('a,b\n1,"x\ny"\n2,"never clo')).toMatchObject({
      code: 'read.csv.unclosed-quote',
      parameters: { line: 4, column: 3 },
    });
    const far = await errorOf(`a,b\n${'1,"x"\n'.repeat(400_000)}2,"cut`);
    expect(far.sentence).toBe('A quoted field that opens on line 400002, column 3, never closes.');
  });

  it('text after a closing quote', async () => {
    const error = await errorOf('a,b\n1,"x"y\n');
    expect(error.sentence).toBe('Text follows a closing quote on line 2, column 6.');
  });

  it('500 MB without a line end fails early and asks for little more than one record', async () => {
    const bytes = endless(new Uint8Array(MiB).fill(97), 500 * MiB);
    const startMs = performance.now();
    const error = await errorOf(bytes);
    expect(performance.now() - startMs).toBeLessThan(20_000);
    expect(error.code).toBe('read.csv.record-too-large');
    expect(error.sentence).toContain('line 1');
    expect(error.sentence).toContain('64 MiB');
    expect(bytes.taken).toBeLessThan(200 * MiB);
    const small = endless(new Uint8Array(MiB).fill(97), 500 * MiB);
    await errorOf(small, { limits: { recordBytes: 2 * MiB } });
    expect(small.taken).toBeLessThan(8 * MiB);
  });

  it('500 MB without a line end after the header, and inside a quote', async () => {
    for (const head of ['a,b\n1,2\n', 'a,b\n1,"']) {
      const tail = endless(new Uint8Array(MiB).fill(97), 500 * MiB);
      const bytes: OpenedBytes = {
        ...tail,
        async *open() {
          yield utf8(head);
          yield* tail.open();
        },
      };
      const error = await errorOf(bytes, { limits: { recordBytes: 4 * MiB } });
      expect(error.code).toBe('read.csv.record-too-large');
      expect(tail.taken).toBeLessThan(16 * MiB);
    }
  });
});

describe('wide and oddly named', () => {
  const WIDTH = 20_000;
  const names = Array.from({ length: WIDTH }, (_, i) => `c${i}`);
  const rows = Array.from({ length: 3 }, (_, r) => names.map((__, i) => String(i * 10 + r)));
  const csv = [names, ...rows].map((cells) => cells.join(',')).join('\n') + '\n';

  it('20,000 columns to csv, ndjson and json', async () => {
    expect((await runIt(csv)).text).toBe(csv);
    const wanted = rows.map((row) => Object.fromEntries(row.map((v, i) => [names[i]!, Number(v)])));
    const lines = (await runIt(csv, { format: ndjson })).text.trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(wanted);
    expect(JSON.parse((await runIt(csv, { format: json })).text)).toEqual(wanted);
  });

  it('20,000 columns whose names alone are larger than the sample', async () => {
    const long = names.map((name) => `${name}_${'x'.repeat(90)}`);
    const text = [long, ...rows].map((cells) => cells.join(',')).join('\n') + '\n';
    for (const once of [false, true]) {
      const bytes = chunkedBytes('orders.csv', utf8(text), [300_000], once);
      const ran = await runIt(bytes);
      expect(ran.report.error).toBeNull();
      expect(ran.text === text).toBe(true);
    }
    const lines = (await runIt(text, { format: ndjson })).text.trimEnd().split('\n');
    expect(Object.keys(JSON.parse(lines[2]!) as object)).toEqual(long);
  });

  it('20,000 columns of which many turn out to be text below the sample', async () => {
    const wide = Array.from({ length: 14 }, (_, r) =>
      names.map((__, i) => (r === 13 && i % 3 === 0 ? 'n/a' : String(1_000_000 + i))),
    );
    const text = [names, ...wide].map((cells) => cells.join(',')).join('\n') + '\n';
    expect(text.length).toBeGreaterThan(2 * MiB);
    const startMs = performance.now();
    const { report, text: out } = await runIt(text, { format: ndjson });
    expect(performance.now() - startMs).toBeLessThan(20_000);
    expect(report.error).toBeNull();
    expect(report.retyped).toHaveLength(Math.ceil(WIDTH / 3));
    expect(report.retyped[1]).toEqual({ column: 'c3', from: 'int64', value: 'n/a', line: 15 });
    const last = JSON.parse(out.trimEnd().split('\n').at(-1)!) as Record<string, unknown>;
    expect([last['c0'], last['c1'], last['c3']]).toEqual(['n/a', 1_000_001, 'n/a']);
  });

  it('repeated, empty, hostile and 5,000-character names', async () => {
    const odd = [
      'a',
      'a',
      '',
      '',
      '__proto__',
      'constructor',
      'toString',
      'x'.repeat(5000),
      'é"',
      ' ',
    ];
    const text =
      odd.map((name) => `"${name.replaceAll('"', '""')}"`).join(',') +
      '\n' +
      odd.map((_, i) => `v${i}`).join(',') +
      '\n';
    const ran = await runIt(text);
    expect(ran.text.split('\n')[1]).toBe(odd.map((_, i) => `v${i}`).join(','));
    expect(ran.report.columns.map((column) => column.name)).toEqual(odd);
    const out = (await runIt(text, { format: json })).text;
    const keys: string[] = [];
    const record = JSON.parse(out, function (key, value: unknown) {
      if (typeof value === 'string') keys.push(key);
      return value;
    }) as Record<string, unknown>[];
    expect(Object.values(record[0]!)).toHaveLength(odd.length);
    expect(new Set(keys).size).toBe(odd.length);
    for (const name of new Set(odd)) expect(keys).toContain(name);
    expect(Object.getPrototypeOf({})).toBe(Object.prototype);
    const picked = await runIt(text, {
      steps: [
        step('select', { include: [{ name: 'a', nth: 1 }, '', '__proto__', 'x'.repeat(5000)] }),
        step('filter', { where: { op: '=', column: { name: '__proto__' }, value: 'v4' } }),
      ],
    });
    expect(picked.report.error).toBeNull();
    expect(picked.text.split('\n')[1]).toBe('v1,v2,v3,v4,v7');
  });

  it('a data set name longer than a file name may be, in parts', async () => {
    const { report } = await runIt('a\n1\n2\n3\n', {
      name: 'ä'.repeat(5000),
      output: { split: { rows: 1 }, archive: { id: 'zip', options: {} } },
    });
    expect(report.error).toBeNull();
    expect(report.files[0]!.entries).toHaveLength(3);
    for (const { name } of [...report.files, ...report.files[0]!.entries!])
      expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255);
  });

  it('more columns than the limit, another width below', async () => {
    const error = await errorOf(csv, { limits: { columns: 100 } });
    expect(error.sentence).toBe('The first record has 20000 columns; the limit is 100.');
    const ragged = await errorOf('a,b\n1,2\n3\n');
    expect(ragged.sentence).toBe('The number of fields on line 3 is 1; the header has 2.');
  });
});

describe('gzip', () => {
  const packed = (text: string): Uint8Array => new Uint8Array(gzipSync(text));

  it('bombs end at the ratio and at the size, before they are unpacked', async () => {
    const bomb = new Uint8Array(gzipSync(Buffer.alloc(64 * MiB, 'a\n'), { level: 9 }));
    const ratio = await errorOf(bomb, { limits: { unpackRatio: 100 } });
    expect(ratio).toMatchObject({
      code: 'read.unpack.too-large',
      parameters: { option: 'unpackRatio' },
    });
    expect(ratio.hint).toContain('limits.unpackRatio');
    const size = await errorOf(bomb, { limits: { unpackedBytes: 3 * MiB } });
    expect(size.parameters['option']).toBe('unpackedBytes');
  });

  it('cut, damaged, with something behind it', async () => {
    const whole = packed(`a,b\n${'1,2\n'.repeat(1000)}`);
    const cut = await errorOf(whole.slice(0, whole.length - 20));
    expect(cut.code).toBe('read.gzip.corrupt');
    expect(cut.sentence).toContain('orders.csv');
    expect((await errorOf(whole.slice(0, 5))).code).toBe('read.gzip.corrupt');
    const garbage = new Uint8Array([...whole, ...utf8('garbage')]);
    expect((await errorOf(garbage)).sentence).toContain(`at byte ${whole.length}`);
    const damaged = whole.slice();
    damaged[damaged.length - 6]! ^= 1;
    expect((await errorOf(damaged)).code).toBe('read.gzip.corrupt');
    const padded = new Uint8Array(whole.length + 512);
    padded.set(whole);
    expect((await runIt(padded)).report.audit.rowsIn).toBe(1000);
    const two = new Uint8Array([...packed('a\n1\n'), ...packed('2\n')]);
    expect((await runIt(two)).text).toBe('a\n1\n2\n');
  });

  it('is said when it is not what was chosen', async () => {
    const none = await errorOf('a,b\n1,2\n', { source: { compression: 'gzip' } });
    expect(none.code).toBe('read.gzip.corrupt');
    const raw = await errorOf(packed('a,b\n1,2\n'), { source: { compression: 'none' } });
    expect(['read.binary', 'read.charset.invalid']).toContain(raw.code);
  });
});

describe('charsets', () => {
  const charset = (id: string, onInvalid: 'fail' | 'replace' | 'latin1' = 'fail') => ({
    source: { charset: { id, onInvalid } },
  });
  const filler = 'plain,text\n'.repeat(150_000);

  it('Windows-1252 that first shows after the sample: the error says where and what to do', async () => {
    const bytes = new Uint8Array(Buffer.from(`a,b\n${filler}M\u00fcller,x\n`, 'latin1'));
    expect(bytes.length).toBeGreaterThan(MiB);
    const error = await errorOf(bytes);
    expect(error.code).toBe('read.charset.invalid');
    expect(error.parameters).toMatchObject({ line: 150_002, offset: 4 + filler.length + 1 });
    expect(error.hint).toContain('Windows-1252');
    expect((await runIt(bytes, charset('windows-1252'))).text).toContain('\nMüller,x\n');
    const kept = await runIt(bytes, charset('auto', 'latin1'));
    expect(kept.text).toContain('\nMüller,x\n');
    expect(kept.report.losses).toMatchObject([{ code: 'charset.invalid', count: 1 }]);
    const replaced = await runIt(bytes, charset('utf-8', 'replace'));
    expect(replaced.text).toContain('\nM\ufffdller,x\n');
    expect(replaced.report.losses[0]!.example).toBe(
      `fc at byte ${4 + filler.length + 1} (line 150002)`,
    );
  });

  it('UTF-16 of an odd length, with and without marks', async () => {
    const odd = new Uint8Array([...Buffer.from('\ufeffa,b\n1,2\n', 'utf16le'), 65]);
    const error = await errorOf(odd);
    expect(error.sentence).toBe('orders.csv is not valid utf-16le at byte 18 (line 3).');
    const replaced = await runIt(odd, charset('auto', 'replace'));
    expect(replaced.report.error?.code ?? replaced.text).toBe('read.csv.ragged-row');
    const fine = new Uint8Array(Buffer.from('a,b\n1,\u00e9\n', 'utf16le'));
    expect((await runIt(fine)).text).toBe('a,b\n1,é\n');
    expect((await runIt(new Uint8Array([0xef, 0xbb, 0xbf, ...utf8('a\n1\n')]))).text).toBe(
      'a\n1\n',
    );
  });

  it('the wrong charset', async () => {
    const utf16 = new Uint8Array(Buffer.from('\ufeffa,b\n1,2\n', 'utf16le'));
    expect((await errorOf(utf16, charset('windows-1252'))).code).toBe('read.binary');
    expect((await errorOf(utf16, charset('utf-8'))).code).toBe('read.charset.invalid');
    const unknown = await errorOf('a\n1\n', charset('klingon'));
    expect(unknown.hint).toContain('windows-1252');
  });

  it('an output charset that lacks a character, or does not exist, or has no mark', async () => {
    const lossy = await errorOf('a\nx€y\n', { output: { charset: latin('fail') } });
    expect(lossy.code).toBe('encode.charset-loss');
    expect(lossy.sentence).toContain('“€” (U+20AC)');
    for (const wrong of [
      { ...latin('fail'), id: 'klingon' },
      { ...latin('replace'), replacement: '"' },
      { ...latin('escape') },
    ]) {
      const error = await errorOf('a\n1\n', { output: { charset: wrong } });
      const { issues } = await engine.check(configOf({ output: { charset: wrong } }), {
        bytes: { input: bindingOf('a\n1\n') },
      });
      expect(issues.find((issue) => issue.severity === 'error')?.sentence).toBe(error.sentence);
    }
    // What check calls a warning must not stop the run.
    const marked = { ...latin('fail'), bom: true };
    const checked = await engine.check(configOf({ output: { charset: marked } }), {
      bytes: { input: bindingOf('a\n1\n') },
    });
    const ran = await runIt('a\n1\n', { output: { charset: marked } });
    expect(ran.report.outcome === 'completed').toBe(
      checked.issues.every((issue) => issue.severity !== 'error'),
    );
    const utf = await runIt('a\n1\n', {
      output: { charset: { ...latin('escape'), id: 'UTF-8', bom: true } },
    });
    expect(utf.report.error).toBeNull();
    expect(utf.text).toBe('\ufeffa\n1\n');
  });

  function latin(onLoss: 'fail' | 'replace' | 'escape' | 'transliterate') {
    return { id: 'iso-8859-1', bom: false, onLoss, replacement: '?' };
  }
});

describe('filters and column types', () => {
  const csv = 'id,amount,day\n1,2.50,2026-01-02\n2,3.75,2026-01-03\n';
  const where = (expression: unknown) => ({ steps: [step('filter', { where: expression })] });

  it.each([
    ['nope = 1', 'config.unknown-column', 'nope', 'id, amount, day'],
    ["amount > 'much'", 'filter.wrong-value', 'much', 'amount'],
    ['amount >', 'filter.syntax', 'position', ''],
    ["id matches '('", 'config.conflict', 'id', ''],
    ["day = '2026-13-01'", 'filter.wrong-value', '2026-13-01', 'day'],
    ['('.repeat(5000), 'filter.syntax', 'position', ''],
    [{ op: 'explodes' }, 'config.wrong-option', 'where', ''],
  ])('%j', async (expression, code, inSentence, inHint) => {
    const error = await errorOf(csv, where(expression));
    expect(error.code).toBe(code);
    expect(error.sentence).toContain(inSentence);
    expect(error.hint).toContain(inHint);
  });

  it('a value that does not fit the type that a filter needs is named', async () => {
    const rows = `n\n${'1\n'.repeat(600_000)}many\n`;
    const error = await errorOf(rows, where('n > 0'));
    expect(error.code).toBe('step.misfit');
    expect(error.sentence).toContain('“many” on line 600002 is not of type int64');
  });

  it('a declared number in a spelling that JSON lacks', async () => {
    const read = async (type: string, text: string) =>
      (
        await runIt(`n,m\n${text},x\n`, {
          source: { columns: [{ column: { name: 'n' }, type }] },
          format: ndjson,
        })
      ).text;
    expect(await read('int64', '007')).toBe('{"n":7,"m":"x"}\n');
    expect(await read('int64', '-0042')).toBe('{"n":-42,"m":"x"}\n');
    expect(await read('decimal(5,2)', '.5')).toBe('{"n":0.50,"m":"x"}\n');
    expect(await read('float64', '5.')).toBe('{"n":5,"m":"x"}\n');
  });

  it('a declared type by its policy', async () => {
    const text = 'n\n1\nx\n2\n';
    const typed = (onMisfit: 'reject' | 'null' | 'fail', type = 'int64') => ({
      source: { columns: [{ column: { name: 'n' }, type, onMisfit }] },
      format: ndjson,
    });
    const rejected = await runIt(text, typed('reject'));
    expect(rejected.text).toBe('{"n":1}\n{"n":2}\n');
    expect(rejected.report.audit).toMatchObject({
      rowsIn: 3,
      rowsOut: 2,
      rejected: 1,
      balances: true,
    });
    expect(rejected.report.rejects.listed[0]).toMatchObject({ line: 3, value: 'x', column: 'n' });
    expect((await runIt(text, typed('null'))).text).toBe('{"n":1}\n{"n":null}\n{"n":2}\n');
    expect((await errorOf(text, typed('fail'))).sentence).toContain('“x” on line 3');
    const wrong = await errorOf(text, {
      source: { columns: [{ column: { name: 'm' }, type: 'int64' }] },
    });
    expect(wrong.code).toBe('config.unknown-column');
    expect((await errorOf(text, typed('fail', 'complex64'))).code).toBe('config.invalid');
    expect((await errorOf(text, typed('fail', 'binary'))).code).toBe('config.wrong-option');
  });
});

describe('a config with a mistake', () => {
  const good = configOf();
  const output = good.outputs[0]!;
  const source = good.sources[0]!;
  const dataset = good.datasets[0]!;
  it.each<[string, unknown, string, string]>([
    ['nothing', null, 'config.invalid', ''],
    ['a text', 'export', 'config.invalid', ''],
    ['a later version', { ...good, version: 2 }, 'config.newer-version', '2'],
    ['an unknown key', { ...good, compress: true }, 'config.invalid', 'compress'],
    [
      'an unknown format',
      { ...good, outputs: [{ ...output, format: { id: 'xls', options: {} } }] },
      'config.unknown-part',
      'xls',
    ],
    [
      'an unknown option',
      { ...good, outputs: [{ ...output, format: { id: 'csv', options: { delimeter: ';' } } }] },
      'config.wrong-option',
      'outputs.0.format.options.delimeter',
    ],
    [
      'a wrong value',
      { ...good, outputs: [{ ...output, format: { id: 'csv', options: { quotes: 'some' } } }] },
      'config.wrong-option',
      'outputs.0.format.options.quotes',
    ],
    [
      'a wrong source option',
      { ...good, sources: [{ ...source, options: { delimiter: '' } }] },
      'config.wrong-option',
      'sources.0.options.delimiter',
    ],
    [
      'a wrong step option',
      { ...good, datasets: [{ ...dataset, steps: [step('limit', { limit: -1 })] }] },
      'config.wrong-option',
      'datasets.0.steps.0.options.limit',
    ],
    [
      'an unknown step',
      { ...good, datasets: [{ ...dataset, steps: [step('sortt', {})] }] },
      'config.unknown-part',
      'sortt',
    ],
    [
      'no such binding',
      { ...good, sources: [{ ...source, from: { binding: 'elsewhere' } }] },
      'config.binding-missing',
      'elsewhere',
    ],
    [
      'two outputs',
      { ...good, outputs: [output, { ...output, id: 'second' }] },
      'config.not-here',
      '2 outputs',
    ],
    [
      'a circle',
      {
        ...good,
        datasets: [
          { ...dataset, from: 'b' },
          { ...dataset, id: 'b', from: 'data' },
        ],
      },
      'config.invalid',
      'comes from itself',
    ],
    ['a repeated id', { ...good, datasets: [dataset, dataset] }, 'config.invalid', 'data'],
    ['a wrong time zone', { ...good, timeZone: 'Mars/Olympus' }, 'config.invalid', 'timeZone'],
    [
      'the same characters',
      { ...good, sources: [{ ...source, options: { delimiter: '"' } }] },
      'read.csv.same-characters',
      'delimiter',
    ],
    [
      'one file in parts',
      {
        ...good,
        outputs: [
          {
            ...output,
            archive: { id: 'zip', options: {} },
            compression: { id: 'gzip', options: {} },
          },
        ],
      },
      'config.conflict',
      'compress',
    ],
  ])('%s', async (_, config, code, inSentence) => {
    const bindings = {
      bytes: { input: bindingOf('a,b\n1,2\n') },
      targets: { output: memoryTarget() },
    };
    const { report } = await engine.run(config as ExportConfig, bindings);
    expect(report.outcome).toBe('failed');
    expect(report.error).toMatchObject({ code });
    expectReadable(report.error!);
    expect(report.error!.sentence).toContain(inSentence);
    const { issues } = await engine.check(config as ExportConfig, bindings);
    expect(issues[0]).toMatchObject({ severity: 'error', sentence: report.error!.sentence });
    expect(() => JSON.stringify(report)).not.toThrow();
  });
});

describe('limits of time', () => {
  it('hold while the source says nothing', async () => {
    const hanging: OpenedBytes = {
      name: 'pipe',
      sizeBytes: null,
      once: true,
      async *open() {
        yield utf8('a\n1\n'.repeat(300_000));
        await new Promise(() => {});
        yield utf8('2\n');
      },
    };
    const error = await errorOf(hanging, { limits: { timeoutMs: 150 } });
    expect(error.code).toBe('run.timeout');
    expect(error.sentence).toBe('The export took longer than 150 ms.');
  });

  it('hold while the source says nothing and the writing takes too long', async () => {
    const target = memoryTarget();
    target.onWrite = () => {
      const end = performance.now() + 650;
      while (performance.now() < end);
    };
    const hanging: OpenedBytes = {
      name: 'pipe',
      sizeBytes: null,
      once: true,
      async *open() {
        yield utf8('a\n1\n'.repeat(300_000));
        await new Promise(() => {});
      },
    };
    const { report } = await engine.run(configOf({ limits: { timeoutMs: 600 } }), {
      bytes: { input: bindingOf(hanging) },
      targets: { output: target },
    });
    expect(report.error!.code).toBe('run.timeout');
    expect(target.aborted).toBe(1);
  });

  it('hold while it works', async () => {
    const slow = endless(utf8('a,b\n'.repeat(50_000)), 2000 * MiB);
    expect((await errorOf(slow, { limits: { timeoutMs: 100 } })).code).toBe('run.timeout');
  });
});

describe('what a report says of a run that failed', () => {
  it('does not claim that the source was read to its end', async () => {
    const { report } = await runIt(`a,b\n${'1,2\n'.repeat(400_000)}3\n`);
    expect(report.error!.code).toBe('read.csv.ragged-row');
    expect(report.sources[0]!.exhausted).toBe(false);
    expect(report.audit.rowsIn).toBeLessThanOrEqual(400_000);
  });
});
