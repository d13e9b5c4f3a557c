// The options of the standard output delivery: none.
import { z } from 'zod';
import { defineOptions } from '../../contract/options.schema.ts';

export const STDOUT_OPTIONS = defineOptions(z.object({}), {});

export type StdoutOptions = (typeof STDOUT_OPTIONS)['defaults'];
