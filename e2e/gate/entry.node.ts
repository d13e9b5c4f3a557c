// The product's Node worker with the tests' plug-ins beside its own, one of which ends its thread.
import { z } from 'zod';
import { defineOptions } from '../../src/contract/options.schema.ts';
import type { TransformCard } from '../../src/contract/transform-plugin.ts';
import { deliveries } from '../../src/deliveries/registry.node.ts';
import { builtInPlugins } from '../../src/engine/plugins.ts';
import { selectedCount } from '../../src/table/batch.ts';
import { startThread } from '../../src/worker/start.node.ts';
import { withStubs } from './stub-plugins.ts';

/** Ends the thread in the middle of a run, as running out of memory would. */
const die: TransformCard<{ afterRows: number }> = {
  id: 'die',
  title: 'Die',
  purpose: 'Shows that a lost thread is an error and leaves nothing.',
  options: defineOptions(z.object({ afterRows: z.int().min(0).default(0) }), {
    'afterRows.title': 'After rows',
    'afterRows.help': 'Rows that are let through before.',
  }),
  load: async () => ({
    open: ({ options, schema }) => ({
      schema,
      async *apply(batches) {
        let seen = 0;
        for await (const batch of batches) {
          seen += selectedCount(batch);
          if (seen > options.afterRows) process.exit(1);
          yield batch;
        }
      },
    }),
  }),
};

const plugins = withStubs(builtInPlugins(deliveries));
startThread({ ...plugins, transforms: [...plugins.transforms, die] });
