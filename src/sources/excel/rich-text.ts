// The text of a cell that stands in the file as runs: joined, what only says how it is pronounced left out.
import type { ByteWriter } from '../../table/byte-writer.ts';
import type { XmlScan } from './xml-scan.ts';
import { insistUtf8, isPlainText, textBytes } from './xml-text.ts';

/**
 * Appends the text of the element called `name`, behind whose opening tag `scan` stands, to `out`, and goes behind its end.
 * False, with nothing appended, when the bytes end before it does.
 */
export function readRichText(scan: XmlScan, name: string, out: ByteWriter): boolean {
  const before = out.length;
  let isPhonetic = false;
  let start = -1;
  let hasMarked = false;
  for (;;) {
    const found = scan.next();
    if (found === 'more') {
      out.length = before;
      return false;
    }
    if (scan.hasMarked) hasMarked = true;
    if (found === 'open') {
      if (scan.is('t') && !scan.isEmpty && !isPhonetic) {
        start = scan.at;
        hasMarked = false;
      } else if (scan.is('rPh') && !scan.isEmpty) isPhonetic = true;
      continue;
    }
    if (start >= 0 && scan.is('t')) {
      appendText(scan, start, scan.tagStart, hasMarked, out);
      start = -1;
    } else if (scan.is('rPh')) isPhonetic = false;
    else if (scan.is(name)) return true;
  }
}

/** Appends what stands between two tags. */
export function appendText(
  { bytes }: XmlScan,
  start: number,
  end: number,
  hasMarked: boolean,
  out: ByteWriter,
): void {
  if (!hasMarked && isPlainText(bytes, start, end)) {
    insistUtf8(bytes, start, end);
    out.put(bytes, start, end);
  } else out.put(textBytes(bytes, start, end));
}
