// The rules that look at one row at a time, and how to find the rows that break them.
import { resolveColumn } from '../../contract/columns.ts';
import { ExportError, shorten } from '../../contract/errors.ts';
import { columnsOf, type ColumnRef, type Expression } from '../../contract/expression.ts';
import { expressionOfFilter, parseFilter } from '../../contract/filter-text.ts';
import type { TransformContext } from '../../contract/transform-plugin.ts';
import { compileExpression, needCondition } from '../../expression/compile.ts';
import type { Batch } from '../../table/batch.ts';
import { cellText } from '../../table/cell-text.ts';
import { parseTypeName, typeName, type DataType, type Schema } from '../../table/data-type.ts';
import { createTypeCheck, isReadableType } from '../../table/type-check.ts';
import { lineOfRow } from '../../table/text-block.ts';
import type { ColumnRules, ValidateOptions } from './options.ts';
import { RULE_SAYS } from './texts.ts';

export interface Rule {
  /** Of losses and rejects: `validate.required`. */
  code: string;
  /** Column that is told; missing: the rule is about the row. */
  column?: string;
  /** Positions it looks at. */
  looksAt: number[];
  /** Values it looks at must be of their type first. */
  isTypeRule: boolean;
  /** The rows among these (ascending) that break it, ascending. */
  broken(batch: Batch, rows: Uint32Array): Uint32Array;
  /** The sentence about a row, and what stands there. */
  say(batch: Batch, row: number): { sentence: string; value: string };
  /** The sentence about all such rows. */
  all: string;
}

/** Throws `config.unknown-column`, and what expressions throw. */
export function createRules(context: TransformContext<ValidateOptions>): Rule[] {
  const { schema, options } = context;
  const wanted = [
    ...options.columns.flatMap((rules) => columnRules(rules, context)),
    ...options.rules.map(({ name, where }) =>
      conditionRule(
        `rule.${name}`,
        expressionOfFilter(parseFilter(where)),
        () => RULE_SAYS.rule(shorten(name)),
        RULE_SAYS.ruleAll(shorten(name)),
        context,
      ),
    ),
  ];
  const keys = options.unique.flat().map((ref) => resolveColumn(schema, ref));
  const named = new Set([...wanted.flatMap(({ looksAt }) => looksAt), ...keys]);
  // What another rule reads must be a value of its type, or nobody could tell.
  const types = [...named].flatMap((position) => {
    const { type } = schema.fields[position]!;
    const isChecked = isReadableType(type) && type.kind !== 'utf8';
    return isChecked ? [typeRule(schema, position, type, true)] : [];
  });
  return [...types, ...wanted];
}

function columnRules(rules: ColumnRules, context: TransformContext<ValidateOptions>): Rule[] {
  const { schema } = context;
  const position = resolveColumn(schema, rules.column);
  const { name, type } = schema.fields[position]!;
  const label = shorten(name);
  const column: Expression = { op: 'column', column: rules.column };
  const isText = type.kind === 'utf8' || type.kind === 'json';
  const text: Expression = isText ? column : { op: 'cast', of: column, to: 'utf8' };
  const length: Expression = { op: 'call', name: 'length', of: [text] };
  const number = (value: number): Expression => ({ op: 'number', value: String(value) });
  const found: Rule[] = [];
  const add = (
    code: string,
    expression: Expression,
    say: (value: string) => string,
    all: string,
  ): void => {
    const rule = conditionRule(code, expression, (value) => say(value), all, context);
    found.push({ ...rule, column: name, say: sayOf(position, say) });
  };
  const { type: asked, required, min, max, pattern, values, minLength, maxLength } = rules;
  if (asked !== undefined) found.push(typeRule(schema, position, parseTypeName(asked)!, false));
  if (required) {
    const isThere: Expression = { op: 'not', of: { op: 'is-null', of: column } };
    add('required', isThere, () => RULE_SAYS.required(label), RULE_SAYS.requiredAll);
  }
  if (min !== undefined) {
    const say = (value: string): string => RULE_SAYS.min(label, value, String(min));
    const right = constantOf(min, type);
    add('min', { op: '>=', left: column, right }, say, RULE_SAYS.minAll(String(min)));
  }
  if (max !== undefined) {
    const say = (value: string): string => RULE_SAYS.max(label, value, String(max));
    const right = constantOf(max, type);
    add('max', { op: '<=', left: column, right }, say, RULE_SAYS.maxAll(String(max)));
  }
  if (pattern !== undefined)
    add(
      'pattern',
      { op: 'matches', of: text, value: { op: 'text', value: pattern } },
      (value) => RULE_SAYS.pattern(label, value),
      RULE_SAYS.patternAll(shorten(pattern, 40)),
    );
  if (values !== undefined)
    add(
      'values',
      { op: 'in', of: column, values: values.map((value) => constantOf(value, type)) },
      (value) => RULE_SAYS.values(label, value),
      RULE_SAYS.valuesAll,
    );
  if (minLength !== undefined)
    add(
      'min-length',
      { op: '>=', left: length, right: number(minLength) },
      (value) => RULE_SAYS.minLength(label, value, minLength),
      RULE_SAYS.minLengthAll(minLength),
    );
  if (maxLength !== undefined)
    add(
      'max-length',
      { op: '<=', left: length, right: number(maxLength) },
      (value) => RULE_SAYS.maxLength(label, value, maxLength),
      RULE_SAYS.maxLengthAll(maxLength),
    );
  return found;
}

