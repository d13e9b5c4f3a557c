// The built command line as people run it: real processes, pipes, signals and exit codes.
import { spawn } from 'node:child_process';
import { createHash, createHmac } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { build } from 'vite';
import { EXPRESSION_FUNCTIONS } from '../../contract/expression-functions.ts';
import { openGenerated } from '../../sources/bytes/generated.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

let base: string;
let folder: string;
let program: string;

beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'command-line-'));
  // A build of its own, so that nobody's dist is written over.
  const outDir = join(base, 'dist');
  await build({ mode: 'node', logLevel: 'error', build: { outDir, emptyOutDir: false } });
  await writeFile(join(outDir, 'package.json'), '{"type":"module"}');
  program = join(outDir, 'export-studio.js');
}, 60_000);

afterAll(() => rm(base, { recursive: true, force: true }));

let folderCount = 0;
beforeEach(async () => {
  folder = join(base, `run-${++folderCount}`);
  await mkdir(folder);
  await writeFile(join(folder, 'in.csv'), 'id,name,amount\n007,"a, b",10.50\n2,,3\n3,c,\n');
});

interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

interface Started {
  ended: Promise<Ended>;
  process: ReturnType<typeof spawn>;
  sawOnStderr(text: string): Promise<void>;
}

function start(args: string[], input?: string, environment: Record<string, string> = {}): Started {
  const { PATH = '' } = process.env;
  const child = spawn(process.execPath, [program, ...args], {
    cwd: folder,
    env: { PATH, ...environment },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const stdout: Buffer[] = [];
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  child.stdin.on('error', () => {});
  if (input !== undefined) child.stdin.end(input);
  return {
    process: child,
    ended: new Promise((resolve) => {
      child.on('close', (code) =>
        resolve({ code, stdout: Buffer.concat(stdout).toString(), stderr }),
      );
    }),
    async sawOnStderr(text) {
      await expect.poll(() => stderr, { timeout: 10_000 }).toContain(text);
    },
  };
}

const run = (
  args: string[],
  input = '',
  environment: Record<string, string> = {},
): Promise<Ended> => start(args, input, environment).ended;

describe('run', () => {
  it('says of data where a configuration is wanted how it is named', async () => {
    for (const given of ['in.csv', 'https://127.0.0.1/in.csv']) {
      const { code, stderr } = await run(['run', given, '-o', 'out.json']);
      expect(code).toBe(2);
      expect(stderr).toContain(`--source ${given}`);
    }
    const { stderr } = await run(['run', 'missing.csv']);
    expect(stderr).toContain('neither a file that ends with .json');
  });

  it('writes a file, says its checksum, and leaves nothing else', async () => {
    const { code, stdout, stderr } = await run([
      'run',
      '--source',
      'in.csv',
      '--destination',
      'out.csv',
    ]);
    expect(code).toBe(0);
    expect(stdout).toBe('');
    const bytes = await readFile(join(folder, 'out.csv'));
    expect(bytes.toString()).toBe('id,name,amount\n007,"a, b",10.50\n2,,3\n3,c,\n');
    expect(stderr).toContain(createHash('sha256').update(bytes).digest('hex'));
    expect((await readdir(folder)).toSorted()).toEqual(['in.csv', 'out.csv']);
    expect((await stat(join(folder, 'out.csv'))).mode & 0o777).toBe(0o600);
  });

  it('writes the same bytes again when the environment says what time it is', async () => {
    const args = ['run', '--source', 'in.csv', '--format', 'json', '--format.includeMetadata'];
    const environment = { SOURCE_DATE_EPOCH: '1800000000' };
    const first = await run([...args, '--destination', 'a.json'], '', environment);
    const second = await run([...args, '--destination', '-', '--quiet'], '', environment);
    expect([first.code, second.code]).toEqual([0, 0]);
    expect(await readFile(join(folder, 'a.json'), 'utf8')).toBe(second.stdout);
    expect(second.stdout).toContain('"generated":"2027-01-15T08:00:00.000Z"');
    const wrong = await run([...args, '--destination', '-'], '', { SOURCE_DATE_EPOCH: 'soon' });
    expect(wrong).toMatchObject({ code: 2, stdout: '' });
    expect(wrong.stderr).toContain('SOURCE_DATE_EPOCH');
  });

  it('reads and writes the standard streams', async () => {
    const args = ['--source', '-', '--destination', '-', '--format', 'ndjson', '--quiet'];
    expect(await run(['run', ...args], 'a,b\n1,x\n')).toEqual({
      code: 0,
      stdout: '{"a":1,"b":"x"}\n',
      stderr: '',
    });
  });

  it('packs by the name of the destination', async () => {
    const { code } = await run(['run', '--source', 'in.csv', '--destination', 'o.ndjson.gz']);
    expect(code).toBe(0);
    const text = gunzipSync(await readFile(join(folder, 'o.ndjson.gz'))).toString();
    expect(text.split('\n')[0]).toBe('{"id":"007","name":"a, b","amount":10.50}');
  });

  it('runs YAML, templates and the flat form, with the same bytes', async () => {
    await mkdir(join(folder, 'templates'));
    await writeFile(
      join(folder, 'templates', 'weekly.yaml'),
      'inputs:\n  source: in.csv\n  query: amount > 5\n  destination: t.csv\n  batch_size: 1000\n',
    );
    expect((await run(['run', 'weekly'])).code).toBe(0);
    const upgraded = await run(['upgrade', 'weekly', '--quiet']);
    await writeFile(join(folder, 'v1.json'), upgraded.stdout);
    expect((await run(['run', 'v1.json', '--destination', 'v1.csv'])).code).toBe(0);
    const flags = ['--source', 'in.csv', '--query', 'amount > 5', '--destination', 'd.csv'];
    expect((await run(['run', 'data-export', ...flags])).code).toBe(0);
    const read = (name: string): Promise<string> => readFile(join(folder, name), 'utf8');
    expect(await read('t.csv')).toBe('id,name,amount\n007,"a, b",10.50\n');
    expect(await read('v1.csv')).toBe(await read('t.csv'));
    expect(await read('d.csv')).toBe(await read('t.csv'));
  });

  it('keeps to --if-exists', async () => {
    const args = ['run', '--source', 'in.csv', '--destination', 'out.csv', '--limit', '1'];
    await writeFile(join(folder, 'out.csv'), 'old');
    expect((await run(args)).code).toBe(1);
    expect(await readFile(join(folder, 'out.csv'), 'utf8')).toBe('old');
    expect((await run([...args, '--if-exists', 'rename'])).code).toBe(0);
    expect(await readFile(join(folder, 'out (2).csv'), 'utf8')).toContain('007');
    expect((await run([...args, '--if-exists', 'replace'])).code).toBe(0);
    expect(await readFile(join(folder, 'out.csv'), 'utf8')).toContain('007');
  });

  it('writes reports in both shapes', async () => {
    const args = ['run', '--source', 'in.csv', '--destination', 'out/', '--split-rows', '2'];
    const { code, stdout } = await run([...args, '--report', '-']);
    expect(code).toBe(0);
    const report = JSON.parse(stdout) as { outcome: string; files: { rows: number }[] };
    expect(report.outcome).toBe('completed');
    expect(report.files.map((file) => file.rows)).toEqual([2, 1]);
    await run([...args, '--if-exists', 'replace', '--report', 'r.json', '--report-format', 'seed']);
    const seed = JSON.parse(await readFile(join(folder, 'r.json'), 'utf8')) as {
      statistics: { row_count: number };
    };
    expect(seed.statistics.row_count).toBe(3);
  });

  it('tells the stages with --log trace or EXPORT_LOG', async () => {
    const args = ['run', '--source', 'in.csv', '--destination', '-'];
    expect((await run([...args, '--log', 'trace'])).stderr).toMatch(/^\d+ ms plan$/m);
    expect((await run(args, '', { EXPORT_LOG: 'trace' })).stderr).toMatch(/^\d+ ms plan$/m);
    expect((await run(args)).stderr).not.toMatch(/^\d+ ms plan$/m);
  });
});

describe('exit codes', () => {
  it('1 for a source that is not there, with sentence, hint and code', async () => {
    const { code, stderr } = await run([
      'run',
      '--source',
      'no.csv',
      '--destination',
      '-',
      '--quiet',
    ]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^export-studio: .*no\.csv.*\n {2}.*\n {2}\[read\.open-failed\]\n$/);
  });

  it.each([
    [['run', '--source', 'in.csv', '--format.quots', 'all'], /--format\.quotes/],
    [['run', '--source', 'in.csv', '--format.quotes', 'al'], /did you mean all/],
    [['run', '--source', 'in.csv', '--query', 'nmae = 1', '--destination', '-'], /nmae/],
    [['run', '--source', 'postgresql://u:hunter2@h/db'], /config\.not-here/],
    [['run', 'broken.json'], /broken\.json/],
    [['run', '--source', 'in.csv', '--destination', '-', '--report', '-'], /config\.conflict/],
    [['rnu'], /run/],
  ])('2 for %j', async (args, sentence) => {
    await writeFile(join(folder, 'broken.json'), '{"source": "postgresql://u:hunter2@h", }');
    const { code, stdout, stderr } = await run(args);
    expect(code).toBe(2);
    expect(stderr).toMatch(sentence);
    expect(stdout + stderr).not.toContain('hunter2');
  });

  it('3 for rejected rows', async () => {
    await writeFile(join(folder, 'ragged.csv'), 'a,b\n1,2\n3\n4,5\n');
    const args = [
      '--source',
      'ragged.csv',
      '--destination',
      'o.csv',
      '--source.raggedRows',
      'reject',
    ];
    const { code, stderr } = await run(['run', ...args]);
    expect(code).toBe(3);
    expect(stderr).toContain('line 3');
    expect(await readFile(join(folder, 'o.csv'), 'utf8')).toBe('a,b\n1,2\n4,5\n');
  });

  it('0 for help and version', async () => {
    const help = await run(['run', '--help']);
    expect(help.code).toBe(0);
    expect(help.stdout).toMatch(/--format\.quotes <preserve\|minimal\|[^\n]*>\n/);
    expect(
      help.stdout
        .split('\n')
        .filter((line) => /^ {34}/.test(line) && line.length > 80 && /\S /.test(line)),
    ).toEqual([]);
    expect(await run(['--version'])).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^\d/),
    });
  });
});

