// Compiles casts: every pair of scalar types that has a meaning, exact where it can be, an error of the row where it cannot.
import { shorten } from '../contract/errors.ts';
import type { Expression } from '../contract/expression.ts';
import { parseTypeName, typeName, UTF8, type DataType } from '../table/data-type.ts';
import {
  createTimestampText,
  dateText,
  decimalText,
  float32Text,
  floatText,
  timeText,
} from '../table/value-text.ts';
import { fits } from './arithmetic.ts';
import {
  constantPart,
  eachCell,
  mapPart,
  RowProblem,
  type Cell,
  type CellStep,
  type Frame,
  type Part,
} from './cells.ts';
import { changeUnit, clockOf, DAY, UNITS_PER_SECOND } from './clock.ts';
import { readTexts } from './read-cells.ts';
import { wordOf, wrongType, type Scope } from './scope.ts';
import { exactOf, isExact, isText, scaleOf, timestampOf, toDouble } from './types.ts';
import { addWhole, multiplyWhole, rescale, type Whole } from './whole.ts';

/** The text of a type's values, as text formats write them; null for types that have none. */
export function textStep(type: DataType): CellStep | null {
  switch (type.kind) {
    case 'utf8':
    case 'json':
      return (cell: string) => cell;
    case 'bool':
    case 'int':
      return (cell: boolean | Whole) => String(cell);
    case 'decimal':
      return (cell: Whole) => decimalText(BigInt(cell), type.scale);
    case 'float':
      return type.bits === 32 ? float32Text : floatText;
    case 'date':
      return (cell: Whole) => dateText(Number(cell));
    case 'time':
      return (cell: Whole) => timeText(BigInt(cell), type.unit);
    case 'timestamp': {
      const text = createTimestampText(type.unit, type.zone);
      return (cell: Whole) => text(BigInt(cell));
    }
    default:
      return null;
  }
}

function misfit(text: string, type: DataType): RowProblem {
  return new RowProblem(`“${shorten(text, 40)}” is not of type ${wordOf(type)}.`);
}

/** Turns cells of one type into another; what does not fit is told to the frame. */
type Conversion = (cells: readonly Cell[], frame: Frame) => Cell[];

const eachBy =
  (step: CellStep): Conversion =>
  (cells, frame) =>
    eachCell(frame, (i) => {
      const cell = cells[i]!;
      return cell === null ? null : step(cell);
    });

/** Reads texts as a type; null where it cannot be read from text. */
function readAs(type: DataType, scope: Scope): Conversion | null {
  if (type.kind === 'timestamp')
    return eachBy((text: string) => {
      const value = timestampOf(text, type, scope.timeZone);
      if (value === null) throw misfit(text, type);
      return value;
    });
  if (readTexts([], type, () => {}) === null) return null;
  return (texts, frame) =>
    readTexts(texts, type, (at) =>
      frame.fail(frame.rows[at]!, misfit(texts[at] as string, type).message),
    )!;
}

/** Whether a whole number is a value of an integer type; throws a RowProblem. */
function integerCheck(type: DataType & { kind: 'int' }): (value: Whole) => Whole {
  const most = (1n << BigInt(type.signed ? type.bits - 1 : type.bits)) - 1n;
  const least = type.signed ? -most - 1n : 0n;
  return (value) => {
    if (value < least || value > most)
      throw new RowProblem(`${value} is too large or too small for ${typeName(type)}.`);
    return value;
  };
}

function toExact(from: DataType, to: DataType & { kind: 'int' | 'decimal' }): CellStep | null {
  const check = to.kind === 'int' ? integerCheck(to) : fits(to);
  const scale = scaleOf(to);
  if (isExact(from)) {
    const before = scaleOf(from);
    return (cell: Whole) => check(rescale(cell, before, scale, 'half-up'));
  }
  if (from.kind === 'bool')
    return (cell: boolean) => check(cell ? rescale(1, 0, scale, 'trunc') : 0);
  if (from.kind !== 'float') return null;
  return (cell: number) => {
    // The shortest text that gives the float is what people see of it, so that is what is rounded.
    const exact = exactOf(plainDigits(cell));
    if (exact === null) throw new RowProblem(`${cell} is not of type ${typeName(to)}.`);
    return check(rescale(exact.value, scaleOf(exact.type), scale, 'half-up'));
  };
}

