// Runs the shared suite over every source; one without a fixture fails.
import { expect, it } from 'vitest';
import { sources } from './registry.ts';
import {
  batchesFixture,
  bytesFixture,
  describeSource,
  type SourceFixture,
} from './source.suite.ts';

const cells = [
  ['1', 'a'],
  ['2', ''],
  [null, 'c,"'],
];

const fixtures = new Map<string, () => SourceFixture>([
  ['csv', () => bytesFixture('n,t\n1,a\n2,""\n,"c,"""\n', ['n', 't'], cells)],
  ['rows', batchesFixture],
]);

it('every source has an id of its own and a fixture', () => {
  const ids = sources.map((card) => card.id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids).toEqual([...fixtures.keys()]);
});

for (const card of sources) describeSource(card, fixtures.get(card.id)!);
