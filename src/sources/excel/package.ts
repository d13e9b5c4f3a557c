// The parts of an office document: a zip, and the relationships by which one part names others (ECMA-376 part 2).
import type { Limits } from '../../contract/config.ts';
import { ExportError } from '../../contract/errors.ts';
import type { ByteSlices } from '../../contract/source-input.ts';
import { isZip, listZip, readZipMember, type ZipMember } from '../../contract/zip-reader.ts';
import { Fault, faultError } from './fault.ts';
import { isCompound, isOpenDocument } from './recognise.ts';
import { EXCEL_FAULTS, EXCEL_FORMS } from './texts.ts';
import { XmlScan } from './xml-scan.ts';

/** One part that another one names. */
export interface Relationship {
  id: string;
  /** The last word of its type: `worksheet`, `styles`, `table`. */
  kind: string;
  /** Name of the part in the zip. */
  target: string;
}

export interface Package {
  name: string;
  /** Unpacked bytes of a part by its directory; null when there is none. */
  sizeOf(part: string): number | null;
  /** The pieces of a part. Throws `read.excel.corrupt` where there is none. */
  open(part: string): AsyncIterable<Uint8Array>;
  /** A part as a whole, for parts that are small in honest files. */
  read(part: string): Promise<XmlScan>;
  /** What a part names; empty where it names nothing. */
  relationsOf(part: string): Promise<Relationship[]>;
}

const HEAD_BYTES = 4 * 1024;
/** Sector size is told as a power of two here, and the directory's first sector there ([MS-CFB] §2.2). */
const SECTOR_SHIFT_AT = 30;
const DIRECTORY_AT = 48;
const DIRECTORY_ENTRY_BYTES = 128;

/** Opens a workbook's zip. Throws `read.excel.encrypted`, `read.excel.other-form`, `read.excel.not-a-workbook`, `read.unpack.*`. */
export async function openPackage(
  slices: ByteSlices,
  name: string,
  limits: Limits,
): Promise<Package> {
  const head = await slices.read(0, Math.min(slices.sizeBytes, HEAD_BYTES));
  if (head.length === 0) throw new ExportError('read.empty', { name });
  if (isCompound(head)) throw await compoundError(slices, head, name);
  if (isOpenDocument(head))
    throw new ExportError('read.excel.other-form', { name, form: EXCEL_FORMS.openDocument });
  if (!isZip(head)) throw new ExportError('read.excel.not-a-workbook', { name });
  const members = new Map<string, ZipMember>();
  for (const member of await listZip(slices, name)) members.set(partKey(member.name), member);
  const read = async (part: string): Promise<XmlScan> => {
    const member = members.get(partKey(part));
    if (member === undefined) throw new Fault(EXCEL_FAULTS.missing);
    if (member.sizeBytes > limits.recordBytes) throw new Fault(EXCEL_FAULTS.tooLarge);
    const bytes = new Uint8Array(member.sizeBytes);
    let at = 0;
    for await (const piece of readZipMember(slices, member, name, limits)) {
      bytes.set(piece, at);
      at += piece.length;
    }
    return insistUtf8Part(new XmlScan(bytes));
  };
  const named = async <T>(part: string, work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (thrown) {
      throw faultError(thrown, name, part);
    }
  };
  return {
    name,
    sizeOf: (part) => members.get(partKey(part))?.sizeBytes ?? null,
    open(part) {
      const member = members.get(partKey(part));
      if (member === undefined) throw faultError(new Fault(EXCEL_FAULTS.missing), name, part);
      return readZipMember(slices, member, name, limits);
    },
    read: (part) => named(part, () => read(part)),
    relationsOf(part) {
      const slash = part.lastIndexOf('/');
      const folder = part.slice(0, slash + 1);
      const rels = `${folder}_rels/${part.slice(slash + 1)}.rels`;
      if (!members.has(partKey(rels))) return Promise.resolve([]);
      return named(rels, async () => readRelations(await read(rels), folder));
    },
  };
}

/** Names of parts are compared without letter case, and some writers begin them with a stroke. */
function partKey(part: string): string {
  return part.replace(/^\/+/, '').toLowerCase();
}

function readRelations(scan: XmlScan, folder: string): Relationship[] {
  const relations: Relationship[] = [];
  for (let found = scan.next(); found !== 'more'; found = scan.next()) {
    if (found !== 'open' || !scan.is('Relationship')) continue;
    if (scan.attribute('TargetMode') === 'External') continue;
    const target = scan.attribute('Target') ?? '';
    relations.push({
      id: scan.attribute('Id') ?? '',
      kind: (scan.attribute('Type') ?? '').split('/').at(-1)!,
      target: resolvePart(folder, target),
    });
  }
  return relations;
}

function resolvePart(folder: string, target: string): string {
  const path = target.startsWith('/') ? target : folder + target;
  const parts: string[] = [];
  for (const piece of path.split('/')) {
    if (piece === '..') parts.pop();
    else if (piece !== '' && piece !== '.') parts.push(piece);
  }
  return parts.join('/');
}

/** Throws a Fault for a part in another charset than UTF-8, which no known writer makes. */
export function insistUtf8Part(scan: XmlScan): XmlScan {
  const { bytes } = scan;
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) scan.at = 3;
  const head = new TextDecoder('latin1').decode(
    bytes.subarray(scan.at, Math.min(scan.to, scan.at + 200)),
  );
  const declared = /^\s*<\?xml[^>]*encoding\s*=\s*["']([^"']*)["']/.exec(head)?.[1];
  if (head.includes('\0') || /^(\xfe\xff|\xff\xfe)/.test(head)) throw new Fault(EXCEL_FAULTS.utf16);
  if (declared !== undefined && !/^(utf-?8|us-ascii)$/i.test(declared))
    throw new Fault(EXCEL_FAULTS.charset(declared.slice(0, 40)));
  return scan;
}

/** What a compound file is, by the names in its directory's first sector. */
async function compoundError(
  slices: ByteSlices,
  head: Uint8Array,
  name: string,
): Promise<ExportError> {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const shift = head.length > DIRECTORY_AT + 4 ? view.getUint16(SECTOR_SHIFT_AT, true) : 0;
  const names: string[] = [];
  if (shift === 9 || shift === 12) {
    const from = (view.getUint32(DIRECTORY_AT, true) + 1) * 2 ** shift;
    const sector = await slices.read(
      Math.min(slices.sizeBytes, from),
      Math.min(slices.sizeBytes, from + 2 ** shift),
    );
    for (let at = 0; at + DIRECTORY_ENTRY_BYTES <= sector.length; at += DIRECTORY_ENTRY_BYTES)
      names.push(new TextDecoder('utf-16le').decode(sector.subarray(at, at + 64)));
  }
  const has = (...wanted: string[]): boolean =>
    names.some((entry) => wanted.includes(entry.split('\0')[0]!));
  if (has('EncryptedPackage', 'EncryptionInfo'))
    return new ExportError('read.excel.encrypted', { name });
  if (has('Workbook', 'Book'))
    return new ExportError('read.excel.other-form', { name, form: EXCEL_FORMS.old });
  return new ExportError('read.excel.other-form', { name, form: EXCEL_FORMS.compound });
}
