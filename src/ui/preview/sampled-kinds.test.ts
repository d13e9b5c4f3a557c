// Which steps make another thing of some rows than of all.
import { expect, test } from 'vitest';
import type { StepConfig } from '../../contract/config.ts';
import { sampledKinds } from './sampled-kinds.ts';
import { words } from './sampled-words.en.ts';

const step = (kind: string, options = {}, enabled = true): StepConfig => ({
  id: kind,
  kind,
  enabled,
  options,
});

test('steps that need all rows are named once; those that take row by row are not', () => {
  expect(sampledKinds([step('filter'), step('distinct'), step('sample'), step('limit')])).toEqual(
    [],
  );
  expect(sampledKinds([step('sort'), step('sort'), step('aggregate', {}, false)])).toEqual([
    'sort',
  ]);
  expect(
    sampledKinds([step('sample', { method: 'count' }), step('distinct', { keep: 'last' })]),
  ).toEqual(['distinct', 'sample']);
});

test('columns from a sample are told apart from those that were counted', () => {
  expect(words.columns(5, null)).toContain('may find more');
  expect(words.columns(5, 5)).toContain('no others');
  expect(words.columns(5, 14).replaceAll('\u00a0', ' ')).toBe(
    'The first rows make 5 columns; the export has 14, from all rows.',
  );
});
