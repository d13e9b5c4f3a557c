// Images on sheets of rows: read before the first row, placed when all are written.
import type { EncoderRoom } from '../../../contract/encoder.ts';
import type { Part } from '../parts.ts';
import { readImage, shownSize } from './image-file.ts';
import type { ImageOptions } from './options.ts';

/** An image on the first sheet of a table. */
export interface PlacedImage {
  table: number;
  /** Of its upper left corner; missing = right of the rows. */
  cell: string | undefined;
  part: Part;
  description: string;
  /** In pixels of 1/96 inch. */
  widthPx: number;
  heightPx: number;
}

/** The images in their order; those of one file share its part. */
export async function readImages(
  images: readonly ImageOptions[],
  openFile: EncoderRoom['openFile'],
): Promise<Omit<PlacedImage, 'table'>[]> {
  const read = new Map<string, { part: Part; width: number; height: number }>();
  const placed: Omit<PlacedImage, 'table'>[] = [];
  for (const { file, cell, description, width, height } of images) {
    const key = JSON.stringify(file);
    let known = read.get(key);
    if (known === undefined) {
      const { bytes, extension, ...size } = await readImage(await openFile(file));
      const part: Part = {
        name: `xl/media/image${read.size + 1}.${extension}`,
        contentType: `image/${extension}`,
        content: bytes,
        relationships: [],
      };
      read.set(key, (known = { part, ...size }));
    }
    placed.push({ cell, description, part: known.part, ...shownSize(known, { width, height }) });
  }
  return placed;
}
