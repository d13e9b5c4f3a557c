// The shape of images in the options of the excel format.
import { z } from 'zod';
import { fileRefSchema } from '../../../contract/file-ref.schema.ts';

const anchor = z
  .string()
  .regex(/^[A-Za-z]{1,3}[1-9]\d{0,6}$/, 'is no cell, such as F2')
  .transform((text) => text.toUpperCase());

const size = z.number().min(1).max(10_000);

const image = z.strictObject({
  file: fileRefSchema,
  /** The cell of its upper left corner; missing = right of the rows. */
  cell: anchor.optional(),
  /** In pixels of 1/96 inch. One alone keeps the proportions; none = as large as it is. */
  width: size.optional(),
  height: size.optional(),
  /** Read out in its place. */
  description: z.string().max(1000).default(''),
  /** The data set on whose sheet it stands; missing = the first. */
  dataset: z.string().optional(),
});

/** None by default; one stands for a list of it. */
export const imagesSchema = z
  .preprocess(
    (value) =>
      typeof value === 'object' && value !== null && !Array.isArray(value) ? [value] : value,
    z.array(image).max(100),
  )
  .default([])
  .meta({ kind: 'json', panel: true, advanced: true, accept: ['.png', '.jpg', '.jpeg', '.gif'] });

export type ImageOptions = z.output<typeof image>;
