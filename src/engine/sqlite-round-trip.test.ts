// What is written into a database comes out of it again: through the whole engine, there and back.
import { expect, it } from 'vitest';
import { createConfig } from '../contract/config.ts';
import { naughtyStrings } from '../formats/format.suite.ts';
import { memoryTarget, testEngine } from './engine.suite.ts';

const engine = testEngine();

async function exported(
  input: Uint8Array,
  kind: string,
  format: { id: string; options: Record<string, unknown> },
): Promise<Uint8Array> {
  const target = memoryTarget();
  const config = createConfig({
    source: { kind, from: { binding: 'input' } },
    format,
    delivery: { id: 'memory', options: {} },
  });
  const { report } = await engine.run(config, {
    bytes: { input: new File([input as BlobPart], `table.${kind}`) },
    targets: { output: target },
    clock: () => 0,
    jobId: '0123456789',
  });
  expect(report.error).toBeNull();
  return [...target.files.values()][0]!;
}

const CSV = { id: 'csv', options: { formulaGuard: false, quotes: 'minimal' } };
const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

it.each([{}, { strict: true, pageSize: '1024' }, { pageSize: '65536' }])(
  'a table of every kind of value, %j',
  async (options) => {
    const texts = naughtyStrings() ?? ['é', 'a,b'];
    const lines = texts.map((text, i) =>
      [
        i % 7 === 0 ? '' : String(BigInt(i) ** 5n - 4_000_000_000_000n),
        quoted(text),
        `${i}.${String(i % 100).padStart(2, '0')}`,
        `2026-11-${String((i % 28) + 1).padStart(2, '0')}`,
        i % 5 === 0 ? '' : `2026-11-21T09:00:00.${String(i % 1000).padStart(3, '0')}Z`,
        `00${i}`,
        i % 3 === 0 ? '' : '""',
      ].join(','),
    );
    const csv = new TextEncoder().encode(
      `int,"text ""x""",decimal,day,at,code,empty\n${lines.join('\n')}\n`,
    );
    const wanted = await exported(csv, 'csv', CSV);
    const database = await exported(csv, 'csv', { id: 'sqlite', options });
    const back = await exported(database, 'sqlite', CSV);
    expect(new TextDecoder().decode(back)).toBe(new TextDecoder().decode(wanted));
  },
);
