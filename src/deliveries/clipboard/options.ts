// The options of the clipboard delivery: none.
import { z } from 'zod';
import { defineOptions } from '../../contract/options.schema.ts';

export const CLIPBOARD_OPTIONS = defineOptions(z.object({}), {});

export type ClipboardOptions = (typeof CLIPBOARD_OPTIONS)['defaults'];
