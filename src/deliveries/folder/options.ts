// The options of the folder delivery: none, as the person picks the folder.
import { z } from 'zod';
import { defineOptions } from '../../contract/options.schema.ts';

export const FOLDER_OPTIONS = defineOptions(z.object({}), {});

export type FolderOptions = (typeof FOLDER_OPTIONS)['defaults'];
