// The remembered inspection: given again for the same question only.
import { expect, it, vi } from 'vitest';
import type { InspectContext, Source, SourceInspection } from '../contract/source-plugin.ts';
import { DEFAULT_LIMITS } from '../contract/config.ts';
import { inspectOnce } from './inspect-once.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

it('asks the source again when the sample or anything else differs', async () => {
  const inspect = vi.fn(({ sample, given }: InspectContext<unknown>) => {
    const evidence = [{ option: 'sample', sentence: `${sample.length} ${JSON.stringify(given)}` }];
    return { evidence } as unknown as SourceInspection<unknown>;
  });
  const source = { inspect } as unknown as Source<unknown>;
  const context: InspectContext<unknown> = {
    given: {},
    columns: [],
    sample: bytes('a,b\n1,2\n'),
    isWhole: true,
    profiles: true,
    sizeBytes: 8,
    name: 'a.csv',
    limits: DEFAULT_LIMITS,
  };
  const first = await inspectOnce(source, context);
  // Loaded again, as every plan does.
  const again: Source<unknown> = { ...source };
  expect(await inspectOnce(again, { ...context, sample: bytes('a,b\n1,2\n') })).toBe(first);
  expect(inspect).toHaveBeenCalledTimes(1);

  const others: Partial<InspectContext<unknown>>[] = [
    { sample: bytes('a,b\n1,3\n') },
    { given: { delimiter: ';' } },
    { columns: [{ column: { name: 'a' }, type: 'utf8' }] },
    { isWhole: false },
    { limits: { ...DEFAULT_LIMITS, columns: 1 } },
  ];
  for (const other of others) {
    expect(await inspectOnce(source, { ...context, ...other })).not.toBe(first);
    expect(await inspectOnce(source, { ...context, ...other })).toEqual(
      inspect({ ...context, ...other }),
    );
  }
  expect(await inspectOnce({ inspect } as unknown as Source<unknown>, context)).not.toBe(first);
});
