// The options of the download delivery: none.
import { z } from 'zod';
import { defineOptions } from '../../contract/options.schema.ts';

export const DOWNLOAD_OPTIONS = defineOptions(z.object({}), {});

export type DownloadOptions = (typeof DOWNLOAD_OPTIONS)['defaults'];
