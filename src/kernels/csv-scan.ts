/** The typed door to the CSV kernel: finds where fields end, in large windows by wasm, in small ones and odd records by the twin. */
import { scanCsvPlainly, type CsvScan, type CsvScanDialect } from './csv-scan-twin.ts';
import { csvScanWasm } from './csv-scan.wasm.ts';

/** Bytes below which the twin is as fast as a copy and a call. */
const LEAST_BYTES = 1024;
/** Copied at a time: the kernel's memory, which stays in the processor's nearest cache. */
const PIECE_BYTES = 1 << 14;
/** Ends that the kernel has room for. */
const MOST_ENDS = 1 << 20;
/** Rows that the twin goes through from an odd record on; twice as many where the next is as near. */
const FIRST_TWIN_ROWS = 16;

const CR = 13;
const LF = 10;

interface KernelExports {
  readonly memory: { readonly buffer: ArrayBuffer };
  setUp(): number;
  inputAddress(): number;
  endsAddress(): number;
  setDialect(
    delimiter: number,
    quote: number,
    comment: number,
    stopsAtEmptyLines: number,
    columnCount: number,
    limit: number,
  ): void;
  begin(rowCount: number): void;
  scan(size: number, offset: number, filler: number): number;
  rowCount(): number;
  lineCount(): number;
  breakCount(): number;
  walkedTo(): number;
}

/** What {@link scanCsv} found. */
export interface CsvEnds extends CsvScan {
  /** The ends of the whole records, row-major, in memory that the thread's next scan writes to. */
  ends: Uint32Array;
}

/** A scan of a window, as {@link scanCsv} documents it. */
export type CsvScanner = (
  bytes: Uint8Array,
  from: number,
  to: number,
  columnCount: number,
  dialect: CsvScanDialect,
  capacity: number,
) => CsvEnds;

let kernelScanner: CsvScanner | null | undefined;
let scratch = new Uint32Array(0);

/**
 * Scans whole records in bytes [from, to), as {@link scanCsvPlainly} does and with the same result, for at most `capacity` ends
 * (one row's at least). The kernel is instantiated by the first large window of a thread; where WebAssembly or its SIMD is
 * missing or forbidden the twin finds the same, slower.
 */
export function scanCsv(
  bytes: Uint8Array,
  from: number,
  to: number,
  columnCount: number,
  dialect: CsvScanDialect,
  capacity: number,
): CsvEnds {
  const scan = to - from < LEAST_BYTES ? null : openCsvKernel();
  return (scan ?? scanInTwin)(bytes, from, to, columnCount, dialect, capacity);
}

/** The kernel's own scanner, for windows of any size; null where there cannot be one. One per thread, not reentrant. */
export function openCsvKernel(): CsvScanner | null {
  if (kernelScanner === undefined) kernelScanner = instantiate();
  return kernelScanner;
}

function scanInTwin(
  bytes: Uint8Array,
  from: number,
  to: number,
  columnCount: number,
  dialect: CsvScanDialect,
  capacity: number,
): CsvEnds {
  if (scratch.length < capacity) scratch = new Uint32Array(capacity);
  const room = scratch.subarray(0, capacity);
  const scan = scanCsvPlainly(bytes, from, to, columnCount, dialect, room);
  return { ...scan, ends: room.subarray(0, scan.rows * columnCount) };
}

/** A byte that the dialect gives no meaning. */
function fillerFor(dialect: CsvScanDialect): number {
  const taken = [dialect.delimiter, dialect.quote, dialect.comment, CR, LF];
  let filler = 0;
  while (taken.includes(filler)) filler++;
  return filler;
}

function countLineFeeds(bytes: Uint8Array, from: number, to: number): number {
  let count = 0;
  for (let i = from; i < to; i++) if (bytes[i] === LF) count++;
  return count;
}

function instantiate(): CsvScanner | null {
  let kernel: KernelExports;
  try {
    const wasm = Uint8Array.from(atob(csvScanWasm), (character) => character.charCodeAt(0));
    const instance = new WebAssembly.Instance(new WebAssembly.Module(wasm));
    kernel = instance.exports as unknown as KernelExports;
    if (kernel.setUp() === 0) return null;
  } catch {
    return null;
  }
  // The memory never grows again, so that one view of each is enough.
  const input = new Uint8Array(kernel.memory.buffer, kernel.inputAddress(), PIECE_BYTES);
  const ends = new Uint32Array(kernel.memory.buffer, kernel.endsAddress(), MOST_ENDS);

  return (bytes, from, to, columnCount, dialect, capacity) => {
    const { delimiter, comment } = dialect;
    if (columnCount < 1 || capacity > MOST_ENDS || delimiter === LF)
      return scanInTwin(bytes, from, to, columnCount, dialect, capacity);
    const mostRows = Math.floor(capacity / columnCount);
    // What separates never quotes.
    const quote = dialect.quote === delimiter || dialect.quote === LF ? -1 : dialect.quote;
    const filler = fillerFor(dialect);
    const stops = dialect.stopsAtEmptyLines ? 1 : 0;
    kernel.setDialect(delimiter, quote, comment, stops, columnCount, capacity);
    const result = (
      rows: number,
      next: number,
      innerBreaks: number,
      isPlain: boolean,
    ): CsvEnds => ({
      rows,
      next,
      innerBreaks,
      isPlain,
      ends: ends.subarray(0, rows * columnCount),
    });

    let rows = 0;
    let next = from;
    let innerBreaks = 0;
    let twinRows = 0;
    for (;;) {
      kernel.begin(rows);
      let at = next;
      let isUsual = true;
      while (isUsual && at < to) {
        const size = Math.min(PIECE_BYTES, to - at);
        input.set(bytes.subarray(at, at + size));
        isUsual = kernel.scan(size, at, filler) !== 0;
        at += size;
      }
      const found = Math.min(kernel.rowCount(), mostRows);
      if (found > rows) next = ends[found * columnCount - 1]! + 1;
      let breaks = kernel.breakCount();
      // What was walked of later records has line feeds too: its own, and those that are left inside quotes.
      if (breaks > 0)
        breaks -= countLineFeeds(bytes, next, kernel.walkedTo()) - (kernel.lineCount() - found);
      innerBreaks += breaks;
      const gained = found - rows;
      rows = found;
      if (isUsual || rows === mostRows) return result(rows, next, innerBreaks, true);

      twinRows = gained >= twinRows ? FIRST_TWIN_ROWS : twinRows * 2;
      const few = Math.min(mostRows - rows, twinRows);
      const room = ends.subarray(rows * columnCount, (rows + few) * columnCount);
      const odd = scanCsvPlainly(bytes, next, to, columnCount, dialect, room);
      rows += odd.rows;
      next = odd.next;
      innerBreaks += odd.innerBreaks;
      if (odd.rows < few) return result(rows, next, innerBreaks, odd.isPlain);
    }
  };
}
