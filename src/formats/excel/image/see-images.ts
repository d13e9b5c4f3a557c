// Looks at images before the run: whether each is one.
import { asExportError } from '../../../contract/errors.ts';
import type { EncoderRoom } from '../../../contract/encoder.ts';
import type { FormatFinding } from '../../../contract/format-finding.ts';
import { readImage } from './image-file.ts';
import type { ImageOptions } from './options.ts';

/** Errors for files that are no images. Throws what opening them throws. */
export async function seeImages(
  images: readonly ImageOptions[],
  openFile: EncoderRoom['openFile'],
): Promise<FormatFinding[]> {
  const findings: FormatFinding[] = [];
  for (const { file } of images) {
    const opened = await openFile(file);
    try {
      await readImage(opened);
    } catch (thrown) {
      const { code, message: sentence } = asExportError(thrown);
      if (code !== 'encode.excel.image') throw thrown;
      findings.push({ severity: 'error', option: 'images', code: 'excel.image', sentence });
    }
  }
  return findings;
}
