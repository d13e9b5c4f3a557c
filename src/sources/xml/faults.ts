// What can be wrong with XML, and the errors that say so with line and column.
import { ExportError, shorten } from '../../contract/errors.ts';
import { FAULT_SENTENCES } from './texts.ts';

export type XmlFaultReason = keyof typeof FAULT_SENTENCES | 'depth' | 'entities';

/** Something that is not well-formed; `name`: of the element, attribute or entity it is about. */
export interface XmlFault {
  reason: XmlFaultReason;
  at: number;
  name: string;
}

/** 1-based. */
export interface XmlPlace {
  line: number;
  column: number;
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** What stands at `at`, as messages show it. */
function shownAt(bytes: Uint8Array, at: number, to: number): string {
  const byte = bytes[at]!;
  if (at >= to) return 'the end of the file';
  if (byte < 32 || byte === 127)
    return `the control character 0x${byte.toString(16).padStart(2, '0')}`;
  const code = decoder.decode(bytes.subarray(at, Math.min(to, at + 4))).codePointAt(0)!;
  if (code >= 0xfffe && code <= 0xffff) return `U+${code.toString(16).toUpperCase()}`;
  return `“${String.fromCodePoint(code)}”`;
}

/** The error for a fault in these bytes. `open`: the innermost element that is open. */
export function faultError(
  fault: XmlFault,
  bytes: Uint8Array,
  to: number,
  place: XmlPlace,
  open: string,
  depth: number,
): ExportError {
  const { line, column } = place;
  const { reason } = fault;
  if (reason === 'depth')
    return new ExportError('read.xml.too-deep', { line, column, limit: depth });
  if (reason === 'entities') return new ExportError('read.xml.entities', { line, column });
  const name = shorten(reason === 'end' ? open : fault.name, 40);
  const detail = FAULT_SENTENCES[reason](name, shownAt(bytes, fault.at, to));
  return new ExportError('read.xml.syntax', { line, column, detail });
}
