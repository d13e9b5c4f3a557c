// Options of the filter step.
import { z } from 'zod';
import { filterSchema } from '../../contract/filter.schema.ts';
import { defineOptions } from '../../contract/options.schema.ts';
import { texts } from './texts.ts';

export const filterOptions = defineOptions(z.object({ where: filterSchema }), texts);

export type FilterOptions = typeof filterOptions.defaults;
