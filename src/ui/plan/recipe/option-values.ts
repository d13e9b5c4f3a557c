// Reads what options of steps hold, whoever wrote them: columns by name or reference, lists, texts.
import type { ColumnRef } from '../../../contract/filter.ts';
import { recipeWords as words } from './messages.en.ts';

export type Options = Readonly<Record<string, unknown>>;

/** A column of an option; null for what is none. */
export function refOf(value: unknown): ColumnRef | null {
  if (typeof value === 'string') return { name: value };
  if (typeof value !== 'object' || value === null || !('name' in value)) return null;
  const { name, nth } = value as { name: unknown; nth?: unknown };
  if (typeof name !== 'string') return null;
  return typeof nth === 'number' && nth > 0 ? { name, nth } : { name };
}

/** As a person reads it: the second column of a name is `name #2`. */
export function refText({ name, nth }: ColumnRef): string {
  return `${name || words.noName}${nth ? ` #${nth + 1}` : ''}`;
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The columns of a list. */
export function refsOf(value: unknown): ColumnRef[] {
  return listOf(value).flatMap((each) => refOf(each) ?? []);
}

export function objectOf(value: unknown): Options {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Options)
    : {};
}

export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** The pairs of a join's option `on`; a plain name stands in both. */
export function pairsOf(on: unknown): { left: ColumnRef | null; right: ColumnRef | null }[] {
  return listOf(on).map((pair) => {
    if (typeof pair === 'string') return { left: { name: pair }, right: { name: pair } };
    const { left, right } = objectOf(pair);
    return { left: refOf(left), right: refOf(right) };
  });
}