describe('signals and pipes', () => {
  it('130 for SIGINT while it waits for input, and no file stays', async () => {
    const started = start(['run', '--source', '-', '--destination', 'out.csv', '--log', 'trace']);
    started.process.stdin!.write('a,b\n1,2\n');
    await started.sawOnStderr('plan');
    started.process.kill('SIGINT');
    const { code, stderr } = await started.ended;
    expect(code).toBe(130);
    expect(stderr).toContain('Cancel');
    expect(await readdir(folder)).toEqual(['in.csv']);
  });

  it('130 for SIGINT in the middle of a large file, and no file stays', async () => {
    await writeRows(join(folder, 'large.csv'), 1_000_000);
    const args = ['--source', 'large.csv', '--destination', 'out.ndjson.gz', '--log', 'trace'];
    const started = start(['run', ...args, '--compression.level', '9'], '');
    await started.sawOnStderr('open delivery');
    started.process.kill('SIGINT');
    expect((await started.ended).code).toBe(130);
    expect((await readdir(folder)).toSorted()).toEqual(['in.csv', 'large.csv']);
  });

  it('old or new under the final name, whenever it is killed', async () => {
    await writeRows(join(folder, 'large.csv'), 200_000);
    const args = ['--source', 'large.csv', '--destination', 'out.csv', '--if-exists', 'replace'];
    const whole = await readFile(join(folder, 'large.csv'), 'utf8');
    // From before the first byte to after the last: a whole run takes about half a second.
    for (let afterMs = 150; afterMs <= 900; afterMs += 75) {
      await writeFile(join(folder, 'out.csv'), 'old');
      const started = start(['run', ...args, '--quiet'], '');
      const timer = setTimeout(() => started.process.kill('SIGKILL'), afterMs);
      const { code } = await started.ended;
      clearTimeout(timer);
      const found = await readFile(join(folder, 'out.csv'), 'utf8');
      expect(found === whole || (found === 'old' && code === null), `${afterMs} ms`).toBe(true);
    }
  }, 60_000);

  it('ends with a clear error when the reader goes away', async () => {
    await writeRows(join(folder, 'large.csv'), 300_000);
    const started = start(['run', '--source', 'large.csv', '--destination', '-'], '');
    started.process.stdout!.once('data', () => started.process.stdout!.destroy());
    const { code, stderr } = await started.ended;
    expect(code).toBe(1);
    expect(stderr).toContain('[deliver.reader-gone]');
    expect(stderr).not.toMatch(/\n\s+at /);
  });
});

