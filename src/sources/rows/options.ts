// The options of the rows source: none, the host hands rows over ready.
import { z } from 'zod';
import { defineOptions } from '../../contract/options.schema.ts';

export const rowsOptions = defineOptions(z.object({}), {});

export type RowsOptions = typeof rowsOptions.defaults;
