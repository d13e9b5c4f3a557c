// Lets the rows [offset, offset + limit) through by narrowing selections, and ends reading after the last of them.
import type { Transform, TransformContext } from '../../contract/transform-plugin.ts';
import { selectedCount, sliceSelected } from '../../table/batch.ts';
import type { LimitOptions } from './options.ts';

export function open({ options, schema, filtered }: TransformContext<LimitOptions>): Transform {
  const last = options.limit === null ? Infinity : options.offset + options.limit;
  return {
    schema,
    needs: (wanted) => wanted,
    async *apply(batches) {
      // Nothing is pulled for a row that cannot come out.
      if (last <= options.offset) return;
      let seen = 0;
      for await (const batch of batches) {
        const kept = sliceSelected(batch, options.offset - seen, last - seen);
        seen += selectedCount(batch);
        filtered(selectedCount(batch) - selectedCount(kept));
        if (selectedCount(kept) > 0) yield kept;
        if (seen >= last) return;
      }
    },
  };
}
