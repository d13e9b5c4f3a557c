// A file in the options of the excel format: handed over with the run, or a path.
import { z } from 'zod';

/** A path may be given as text. */
export const fileSchema = z.union([
  z
    .string()
    .min(1)
    .transform((path) => ({ path })),
  z.strictObject({ path: z.string().min(1) }),
  z.strictObject({ binding: z.string().min(1) }),
]);