/** A bound as the column's type takes it: beside numbers a text is a number, so that long ones stay exact. */
function constantOf(value: number | string, type: DataType): Expression {
  const isNumber = ['int', 'decimal', 'float'].includes(type.kind);
  const text = String(value);
  if (typeof value === 'string' && !(isNumber && /^-?\d+(\.\d+)?$/.test(text)))
    return { op: 'text', value };
  if (!isNumber && typeof value === 'number' && type.kind === 'utf8')
    return { op: 'text', value: text };
  const digits: Expression = { op: 'number', value: text.replace('-', '') };
  return text.startsWith('-') ? { op: 'negate', of: digits } : digits;
}

const sayOf =
  (position: number, say: (value: string) => string): Rule['say'] =>
  (batch, row) => {
    const value = shorten(cellText(batch, row, position) ?? '', 40);
    return { sentence: say(value), value };
  };

/** A condition that must not be false. */
function conditionRule(
  code: string,
  expression: Expression,
  say: (value: string) => string,
  all: string,
  { schema, timeZone, startedAtMs }: TransformContext<ValidateOptions>,
): Rule {
  const compiled = compileExpression(expression, schema, {
    timeZone,
    startedAtMs,
    onError(batch, row, sentence) {
      const where = batch.block === null ? '' : ` (line ${lineOfRow(batch.block, row)})`;
      throw new ExportError('expression.failed', { detail: sentence, where });
    },
  });
  needCondition(expression, compiled.type);
  return {
    code: `validate.${code}`,
    looksAt: columnsOf(expression).map((ref: ColumnRef) => resolveColumn(schema, ref)),
    isTypeRule: false,
    broken(batch, rows) {
      const out = new Uint32Array(rows.length);
      return out.subarray(0, compiled.select(batch, rows, rows.length, false, out));
    },
    say: () => ({ sentence: say(''), value: '' }),
    all,
  };
}

/** Values whose text is none of the type; `own`: the type the column has, which only text can miss. */
function typeRule(schema: Schema, position: number, type: DataType, own: boolean): Rule {
  const { name } = schema.fields[position]!;
  const check = createTypeCheck(type);
  const encoder = new TextEncoder();
  return {
    code: 'validate.type',
    column: name,
    looksAt: [position],
    isTypeRule: own,
    broken(batch, rows) {
      if (own && batch.columns[position]!.storage === 'typed') return new Uint32Array(0);
      return rows.filter((row) => {
        const text = cellText(batch, row, position);
        if (text === null) return false;
        const bytes = encoder.encode(text);
        return !check(bytes, 0, bytes.length);
      });
    },
    say: sayOf(position, (value) => RULE_SAYS.type(shorten(name), value, typeName(type))),
    all: RULE_SAYS.typeAll(typeName(type)),
  };
}
