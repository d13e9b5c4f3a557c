// Tells from first bytes whether they are a JSON document, or one JSON record on each line.
import { INCOMPLETE, SCAN_SPARE, JsonScan } from '../table/json-scan.ts';

const MOST_DEPTH = 1_000;
const RECORD_SEPARATOR = 0x1e;

/** The first value of the head: where it begins and ends (INCOMPLETE, WRONG); null when it begins like no object or list. */
function firstValue(head: Uint8Array): { scan: JsonScan; start: number; end: number } | null {
  const bytes = new Uint8Array(head.length + SCAN_SPARE);
  bytes.set(head);
  const scan = new JsonScan(MOST_DEPTH);
  scan.setWindow(bytes, head.length, false);
  let start = scan.space(0);
  if (bytes[start] === RECORD_SEPARATOR) start = scan.space(start + 1);
  if (bytes[start] !== 123 && bytes[start] !== 91) return null;
  return { scan, start, end: scan.value(start) };
}

/** 2 for the start of one JSON document: an object or list, nothing but white space behind it; 1 for what begins like one and is broken. */
export function looksLikeDocument(head: Uint8Array): 0 | 1 | 2 {
  const found = firstValue(head);
  if (found === null || head.includes(RECORD_SEPARATOR)) return 0;
  const { scan, end } = found;
  if (end === INCOMPLETE) return 2;
  return end >= 0 && scan.space(end) >= head.length ? 2 : 1;
}

/** Whether the head is JSON values on lines of their own: 2 from the second on. */
export function looksLikeLines(head: Uint8Array): 0 | 1 | 2 {
  const found = firstValue(head);
  if (found === null) return 0;
  const { scan, start, end } = found;
  const isSequence = head.includes(RECORD_SEPARATOR);
  if (end < 0) return end === INCOMPLETE && (isSequence || !head.includes(10)) ? 1 : 0;
  if (head.subarray(start, end).includes(10) && !isSequence) return 0;
  const { lineBreaks } = scan;
  let next = scan.space(end);
  if (next >= head.length) return isSequence ? 2 : 1;
  if (scan.bytes[next] === RECORD_SEPARATOR) next = scan.space(next + 1);
  else if (scan.lineBreaks === lineBreaks) return 0;
  const first = scan.bytes[next];
  return first === 123 || first === 91 ? 2 : 1;
}
