// Gives the rows in the order of their keys, however many they are.
import type { Transform, TransformContext } from '../../contract/transform-plugin.ts';
import { createExternalSorter } from '../../spill/external-sorter.ts';
import type { SortOptions } from './options.ts';
import { createSortKeys } from './sort-keys.ts';

export function open(context: TransformContext<SortOptions>): Transform {
  const { schema, options, scratch, signal } = context;
  const keys = createSortKeys(schema, options);
  return {
    schema,
    needs: (wanted) => new Set([...wanted, ...keys.columns]),
    async *apply(batches) {
      if (options.by.length === 0) {
        yield* batches;
        return;
      }
      const sorter = createExternalSorter(schema, keys, scratch, signal);
      try {
        for await (const batch of batches) await sorter.add(batch);
        yield* sorter.sortedRows();
      } finally {
        await sorter.close();
      }
    },
  };
}
