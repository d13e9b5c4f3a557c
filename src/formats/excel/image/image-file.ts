// Reads an image that stands on a sheet: its kind and size from its first bytes, the rest as it is.
import { ExportError } from '../../../contract/errors.ts';
import type { FormatFile } from '../../../contract/file-ref.ts';
import { EXTRAS_TEXTS } from '../extras-texts.ts';

const MOST_BYTES = 16 * 1024 * 1024;

export interface ImageFile {
  bytes: Uint8Array;
  extension: 'png' | 'jpeg' | 'gif';
  /** Pixels. */
  width: number;
  height: number;
}

/** Kind and size; null for what no spreadsheet shows. */
export function imageFacts(bytes: Uint8Array): Omit<ImageFile, 'bytes'> | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const facts = factsOf(view);
  return facts !== null && facts.width > 0 && facts.height > 0 ? facts : null;
}

function factsOf(view: DataView): Omit<ImageFile, 'bytes'> | null {
  const isLong = view.byteLength >= 24;
  if (isLong && view.getUint32(0) === 0x8950_4e47 && view.getUint32(12) === 0x4948_4452)
    return { extension: 'png', width: view.getUint32(16), height: view.getUint32(20) };
  if (isLong && view.getUint32(0) === 0x4749_4638)
    return { extension: 'gif', width: view.getUint16(6, true), height: view.getUint16(8, true) };
  if (!isLong || view.getUint16(0) !== 0xffd8) return null;
  let at = 2;
  while (at + 9 <= view.byteLength) {
    if (view.getUint8(at) !== 0xff) return null;
    const marker = view.getUint8(at + 1);
    // Bytes between segments, which any number may be of.
    if (marker === 0xff) at++;
    else if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker))
      return { extension: 'jpeg', height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    else if (marker === 0xda || marker === 0xd9) return null;
    else at += 2 + (marker === 0x01 || (marker & 0xf8) === 0xd0 ? 0 : view.getUint16(at + 2));
  }
  return null;
}

/** Throws `encode.excel.image` for what is no image, or too large. */
export async function readImage({ name, slices }: FormatFile): Promise<ImageFile> {
  const wrong = (detail: string) => new ExportError('encode.excel.image', { name, detail });
  if (slices.sizeBytes > MOST_BYTES) throw wrong(EXTRAS_TEXTS.imageTooLarge);
  const bytes = await slices.read(0, slices.sizeBytes);
  const facts = imageFacts(bytes);
  if (facts === null) throw wrong(EXTRAS_TEXTS.noImage);
  return { bytes, ...facts };
}

/** Its size on the sheet in pixels of 1/96 inch: one that is given alone keeps the proportions. */
export function shownSize(
  { width, height }: Pick<ImageFile, 'width' | 'height'>,
  given: { width?: number | undefined; height?: number | undefined },
): { widthPx: number; heightPx: number } {
  const scale = given.width !== undefined ? given.width / width : (given.height ?? height) / height;
  return {
    widthPx: given.width ?? width * scale,
    heightPx: given.height ?? height * scale,
  };
}
