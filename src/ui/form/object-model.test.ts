// Objects in options: their forms, what shows, and what a change takes along.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { OptionField } from '../../contract/options.ts';
import { EXCEL_OPTIONS } from '../../formats/excel/options.ts';
import { JSON_OPTIONS } from '../../formats/json/options.ts';
import {
  missingParts,
  newObject,
  objectsOf,
  readAny,
  showAny,
  shownParts,
  withPart,
} from './object-model.ts';

const partsOf = (id: string, fields: readonly OptionField[] = EXCEL_OPTIONS.fields) =>
  fields.find((field) => field.id === id)!.parts!;
const rules = partsOf('conditionalFormats');
const part = (parts: readonly OptionField[], given: object, id: string) =>
  shownParts(parts, given as Record<string, unknown>).find((each) => each.id === id)!;

it('takes a list, one object, a map of the first part to the second, and the first part alone', () => {
  const levels = partsOf('levels', JSON_OPTIONS.fields);
  const one = { column: 'agent', key: 'agents' };
  expect(objectsOf([one], levels)).toEqual([one]);
  expect(objectsOf(one, levels)).toEqual([one]);
  expect(objectsOf({ agent: 'agents' }, levels)).toEqual([one]);
  expect(objectsOf(['agent'], levels)).toEqual([{ column: 'agent' }]);
  expect(objectsOf(null, levels)).toEqual([]);
  expect(objectsOf({}, levels)).toEqual([]);
});

it('shows the parts of its kind, and what one asks of another', () => {
  const ids = (given: Record<string, unknown>) => shownParts(rules, given).map(({ id }) => id);
  expect(ids({ kind: 'cell', is: '>' })).toEqual(['kind', 'columns', 'is', 'value', 'style']);
  expect(ids({ kind: 'cell', is: 'between' })).toContain('and');
  expect(ids({ kind: 'bars' })).toEqual(['kind', 'columns', 'color']);
  // A text rule's "is" is another part of the same name.
  expect(part(rules, { kind: 'text' }, 'is').choices?.[0]?.value).toBe('contains');
  expect(ids({ kind: 'text' })).toEqual(['kind', 'columns', 'is', 'value', 'style']);
});

it('begins with what the parts begin with', () => {
  expect(newObject(rules)).toEqual({ kind: 'cell', is: '>' });
  expect(missingParts(rules, newObject(rules)).map(({ id }) => id)).toEqual(['value']);
});

it('keeps what still means the same when the kind changes, and nothing else', () => {
  const given = {
    kind: 'cell',
    columns: ['a'],
    is: 'between',
    value: 1,
    and: 2,
    style: { bold: true },
  };
  const kind = part(rules, given, 'kind');
  expect(withPart(rules, given, kind, 'top')).toEqual({
    kind: 'top',
    columns: ['a'],
    style: { bold: true },
  });
  expect(withPart(rules, given, kind, 'colors')).toEqual({
    kind: 'colors',
    columns: ['a'],
    colors: ['F8696B', 'FFEB84', '63BE7B'],
  });
  expect(withPart(rules, given, part(rules, given, 'is'), '<')).not.toHaveProperty('and');
});

it('leaves out what is as untouched', () => {
  const top = { kind: 'top', count: 5 };
  expect(withPart(rules, top, part(rules, top, 'count'), 10)).toEqual({ kind: 'top' });
  expect(withPart(rules, top, part(rules, top, 'percent'), true)).toEqual({
    ...top,
    percent: true,
  });
});

it('makes objects of every kind that the options take once nothing is missing', () => {
  const samples: Record<string, unknown> = {
    ...{
      columns: ['a'],
      column: 'a',
      value: 'x',
      values: ['x'],
      formula: '{a}',
      name: 'n',
      text: 't',
    },
  };
  for (const id of [
    'totals',
    'formulas',
    'notes',
    'conditionalFormats',
    'validations',
    'columns',
  ]) {
    const parts = partsOf(id);
    const kinds = parts[0]!.id === 'kind' ? parts[0]!.choices!.map(({ value }) => value) : [null];
    for (const kind of kinds) {
      let object = newObject(parts, kind === null ? {} : { kind });
      for (const missing of missingParts(parts, object))
        object = withPart(parts, object, missing, samples[missing.id]);
      expect(
        EXCEL_OPTIONS.parse({ [id]: [object] }).issues,
        JSON.stringify(object),
      ).toBeUndefined();
    }
  }
});

it('reads any value that it shows', () => {
  const any = fc.oneof(
    fc.string(),
    fc.boolean(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
  );
  fc.assert(
    fc.property(any, (value) => {
      expect(readAny(showAny(value))).toEqual(Object.is(value, -0) ? 0 : value);
    }),
  );
  expect(showAny('12')).toBe('"12"');
  expect(readAny('=A1')).toBe('=A1');
});
