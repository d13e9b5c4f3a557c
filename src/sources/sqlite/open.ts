// Opens a database file for reading only: SQLite itself in wasm, over slices of the file.
import type { Database, Sqlite3Static } from '@sqlite.org/sqlite-wasm';
import { ExportError } from '../../contract/errors.ts';
import type { Limits } from '../../contract/config.ts';
import type { ByteSlices } from '../../contract/source-input.ts';
import { bytesOfDataUrl } from '../../table/data-url.ts';
import { openSlicePages, type SlicePages } from './slice-pages.ts';

/** An open database. Everything it does happens at once, in this thread. */
export interface OpenedDatabase {
  sqlite: Sqlite3Static;
  db: Database;
  /** Whether it was last written through a write-ahead log. */
  isWal: boolean;
  /** Has to be called before each step: what it may take counts from here. */
  begin(): void;
  /** What was thrown, as an error of the house: what reading the file failed with, if it did. */
  errorOf(thrown: unknown): unknown;
  close(): void;
}

const VFS = 'slices';
/** Offset of the version needed to read the file; 2 = write-ahead log (file format §1.3.2). */
const READ_VERSION_AT = 19;
/** Offset of the text encoding, 4 bytes big-endian; 1 = UTF-8 (§1.3.13). */
const ENCODING_AT = 56;

/** What SQLite needs for itself: its page cache, and one record of some size. */
const LEAST_HEAP_BYTES = 32 * 1024 * 1024;

/** Longest that a step may take where the run has no limit of its own: a query can go on for ever without a row. */
const MOST_STEP_MS = 60_000;
/** Steps of SQLite's machine between two looks at the clock. */
const WATCH_OPERATIONS = 50_000;

let loading: Promise<Sqlite3Static> | undefined;
const files = new Map<string, SlicePages>();
let opened = 0;

async function load(): Promise<Sqlite3Static> {
  const [{ default: init }, { default: dataUrl }] = await Promise.all([
    import('@sqlite.org/sqlite-wasm'),
    import('@sqlite.org/sqlite-wasm/sqlite3.wasm?url&inline'),
  ]);
  const wasmBinary = bytesOfDataUrl(dataUrl);
  const silent = (): void => {};
  // The declaration lacks what every module of this compiler takes.
  const start = init as (options: object) => Promise<Sqlite3Static>;
  const door = globalThis as { sqlite3ApiConfig?: object };
  // What it says of storages it does not find here is no news to anybody.
  door.sqlite3ApiConfig = { log: silent, warn: silent };
  const sqlite = await start({ wasmBinary, print: silent, printErr: silent });
  delete door.sqlite3ApiConfig;
  installVfs(sqlite);
  return sqlite;
}

/** A file system of the files in `files`, which can only be read. */
function installVfs(sqlite: Sqlite3Static): void {
  const { capi, wasm } = sqlite;
  const io = new capi.sqlite3_io_methods();
  const vfs = new capi.sqlite3_vfs();
  const openFiles = new Map<
    number,
    { file: InstanceType<typeof capi.sqlite3_file>; pages: SlicePages }
  >();
  vfs.$iVersion = 1;
  // A pointer to the methods.
  vfs.$szOsFile = 4;
  vfs.$mxPathname = 256;
  const ok = (): number => capi.SQLITE_OK;
  const readOnly = (): number => capi.SQLITE_READONLY;
  sqlite.vfs.installVfs({
    io: {
      struct: io,
      methods: {
        xClose(pointer: number) {
          openFiles.get(pointer)?.file.dispose();
          openFiles.delete(pointer);
          return capi.SQLITE_OK;
        },
        xRead(pointer: number, target: number, size: number, offset: number | bigint) {
          const { pages } = openFiles.get(pointer)!;
          const heap = wasm.heap8u();
          let read: number;
          try {
            read = pages.readInto(Number(offset), heap.subarray(target, target + size));
          } catch (thrown) {
            pages.failure = thrown;
            return capi.SQLITE_IOERR_READ;
          }
          if (read === size) return capi.SQLITE_OK;
          heap.fill(0, target + read, target + size);
          return capi.SQLITE_IOERR_SHORT_READ;
        },
        xFileSize(pointer: number, target: number) {
          wasm.poke64(target, BigInt(openFiles.get(pointer)!.pages.sizeBytes));
          return capi.SQLITE_OK;
        },
        xWrite: readOnly,
        xTruncate: readOnly,
        xSync: ok,
        xLock: ok,
        xUnlock: ok,
        xCheckReservedLock(_: number, target: number) {
          wasm.poke32(target, 0);
          return capi.SQLITE_OK;
        },
        xFileControl: () => capi.SQLITE_NOTFOUND,
        xSectorSize: () => 4096,
        // Nobody changes it: neither locks nor the log of a database in use are looked for.
        xDeviceCharacteristics: () => capi.SQLITE_IOCAP_IMMUTABLE,
      },
    },
    vfs: {
      struct: vfs,
      name: VFS,
      methods: {
        xOpen(_: number, name: number, pointer: number, _flags: number, outFlags: number) {
          const pages = name === 0 ? undefined : files.get(wasm.cstrToJs(name) ?? '');
          if (pages === undefined) return capi.SQLITE_CANTOPEN;
          const file = new capi.sqlite3_file(pointer);
          file.$pMethods = io.pointer;
          openFiles.set(pointer, { file, pages });
          if (outFlags !== 0) wasm.poke32(outFlags, capi.SQLITE_OPEN_READONLY);
          return capi.SQLITE_OK;
        },
        xAccess(_: number, name: number, _flags: number, target: number) {
          wasm.poke32(target, files.has(wasm.cstrToJs(name) ?? '') ? 1 : 0);
          return capi.SQLITE_OK;
        },
        xFullPathname(_: number, name: number, size: number, target: number) {
          return wasm.cstrncpy(target, name, size) < size ? capi.SQLITE_OK : capi.SQLITE_CANTOPEN;
        },
        xDelete: ok,
        xGetLastError: ok,
        xSleep: ok,
        xCurrentTime(_: number, target: number) {
          // A query must give the same rows whenever it is asked.
          wasm.poke(target, 2440587.5, 'double');
          return capi.SQLITE_OK;
        },
        xRandomness(_: number, size: number, target: number) {
          wasm.heap8u().fill(0, target, target + size);
          return size;
        },
      },
    },
  });
}

