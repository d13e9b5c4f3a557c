// The words of reading zip files: what is wrong with one.

const METHODS = new Map([
  [1, 'Shrink'],
  [6, 'Implode'],
  [9, 'Deflate64'],
  [12, 'bzip2'],
  [14, 'LZMA'],
  [93, 'Zstandard'],
  [95, 'xz'],
  [98, 'PPMd'],
  [99, 'AES'],
]);

export const ZIP_READ_TEXTS = {
  noEnd: (size: number): string =>
    `its directory is missing: it ends too early, after ${size} bytes.`,
  parts: 'it is one of several parts.',
  directoryOutside: 'its directory is not where it says.',
  noEntry: (offset: number): string => `its directory makes no sense at byte ${offset}.`,
  entryOutside: (entry: string): string => `“${entry}” is not where the directory says.`,
  twice: (entry: string): string => `it holds “${entry}” twice.`,
  overlap: 'its entries lie over each other.',
  noLocal: (entry: string, offset: number): string => `there is no “${entry}” at byte ${offset}.`,
  differs: (entry: string): string => `“${entry}” is packed otherwise than the directory says.`,
  inEntry: (entry: string, detail: string): string => `“${entry}”: ${detail}`,
  wrongSize: 'its size is not what the directory says.',
  wrongSum: 'its checksum does not match.',
  method: (method: number): string => METHODS.get(method) ?? `method ${method}`,
} as const;
