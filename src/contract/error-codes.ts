// The one list of error codes (`stage.plugin.reason`, never renamed), each with its sentence and its hint.
import { CONFIG_ERRORS } from './config-errors.ts';
import { OUTPUT_ERRORS } from './output-errors.ts';
import { READ_ERRORS } from './read-errors.ts';
import { RUN_ERRORS } from './run-errors.ts';
import { STEP_ERRORS } from './step-errors.ts';

export const ERROR_TEXTS = {
  ...CONFIG_ERRORS,
  ...READ_ERRORS,
  ...STEP_ERRORS,
  ...OUTPUT_ERRORS,
  ...RUN_ERRORS,
} as const;

export type ErrorCode = keyof typeof ERROR_TEXTS;
