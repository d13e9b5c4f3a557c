// The columns that part a Parquet output in the flat form (`partitionBy`, `partitionValues`), as our split.
import type { SplitConfig } from '../contract/config.ts';
import { invalidAt, isRecord, namesAt } from './upgrade-checks.ts';

/** Takes both out of the options of the format; null where neither is there. */
export function takeSplit(options: Map<string, unknown>): SplitConfig | null {
  const by = options.get('partitionBy');
  const values = options.get('partitionValues');
  options.delete('partitionBy');
  options.delete('partitionValues');
  if (values !== undefined && !isRecord(values))
    throw invalidAt('partitionValues', 'must be an object of values by column');
  const wanted = new Map(Object.entries(values ?? {}));
  const names =
    by === undefined
      ? [...wanted.keys()]
      : namesAt(typeof by === 'string' ? [by] : by, 'partitionBy');
  if (names.length === 0) return null;
  const stray = [...wanted.keys()].find((name) => !names.includes(name));
  if (stray !== undefined)
    throw invalidAt(`partitionValues.${stray}`, 'is no column of partitionBy');
  return {
    columns: names.map((name) => {
      const value = wanted.get(name);
      return value === undefined ? { name } : { name, values: textsAt(value, name) };
    }),
  };
}

/** One value or several, as the texts that stand in cells. */
function textsAt(value: unknown, name: string): string[] {
  const list: unknown[] = Array.isArray(value) ? value : [value];
  return list.map((each) => {
    if (typeof each !== 'string' && typeof each !== 'number' && typeof each !== 'boolean')
      throw invalidAt(`partitionValues.${name}`, 'must be a value or a list of values');
    return String(each);
  });
}
