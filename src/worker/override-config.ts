// A config with some of its parts said otherwise, for exports from a template.
import type { ExportConfig } from '../contract/config.ts';

/** Any part of a `T`; members of lists are named by their ids. */
type Part<T> = T extends readonly (infer Item)[]
  ? Part<Item>[]
  : T extends Record<string, unknown>
    ? { [Key in keyof T]?: Part<T[Key]> }
    : T extends object
      ? { [Key in keyof T]?: Part<T[Key]> }
      : T;

/**
 * What differs from a template. Objects are merged; members of `sources`, `datasets`, `steps` and `outputs` by id, new ones are
 * added at the end; all else is replaced. A part with another id (`format: {id: 'json'}`) is replaced whole, and a source or step
 * of another kind loses the options it had, since options belong to their part.
 */
export type ConfigOverrides = Part<ExportConfig>;

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function idOf(value: unknown): unknown {
  return isRecord(value) ? value['id'] : undefined;
}

function isNamed(list: readonly unknown[]): boolean {
  return list.every((item) => typeof idOf(item) === 'string');
}

function merge(base: unknown, over: unknown): unknown {
  if (over === undefined) return base;
  if (Array.isArray(base) && Array.isArray(over) && isNamed(base) && isNamed(over)) {
    const left = new Map(over.map((item: unknown) => [idOf(item), item]));
    const merged = base.map((item: unknown) => {
      const other = left.get(idOf(item));
      left.delete(idOf(item));
      return merge(item, other);
    });
    return [...merged, ...left.values()];
  }
  if (!isRecord(base) || !isRecord(over)) return over;
  const isOther = idOf(base) !== undefined && idOf(over) !== undefined && idOf(base) !== idOf(over);
  if (isOther) return { options: {}, ...over };
  const isOtherKind = over['kind'] !== undefined && over['kind'] !== base['kind'];
  const merged = new Map(Object.entries(isOtherKind ? { ...base, options: {} } : base));
  for (const [key, value] of Object.entries(over))
    // The value of an option is one thing.
    merged.set(
      key,
      key === 'options'
        ? { ...(merged.get(key) as object), ...(value as object) }
        : merge(base[key], value),
    );
  return Object.fromEntries(merged);
}

/** The config with the overrides; whether it is still a whole one is for the engine to say. */
export function overrideConfig(config: ExportConfig, overrides: ConfigOverrides): ExportConfig {
  return merge(config, overrides) as ExportConfig;
}
