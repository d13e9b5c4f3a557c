// Tells workbooks by their first bytes, the kinds that cannot be read among them.

const decoder = new TextDecoder('latin1');
const LOCAL_SIGNATURE = 0x04034b50;
const LOCAL_BYTES = 30;
/** How a compound file begins ([MS-CFB] §2.2): old and encrypted workbooks are such. */
const COMPOUND = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
const OPEN_DOCUMENT = 'application/vnd.oasis.opendocument.spreadsheet';
/** How the parts of an office document are called (ECMA-376 part 2). */
const OFFICE_PART = /^(\[Content_Types\]\.xml|_rels\/|docProps\/|customXml\/|xl\/)/i;

/** Whether the bytes are a compound file: a workbook of Excel 97 to 2003, or one with a password. */
export function isCompound(head: Uint8Array): boolean {
  return COMPOUND.every((byte, i) => head[i] === byte);
}

/** Whether the bytes are a spreadsheet in OpenDocument format. */
export function isOpenDocument(head: Uint8Array): boolean {
  const [first] = localEntries(head);
  if (first?.name !== 'mimetype') return false;
  return decoder.decode(head.subarray(first.at, first.at + 60)).startsWith(OPEN_DOCUMENT);
}

/** The entries whose local headers stand in `head`, as far as one says where the next begins. */
function localEntries(head: Uint8Array): { name: string; at: number }[] {
  const entries: { name: string; at: number }[] = [];
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  let at = 0;
  while (at + LOCAL_BYTES <= head.length && view.getUint32(at, true) === LOCAL_SIGNATURE) {
    const nameBytes = view.getUint16(at + 26, true);
    const nameAt = at + LOCAL_BYTES;
    const start = nameAt + nameBytes + view.getUint16(at + 28, true);
    entries.push({ name: decoder.decode(head.subarray(nameAt, nameAt + nameBytes)), at: start });
    const HAS_SIZE_BEHIND = 8;
    if ((view.getUint16(at + 6, true) & HAS_SIZE_BEHIND) !== 0) break;
    at = start + view.getUint32(at + 18, true);
  }
  return entries;
}

/** How sure these first bytes are of a workbook, or of one of the kinds that a user means by it. */
export function recogniseWorkbook(head: Uint8Array): 0 | 2 | 3 {
  if (isCompound(head) || isOpenDocument(head)) return 2;
  const names = localEntries(head).map(({ name }) => name.replaceAll('\\', '/'));
  if (names.some((name) => name.startsWith('xl/'))) return 3;
  return OFFICE_PART.test(names[0] ?? '') ? 2 : 0;
}
