// The zod of a file that a format's options name: handed over with the run, or a path.
import { z } from 'zod';

/** A `FileRef` (file-ref.ts), of which a path may be given as text. */
export const fileRefSchema = z.union([
  z
    .string()
    .min(1)
    .transform((path) => ({ path })),
  z.strictObject({ path: z.string().min(1) }),
  z.strictObject({ binding: z.string().min(1) }),
]);
