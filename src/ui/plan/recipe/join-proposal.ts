// Proposes how a step takes other data: which columns say that rows belong together, and how columns of the same name are told apart.
import type { ColumnRef } from '../../../contract/filter.ts';
import type { InspectedColumn } from '../../../contract/verbs.ts';
import { sourceColumns } from '../steps.ts';
import { pairsOf, refOf, textOf, type Options } from './option-values.ts';

/** Columns that must be equal: this side's, then the other's. */
export interface KeyPair {
  left: ColumnRef;
  right: ColumnRef;
}

/** What is known of the columns of the other data. */
export interface OtherColumns {
  columns: readonly InspectedColumn[];
  /** Rows that were looked at. */
  sampledRows: number;
}

/** Types whose values can be equal, as the step compares them. */
export function canBeEqual(a: string, b: string): boolean {
  return a === b || (groupOf(a) !== a && groupOf(a) === groupOf(b));
}

function groupOf(type: string): string {
  if (/^(u?int|decimal)/.test(type)) return 'exact';
  if (type.startsWith('float')) return 'float';
  if (type.startsWith('time(')) return 'time';
  if (type.startsWith('timestamp')) return type.includes(',') ? 'instant' : 'wall clock';
  return type;
}

/**
 * The key that rows are most likely looked up by: columns of the same name and type, and of those one whose values tell the
 * other rows apart; else `customer_id` and the `id` of customers. Empty where nothing fits.
 */
export function proposedKeys(
  own: readonly InspectedColumn[],
  other: OtherColumns,
  otherId: string,
): KeyPair[] {
  const lefts = sourceColumns(own).map(({ ref }) => ref);
  const rights = sourceColumns(other.columns).map(({ ref }) => ref);
  const pairs = own.flatMap(({ name, type }, l) =>
    other.columns.flatMap((column, r) =>
      !lefts[l]!.nth && !rights[r]!.nth && canBeEqual(type, column.type)
        ? [{ name, column, pair: { left: lefts[l]!, right: rights[r]! } }]
        : [],
    ),
  );
  const isKey = ({ column }: (typeof pairs)[number]) =>
    column.distinctCount >= 0.99 * (other.sampledRows - column.nullCount) &&
    column.nullCount < other.sampledRows;
  const same = pairs.filter(({ name, column }) => folded(name) === folded(column.name));
  const pointing = pairs.filter(({ name, column }) => pointsTo(name, column.name, otherId));
  const found =
    same.find(isKey) ?? pointing.find(isKey) ?? pointing[0] ?? (same.length > 0 ? same[0] : null);
  return found ? [found.pair] : [];
}

/** Whether `customer_id` names the `id` of customers. */
function pointsTo(name: string, otherName: string, otherId: string): boolean {
  const stem = folded(name).replace(/(id|no|nr|key|code|number)$/, '');
  const end = folded(name).slice(stem.length);
  if (stem.length < 2 || end === '') return false;
  return folded(otherName) === end && folded(otherId).startsWith(stem.replace(/y$/, ''));
}

function folded(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{M}\p{N}]+/gu, '');
}

/** Columns that a join takes and that this side has too, by name. */
export function clashesOf(
  options: Options,
  own: readonly InspectedColumn[],
  other: readonly InspectedColumn[],
): string[] {
  const keys = new Set(pairsOf(options['on']).map(({ right }) => right?.name));
  const { columns } = options;
  const taken = Array.isArray(columns)
    ? columns.map((ref) => refOf(ref)?.name ?? '')
    : other.map(({ name }) => name).filter((name) => !keys.has(name));
  const names = new Set(own.map(({ name }) => name));
  return taken.filter((name) => names.has(textOf(options['prefix']) + name));
}

/** The options of a join with this other data; keys that fit it stay. */
export function joinWith(
  options: Options,
  own: readonly InspectedColumn[],
  other: OtherColumns | null,
  otherId: string,
): Options {
  const next: Record<string, unknown> = { ...options, with: otherId };
  if (other === null) return next;
  const isThere = (ref: ColumnRef | null) =>
    ref !== null && other.columns.some(({ name }) => name === ref.name);
  const given = pairsOf(options['on']);
  if (
    typeof options['on'] !== 'string' &&
    !(given.length > 0 && given.every((p) => isThere(p.right)))
  )
    next['on'] = proposedKeys(own, other, otherId);
  if (Array.isArray(options['columns']) && !options['columns'].every((ref) => isThere(refOf(ref))))
    next['columns'] = null;
  if (clashesOf(next, own, other.columns).length > 0) next['suffix'] = `_${otherId}`;
  else delete next['suffix'];
  return next;
}
