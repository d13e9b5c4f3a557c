// What an override leaves of a template's config, and what it takes away.
import { expect, it } from 'vitest';
import { createConfig } from '../contract/config.ts';
import { overrideConfig } from './override-config.ts';

const step = (id: string, kind: string, options: Record<string, unknown>) => ({
  id,
  kind,
  enabled: true,
  options,
});
const config = createConfig({
  source: { kind: 'csv', from: { binding: 'input' }, options: { delimiter: ';', quote: "'" } },
  steps: [step('a', 'filter', { where: 'n > 1' }), step('b', 'limit', { limit: 5 })],
  format: { id: 'csv', options: { delimiter: '|', header: false } },
  delivery: { id: 'download', options: {} },
});
const { id: dataset } = config.datasets[0]!;
const { id: source } = config.sources[0]!;
const { id: output } = config.outputs[0]!;

it('merges options, finds members by their ids, and writes into no template', () => {
  const before = structuredClone(config);
  const found = overrideConfig(config, {
    name: 'other',
    datasets: [
      { id: dataset, steps: [{ id: 'b', options: { offset: 2 } }, step('c', 'select', {})] },
    ],
    outputs: [{ id: output, format: { id: 'csv', options: { header: true } } }],
  });
  expect(found.name).toBe('other');
  expect(found.datasets[0]!.steps).toEqual([
    step('a', 'filter', { where: 'n > 1' }),
    step('b', 'limit', { limit: 5, offset: 2 }),
    step('c', 'select', {}),
  ]);
  expect(found.outputs[0]!.format.options).toEqual({ delimiter: '|', header: true });
  expect(found.sources).toEqual(config.sources);
  expect(config).toEqual(before);
});

it('keeps no option of another part or kind', () => {
  const found = overrideConfig(config, {
    sources: [{ id: source, kind: 'json' }],
    datasets: [{ id: dataset, steps: [{ id: 'a', kind: 'limit', options: { limit: 3 } }] }],
    outputs: [{ id: output, format: { id: 'json' } }],
  });
  expect(found.sources[0]).toEqual({ ...config.sources[0], kind: 'json', options: {} });
  expect(found.datasets[0]!.steps[0]).toEqual(step('a', 'limit', { limit: 3 }));
  expect(found.outputs[0]!.format).toEqual({ id: 'json', options: {} });
});
