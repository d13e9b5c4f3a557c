// A stream to a host has no options.
import { z } from 'zod';
import { defineOptions } from '../../contract/options.schema.ts';

export const streamOptions = defineOptions(z.object({}), {});
