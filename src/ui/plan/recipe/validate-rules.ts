// The rules of a validate step as its editor shows them: short forms written out, the rules a column can have, and how often each is broken.
import type { Loss } from '../../../contract/report.ts';
import type { InspectedColumn } from '../../../contract/verbs.ts';
import { listOf, objectOf, refOf, textOf, type Options } from './option-values.ts';

/** Rules about one column, by the option that holds what they ask for. */
export const COLUMN_RULES = [
  'required',
  'type',
  'min',
  'max',
  'values',
  'pattern',
  'minLength',
  'maxLength',
] as const;

export type ColumnRule = (typeof COLUMN_RULES)[number];

/** Codes under which a rule's broken values are counted. */
const CODES: Record<ColumnRule, string> = {
  required: 'validate.required',
  type: 'validate.type',
  min: 'validate.min',
  max: 'validate.max',
  values: 'validate.values',
  pattern: 'validate.pattern',
  minLength: 'validate.min-length',
  maxLength: 'validate.max-length',
};

const OF_ALL: readonly ColumnRule[] = ['required', 'values', 'pattern', 'type'];
const OF_TEXT: readonly ColumnRule[] = [...OF_ALL, 'minLength', 'maxLength'];
const OF_PLACED: readonly ColumnRule[] = [...OF_ALL, 'min', 'max'];

/** Values that a list of those allowed begins with at most. */
const MOST_VALUES = 12;

/** The rules that say something of columns of this type. */
export function rulesOfType(type: string): readonly ColumnRule[] {
  if (/^(u?int|float|decimal|date|time)/.test(type)) return OF_PLACED;
  return /^(utf8|json)/.test(type) ? OF_TEXT : OF_ALL;
}

/** The rules that the line of a column holds. */
export function rulesOf(line: Options): ColumnRule[] {
  return COLUMN_RULES.filter((rule) =>
    rule === 'required' ? line['required'] === true : line[rule] !== undefined,
  );
}

/** What a rule begins with: what the sample holds, where that says it. */
export function firstValue(rule: ColumnRule, { type, shape, examples }: InspectedColumn): unknown {
  const range = shape?.kind === 'range' ? shape : null;
  const [example = ''] = examples;
  switch (rule) {
    case 'required':
      return true;
    case 'type':
      return type === 'utf8' ? 'int64' : type;
    case 'values':
      return shape?.kind === 'values' && shape.values.length > 0
        ? shape.values.slice(0, MOST_VALUES)
        : [range?.from ?? example];
    case 'minLength':
      return 1;
    case 'maxLength':
      return 100;
    case 'min':
      return boundOf(range?.from ?? example);
    case 'max':
      return boundOf(range?.to ?? example);
    case 'pattern':
      return '';
  }
}

/** A bound as typed: a number stays one where its digits say all of it, so that long ones are exact. */
export function boundOf(text: string): number | string {
  return text !== '' && String(Number(text)) === text ? Number(text) : text;
}

/** Lines of columns, also where they are written as a map of names. */
export function columnLines(value: unknown): readonly Options[] {
  if (Array.isArray(value)) return value.map(objectOf);
  return Object.entries(objectOf(value)).map(([name, rules]) => ({
    column: name,
    ...objectOf(rules),
  }));
}

/** Keys, of one or several columns each. */
export function uniqueKeys(value: unknown): readonly (readonly unknown[])[] {
  return listOf(value).map((key) => (Array.isArray(key) ? key : [key]));
}

export interface Condition {
  name: string;
  where: string;
}

/** Conditions, also where they are written as a map or without names. */
export function conditions(value: unknown): Condition[] {
  if (!Array.isArray(value))
    return Object.entries(objectOf(value)).map(([name, where]) => ({ name, where: textOf(where) }));
  return value.map((each) =>
    typeof each === 'string'
      ? { name: each, where: each }
      : { name: textOf(objectOf(each)['name']), where: textOf(objectOf(each)['where']) },
  );
}

/** How many of the rows looked at break a rule, by the rule. */
export interface RuleCounts {
  ofColumn(column: unknown, rule: ColumnRule): number;
  ofKey(key: readonly unknown[]): number;
  ofCondition(name: string): number;
}

export function ruleCounts(losses: readonly Loss[]): RuleCounts {
  const count = (code: string, column?: string): number =>
    losses.find((loss) => loss.code === code && loss.column === column)?.count ?? 0;
  const nameOf = (column: unknown): string => refOf(column)?.name ?? '';
  return {
    ofColumn: (column, rule) => count(CODES[rule], nameOf(column)),
    ofKey: (key) => count('validate.unique', key.map(nameOf).join(', ')),
    ofCondition: (name) => count(`validate.rule.${name}`),
  };
}
