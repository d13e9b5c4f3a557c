// The options of the file delivery: none, as the person picks the file.
import { z } from 'zod';
import { defineOptions } from '../../contract/options.schema.ts';

export const FILE_OPTIONS = defineOptions(z.object({}), {});

export type FileOptions = (typeof FILE_OPTIONS)['defaults'];