/** A float's shortest text without an exponent. */
export function plainDigits(value: number): string {
  const text = String(value);
  const match = /^(-?)(\d+)(?:\.(\d+))?e([+-]\d+)$/.exec(text);
  if (!match) return text;
  const [, sign, whole, fraction = '', power] = match;
  const digits = whole! + fraction;
  const point = whole!.length + Number(power);
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  return sign! + digits.padEnd(point, '0').slice(0, point);
}

function toClock(
  from: DataType,
  to: DataType & { kind: 'date' | 'timestamp' },
  scope: Scope,
): CellStep | null {
  if (from.kind !== 'date' && from.kind !== 'timestamp') return null;
  if (
    from.kind === 'timestamp' &&
    to.kind === 'timestamp' &&
    (from.zone === null) === (to.zone === null)
  )
    return (cell: Whole) => changeUnit(cell, from.unit, to.unit);
  const a = clockOf(from, scope.timeZone);
  const b = clockOf(to, scope.timeZone);
  const finer = b.unitsPerSecond / a.unitsPerSecond;
  const coarser = a.unitsPerSecond / b.unitsPerSecond;
  return (cell: Whole) => {
    const { seconds, units } = a.local(cell);
    return b.value({ seconds, units: finer >= 1 ? units * finer : Math.floor(units / coarser) });
  };
}

function castStep(from: DataType, to: DataType, scope: Scope): CellStep | null {
  if (to.kind === 'utf8') return textStep(from);
  switch (to.kind) {
    case 'int':
    case 'decimal':
      return toExact(from, to);
    case 'float': {
      const round = to.bits === 32 ? Math.fround : (value: number): number => value;
      if (isExact(from)) return (cell: Whole) => round(toDouble(cell, scaleOf(from)));
      return from.kind === 'float' ? round : null;
    }
    case 'bool':
      if (from.kind === 'bool') return (cell: boolean) => cell;
      if (from.kind !== 'int') return null;
      return (cell: Whole) => {
        if (cell !== 0 && cell !== 1) throw new RowProblem(`${cell} is neither 0 nor 1.`);
        return cell === 1;
      };
    case 'date':
    case 'timestamp':
      return toClock(from, to, scope);
    case 'time': {
      if (from.kind === 'time') return (cell: Whole) => changeUnit(cell, from.unit, to.unit);
      if (from.kind !== 'timestamp') return null;
      const clock = clockOf(from, scope.timeZone);
      return (cell: Whole) => {
        const { seconds, units } = clock.local(cell);
        const inDay = ((seconds % DAY) + DAY) % DAY;
        const perSecond = UNITS_PER_SECOND[from.unit];
        return changeUnit(addWhole(multiplyWhole(inDay, perSecond), units), from.unit, to.unit);
      };
    }
    default:
      return null;
  }
}

/** The part as text, where its values have one. Throws `expression.wrong-type`. */
export function asText(part: Part): Part {
  if (part.type.kind === 'null') return constantPart(part.source, UTF8, null);
  if (isText(part.type)) return { ...part, type: UTF8 };
  const step = textStep(part.type);
  if (step === null)
    throw wrongType(
      part.source,
      `Values of type ${wordOf(part.type)} have no text`,
      'Use another column.',
    );
  if (part.constant !== undefined && part.constant !== null)
    return constantPart(part.source, UTF8, step(part.constant));
  return mapPart(part.source, UTF8, part, step);
}

/** Compiles a cast. Throws `expression.wrong-type` where the types have nothing in common. */
export function castPart(source: Expression & { op: 'cast' }, scope: Scope): Part {
  const of = scope.compile(source.of);
  const type = parseTypeName(source.to);
  if (type === null)
    throw wrongType(
      source,
      `“${shorten(source.to)}” is no type`,
      'Use int64, decimal(12,2), date …',
    );
  if (of.type.kind === 'null') return constantPart(source, type, null);
  const isRead = isText(of.type) && type.kind !== 'utf8';
  const step = isRead ? null : castStep(of.type, type, scope);
  const convert = isRead ? readAs(type, scope) : step && eachBy(step);
  if (convert === null)
    throw wrongType(
      source,
      `A value of type ${wordOf(of.type)} cannot become ${wordOf(type)}`,
      'Go through a type between them, such as text.',
    );
  const isTry = source.onMisfit === 'null';
  return {
    source,
    type,
    evaluate(frame) {
      const cells = of.evaluate(frame);
      // Only the cast itself is tried: what its value comes to is told all the same.
      return convert(cells, isTry ? { ...frame, fail: () => {} } : frame);
    },
  };
}
