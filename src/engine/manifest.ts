// The manifest: a JSON file that lists the other files of an export with rows, bytes and hashes.
import type { PartPlace } from './encode-stream.ts';
import type { NameFacts } from './naming.ts';
import type { SplitValue } from './split-values.ts';

/** A file as the manifest lists it. */
export interface ListedFile {
  name: string;
  rows: number;
  sizeBytes: number;
  sha256: string | null;
  place: PartPlace | null;
}

const encoder = new TextEncoder();

/** `values`: of each group, parallel to the columns that part the rows. */
export function manifestBytes(
  files: readonly ListedFile[],
  facts: NameFacts,
  values: readonly (readonly SplitValue[])[],
): Uint8Array {
  const lines = files.map(({ name, rows, sizeBytes, sha256, place }) => {
    const group = place === null || place.group === null ? null : values[place.group]!;
    return JSON.stringify({
      name,
      rows,
      bytes: sizeBytes,
      ...(sha256 !== null && { sha256 }),
      // In pairs: two columns may have one name.
      ...(group && { values: facts.columns.map((column, i) => [column, group[i]!]) }),
    });
  });
  const sum = (of: 'rows' | 'sizeBytes'): number =>
    files.reduce((total, file) => total + file[of], 0);
  const head = {
    manifest: 1,
    export: facts.name,
    source: facts.source,
    jobId: facts.jobId,
    startedAt: new Date(facts.startedAtMs).toISOString(),
    rows: sum('rows'),
    bytes: sum('sizeBytes'),
    fileCount: files.length,
  };
  const text = `${JSON.stringify(head, null, 2).slice(0, -2)},\n  "files": [\n    ${lines.join(',\n    ')}\n  ]\n}\n`;
  return encoder.encode(text);
}