describe('the other commands', () => {
  it('inspect tells dialect, columns and types', async () => {
    const { code, stdout } = await run(['inspect', 'in.csv']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/delimiter ","/);
    expect(stdout).toMatch(/^id +utf8 /m);
    const json = await run(['inspect', 'in.csv', '--json']);
    expect(JSON.parse(json.stdout)).toMatchObject({ kind: 'csv', sampledRows: 3 });
  });

  it('preview shows what run writes', async () => {
    const args = ['--source', 'in.csv', '--format', 'json', '--format.prettyPrint'];
    const preview = await run(['preview', ...args, '--quiet']);
    const whole = await run(['run', ...args, '--destination', '-', '--quiet']);
    expect(preview.code).toBe(0);
    expect(preview.stdout.trimEnd()).toBe(whole.stdout.trimEnd());
    expect(await readdir(folder)).toEqual(['in.csv']);
  });

  it('preview as JSON has head and tail as text', async () => {
    await writeRows(join(folder, 'long.csv'), 1_000);
    const { stdout } = await run(['preview', '--source', 'long.csv', '--json']);
    const { head, tail, rejects } = JSON.parse(stdout) as Record<string, unknown>;
    expect(head).toMatch(/^id,name,amount\n0,/);
    expect(tail).toMatch(/\n999,name 999,124.875\n$/);
    expect(rejects).toEqual([]);
  });

  it('check says what is wrong, and with --full what comes of it, without writing', async () => {
    const wrong = await run([
      ...['check', '--source', 'in.csv', '--destination', 'o.csv'],
      ...['--format.delimiter', '"'],
    ]);
    expect(wrong).toMatchObject({ code: 2, stdout: '' });
    expect(wrong.stderr).toContain('[csv.same-characters]');
    expect((await run(['check', '--source', 'in.csv'])).stderr).toContain('ready');
    const full = await run([
      ...['check', '--full', '--source', 'in.csv', '--format', 'ndjson'],
      ...['--destination', '/no/such/folder/out.ndjson'],
    ]);
    expect(full.code).toBe(0);
    expect(full.stderr).toContain('3 rows in, 3 out');
    const json = await run(['check', '--full', '--source', 'in.csv', '--json']);
    expect(JSON.parse(json.stdout)).toMatchObject({
      outcome: 'completed',
      files: [{ rows: 3, path: '', verified: false }],
    });
    expect(await readdir(folder)).toEqual(['in.csv']);
  });

  it('check looks at the values of the first rows, and says at which', async () => {
    await writeFile(join(folder, 'odd.csv'), `a,b\n1,${'x'.repeat(32_768)}\n=2,y\n`);
    const excel = await run(['check', '--source', 'odd.csv', '--format', 'excel']);
    expect(excel.code).toBe(0);
    expect(excel.stderr).toContain('loss, in all 2 rows: Text was cut at 32,767 characters');
    expect(excel.stderr).toContain('Column “b”. (1 time)');
    expect(excel.stderr).toMatch(
      /ready, as far as options and columns, and the values of all 2 rows/,
    );
    const strict = [
      'check',
      '--source',
      'odd.csv',
      '--format',
      'excel',
      '--format.longText',
      'fail',
    ];
    const refused = await run(strict);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('[encode.excel.text-too-long]');
    expect(refused.stderr).not.toContain('ready');

    await writeRows(join(folder, 'long.csv'), 5_000);
    const many = await run(['check', '--source', 'long.csv']);
    expect(many.stderr).toContain('the values of the first 1,000 rows tell; with --full');
    const json = await run(['check', '--source', 'odd.csv', '--json', '--format', 'excel']);
    expect(JSON.parse(json.stdout)).toMatchObject({
      firstRows: { rows: 2, isAll: true, losses: [{ code: 'excel.text-cut', column: 'b' }] },
    });
    const piped = await run(['check', '--source', '-'], 'a\n1\n');
    expect(piped.stderr).toContain('ready, as far as options and columns tell; with --full');
  });

  it('generate writes the same table each time, packed by its name', async () => {
    const piped = await run(['generate', 'orders', '--rows', '20000', '--seed', '5']);
    expect(piped).toMatchObject({ code: 0, stderr: '' });
    expect(piped.stdout).toMatch(/^order_no,order_id,created_at,/);
    const args = ['generate', 'orders', '--rows', '20000', '--seed', '5', '--destination'];
    expect((await run([...args, 'o.csv.gz', '--quiet'])).code).toBe(0);
    const packed = await readFile(join(folder, 'o.csv.gz'));
    expect(gunzipSync(packed).toString()).toBe(piped.stdout);
    expect((await run([...args, 'o.csv.gz'])).code).toBe(1);
    const made: Uint8Array[] = [];
    for await (const chunk of openGenerated({ shape: 'orders', rows: 20_000, seed: 5 }).open())
      made.push(chunk);
    expect(piped.stdout).toBe(Buffer.concat(made).toString());
    expect((await run(['generate', 'agents', '--rows', '0'])).stdout).toMatch(/^id,.*\n$/);
    for (const wrong of [
      ['generate', 'parcels'],
      ['generate', 'orders', '--rows', '1000000001'],
      ['generate', 'orders', '--rows', 'many'],
    ])
      expect(await run(wrong)).toMatchObject({ code: 2, stdout: '' });
  });

  it('inspect names columns that look personal', async () => {
    await writeFile(join(folder, 'people.csv'), 'id,mail\n1,ann@example.org\n2,bob@example.org\n');
    const { stdout } = await run(['inspect', 'people.csv']);
    expect(stdout).toMatch(/step mask[^]*\n {2}mail {2}2 of 2 different values are e-mail/);
    expect((await run(['inspect', 'in.csv'])).stdout).not.toContain('mask');
    const { columns } = JSON.parse((await run(['inspect', 'people.csv', '--json'])).stdout);
    expect(columns[1].looksLike).toMatchObject({ kind: 'email', share: 1 });
  });

  it('masks with a key that only the environment has, and that goes nowhere', async () => {
    const mask = 'mask {"columns": {"name": "hmac"}, "key": {"secret": "the-key"}}';
    const args = ['run', '--source', 'in.csv', '--columns', 'name', '--step', mask];
    const secret = { EXPORT_SECRET_THE_KEY: 'canary-4711' };
    const report = ['--report', 'report.json', '--log', 'trace'];
    const done = await run([...args, ...report, '--destination', 'out.csv'], undefined, secret);
    expect(done.code).toBe(0);
    const hmac = (text: string): string =>
      createHmac('sha256', secret.EXPORT_SECRET_THE_KEY).update(text).digest('hex');
    const out = await readFile(join(folder, 'out.csv'), 'utf8');
    expect(out).toBe(`name\n${hmac('a, b')}\n\n${hmac('c')}\n`);
    const missing = await run([...args, '--destination', '-']);
    expect([missing.code, missing.stderr]).toEqual([2, expect.stringContaining('_THE_KEY')]);
    const plain = mask.replace('{"secret": "the-key"}', '"canary-4711"');
    const refused = await run(
      [...args.slice(0, -1), plain, ...report, '--destination', '-', '--if-exists', 'replace'],
      undefined,
      secret,
    );
    expect(refused.code).toBe(2);
    const said = [done, missing, refused].flatMap(({ stdout, stderr }) => [stdout, stderr]);
    const written = await readFile(join(folder, 'report.json'), 'utf8');
    expect([...said, written, out].join('\n')).not.toContain('canary');
  });

  it('steps, sources and functions are lists of their own', async () => {
    const steps = await run(['steps']);
    expect(steps.stdout).toContain('sort');
    expect(steps.stdout).not.toContain('gzip');
    expect((await run(['steps', 'sort'])).stdout).toContain('--step.sort.by <json>');
    expect((await run(['steps', 'csv'])).code).toBe(2);
    expect((await run(['sources', 'csv'])).stdout).toContain('--source.delimiter');
    expect((await run(['functions', 'left'])).stdout).toContain("left('export', 2)\n  → ex\n");
    expect((await run(['functions', 'lefd'])).stderr).toContain('left');
    expect(JSON.parse((await run(['functions', '--json'])).stdout)).toHaveLength(
      EXPRESSION_FUNCTIONS.length,
    );
  });

  it('says of rows that were merged and added, so that its account balances', async () => {
    const step = (text: string) =>
      run(['run', '--source', 'in.csv', '--destination', '-', '--step', text]);
    const grouped = await step('aggregate {"groups": "name", "measures": "count()"}');
    expect(grouped.stderr).toContain('3 rows in, 3 out, 0 filtered, 0 rejected, in');
    const all = await step('aggregate {"measures": "count()"}');
    expect(all.stderr).toContain('3 rows in, 1 out, 0 filtered, 0 rejected, 2 merged');
    const turned = await step('unpivot {"columns": ["id", "amount"]}');
    expect(turned.stderr).toContain('3 rows in, 3 added, 6 out');
  });

  it('2 for a plan that is wrong whatever the rows hold', async () => {
    for (const text of [
      'derive {"columns": {"x": "upper("}}',
      'derive {"columns": {"x": "upper(id, 1, 2)"}}',
      'aggregate {"measures": "sum(name)"}',
    ]) {
      const { code } = await run([
        'run',
        '--source',
        'in.csv',
        '--destination',
        '-',
        '--step',
        text,
      ]);
      expect(code).toBe(2);
    }
  });

  it('names the measure that there is not, and reads one with its number', async () => {
    const args = ['run', '--source', 'in.csv', '--destination', '-', '--step'];
    const wrong = await run([...args, 'aggregate {"measures": "suum(amount)"}']);
    expect(wrong.stderr).toContain('“suum” is no measure; did you mean sum');
    const { stdout } = await run([
      ...args,
      'aggregate {"measures": "percentile(amount, 50) as a, approx-p50(amount) as b, approx-percentile(amount, 50) as c"}',
    ]);
    const [names, values] = stdout.split('\n');
    expect(names).toBe('a,b,c');
    expect(values).toMatch(/^6\.75,[\d.]+,[\d.]+$/);
  });

  it('says that a step gave a name a second time; true lets it replace the first', async () => {
    const args = ['run', '--source', 'in.csv', '--destination', '-', '--step'];
    const twice = await run([...args, 'derive {"columns": {"id": "upper(id)"}}']);
    expect(twice.stdout.split('\n')[0]).toBe('id,name,amount,id');
    expect(twice.stderr).toContain('Two columns are called “id”');
    const once = await run([
      ...args,
      'derive {"columns": [{"name": "id", "expression": "upper(name)", "replace": true}]}',
    ]);
    expect(once.stdout.split('\n')[0]).toBe('id,name,amount');
    expect(once.stderr).not.toContain('Two columns');
  });

  it('sources tells the options of an address too', async () => {
    const { code, stdout } = await run(['sources', 'http']);
    expect(code).toBe(0);
    expect(stdout).toContain('--source.http.');
  });

  it('steps run in the order in which they are given', async () => {
    const args = [
      'run',
      '--source',
      'in.csv',
      '--destination',
      '-',
      '--quiet',
      '--columns',
      'id,n',
    ];
    args.push('--step', 'derive.columns={"n": "length(name)"}', '--step', 'filter.where=n > 0');
    const done = await run([...args, '--step', 'sort {"by": "n desc"}', '--step', 'limit.limit=1']);
    expect(done).toMatchObject({ code: 0, stdout: 'id,n\n007,4\n' });
  });

  it('formats lists every part, and one with its options', async () => {
    const all = await run(['formats']);
    expect(all.stdout).toMatch(/ndjson[\s\S]*gzip[\s\S]*windows-1252/);
    expect((await run(['formats', 'csv'])).stdout).toContain('--format.lineTerminator <lf|crlf|');
    expect((await run(['formats', 'cvs'])).code).toBe(2);
  });

  it('verify holds a file against its receipt, with exit codes that say why', async () => {
    const file = join(folder, 'out.ndjson');
    const base = ['run', '--source', 'in.csv', '--destination', 'out.ndjson'];
    const written = await run([
      ...base,
      ...['--report', 'receipt.json', '--set', 'outputs.0.verify.values=full'],
    ]);
    expect(written.code).toBe(0);
    const good = await run(['verify', 'out.ndjson', 'receipt.json']);
    expect(good).toMatchObject({ code: 0 });
    expect(good.stderr).toContain('The values of 3 rows are those that were written (full).');
    const bytes = await readFile(file);
    const changed = Buffer.from(bytes.toString().replace('10.50', '10.51'));
    await writeFile(file, changed);
    expect((await run(['verify', 'out.ndjson', 'receipt.json'])).code).toBe(5);
    // Other bytes that say the same.
    await writeFile(file, bytes.toString().replace('{"id"', '{ "id"'));
    expect((await run(['verify', 'out.ndjson', 'receipt.json'])).code).toBe(4);
    await writeFile(file, bytes.subarray(0, 20));
    expect((await run(['verify', 'out.ndjson', 'receipt.json'])).code).toBe(6);
    await writeFile(join(folder, 'other.ndjson'), bytes);
    expect((await run(['verify', 'other.ndjson', 'receipt.json'])).code).toBe(7);
    expect((await run(['verify', 'out.ndjson', 'in.csv'])).code).toBe(7);
    expect((await run(['verify', 'none.ndjson', 'receipt.json'])).code).toBe(1);
  });

  it('run says whether values were compared, and why not', async () => {
    const says = async (format: string, level: string, ...more: string[]) =>
      (
        await run([
          'run',
          '--source',
          'in.csv',
          '--format',
          format,
          '--destination',
          `out.${format}`,
          '--verify',
          level,
          ...more,
        ])
      ).stderr;
    expect(await says('json', 'full')).toContain('read back as json: the values are those');
    expect(await says('ndjson', 'sample')).toContain('A sample of');
    expect(await says('csv', 'full', '--format.lineTerminator', 'cr')).toContain(
      'not compared: the option lineTerminator writes what cannot be read back',
    );
    expect(await says('xml', 'checksum')).not.toContain('values');
  });

  it('verify compares checksums', async () => {
    const sum = createHash('sha256')
      .update(await readFile(join(folder, 'in.csv')))
      .digest('hex');
    expect(await run(['verify', 'in.csv'])).toMatchObject({ code: 0, stdout: `${sum}  in.csv\n` });
    expect((await run(['verify', 'in.csv', '--sha256', sum.toUpperCase()])).code).toBe(0);
    const other = await run(['verify', 'in.csv', '--sha256', '0'.repeat(64)]);
    expect(other.code).toBe(4);
    expect(other.stderr).toContain('[verify.differs]');
    expect((await run(['verify', 'in.csv', '--sha256', 'abc'])).code).toBe(2);
  });
});

async function writeRows(path: string, count: number): Promise<void> {
  const stream = createWriteStream(path);
  stream.write('id,name,amount\n');
  for (let i = 0; i < count; i += 1000) {
    const rows = Array.from({ length: 1000 }, (_, k) => `${i + k},name ${i + k},${(i + k) / 8}\n`);
    if (!stream.write(rows.join('')))
      await new Promise((resolve) => stream.once('drain', () => resolve(undefined)));
  }
  await new Promise<void>((resolve) => stream.end(() => resolve()));
}