/**
 * Opens the bytes as a database; throws `read.sqlite.not-a-database` and `read.sqlite.damaged`, and later, through `errorOf`,
 * `read.sqlite.too-slow` for a step that takes longer than limits.timeoutMs, or a minute.
 */
export async function openDatabase(
  slices: ByteSlices,
  name: string,
  { memoryBytes, timeoutMs }: Limits,
): Promise<OpenedDatabase> {
  const pages = openSlicePages(slices);
  const head = new Uint8Array(100);
  if (pages.readInto(0, head) < head.length)
    throw new ExportError('read.sqlite.not-a-database', { name });
  const encoding = new DataView(head.buffer).getUint32(ENCODING_AT);
  if (encoding === 2 || encoding === 3) throw new ExportError('read.sqlite.utf-16', { name });
  const sqlite = await (loading ??= load());
  const file = `/${opened++}`;
  files.set(file, pages);
  try {
    const db = new sqlite.oo1.DB({ filename: file, flags: 'r', vfs: VFS });
    db.exec(
      `PRAGMA hard_heap_limit = ${Math.max(memoryBytes, LEAST_HEAP_BYTES)}; PRAGMA temp_store = memory; PRAGMA trusted_schema = off`,
    );
    const mostMs = timeoutMs > 0 ? timeoutMs : MOST_STEP_MS;
    let sinceMs = performance.now();
    let isNew = false;
    sqlite.capi.sqlite3_progress_handler(
      db,
      WATCH_OPERATIONS,
      () => {
        if (isNew) sinceMs = performance.now();
        isNew = false;
        return performance.now() - sinceMs > mostMs ? 1 : 0;
      },
      0,
    );
    return {
      sqlite,
      db,
      isWal: head[READ_VERSION_AT] === 2,
      begin() {
        isNew = true;
      },
      errorOf: (thrown) => sqliteError(thrown, name, pages, mostMs),
      close() {
        sqlite.capi.sqlite3_progress_handler(db, 0, 0, 0);
        db.close();
        files.delete(file);
      },
    };
  } catch (thrown) {
    files.delete(file);
    throw sqliteError(thrown, name, pages, MOST_STEP_MS);
  }
}

function sqliteError(thrown: unknown, name: string, pages: SlicePages, mostMs: number): unknown {
  if (thrown instanceof ExportError || (thrown as Error).name === 'AbortError') return thrown;
  if (pages.failure !== undefined) return pages.failure;
  const { resultCode, message } = thrown as { resultCode?: number; message: string };
  const detail = message.replace(/^SQLITE_\w+: sqlite3 result code \d+: /, '');
  const INTERRUPTED = 9;
  const NOT_A_DATABASE = 26;
  if (resultCode === INTERRUPTED)
    return new ExportError('read.sqlite.too-slow', { name, time: `${mostMs / 1000} s` });
  const code = resultCode === NOT_A_DATABASE ? 'read.sqlite.not-a-database' : 'read.sqlite.damaged';
  return new ExportError(code, { name, detail }, { cause: thrown });
}
