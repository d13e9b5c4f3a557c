// What the files of an output are called, before they are written or, where that hangs on what is in them, behind that.
import type { DeliveredFile } from '../contract/delivery-plugin.ts';
import type { Scratch } from '../contract/scratch.ts';
import type { EncodedEntry, PartPlace } from './encode-stream.ts';
import type { LanePool } from './lanes.ts';
import { fileKind } from './file-kind.ts';
import { messageText } from './message-text.ts';
import { manifestBytes, type ListedFile } from './manifest.ts';
import {
  FileNames,
  isNumbered,
  lateVariables,
  partName,
  safeName,
  wholeName,
  type NameFacts,
  type PartFacts,
} from './naming.ts';
import type { PlannedOutput } from './plan.ts';
import type { SplitValue } from './split-values.ts';

/** A file on its way to the delivery. */
export interface OutgoingFile {
  /** Null where it is of all parts: an archive, a manifest. */
  place: PartPlace | null;
  suffix: string;
  bytes: AsyncIterable<Uint8Array>;
  /** Final once `bytes` has ended, like the others. */
  rows(): number;
  entries?(): { name: string; rows: number; sizeBytes: number }[];
  /** Of an archive of all parts. */
  parts?(): number;
  /** Of a manifest. */
  fixedName?: string;
}

/** What is known of a file behind its writing. */
export interface LateFacts {
  rows: number;
  hash8: string;
  parts: number;
}

/** The groups that part the rows; filled in before the first file is named. */
export interface NamedGroups {
  values: readonly (readonly SplitValue[])[];
  /** See `partitionNames`. */
  names: readonly string[];
}

export interface OutputNames {
  /** Whether names are known behind the writing only. */
  isLate: boolean;
  /** The name of a file of the delivery; where names are late one that stands for it. */
  early(file: OutgoingFile): string;
  late(file: OutgoingFile, known: LateFacts): string;
  /** Throws `encode.name-repeated` where two groups would be called the same. */
  proveGroups(): void;
  /** The name of an entry of the archive. */
  entry(place: PartPlace, suffix: string, known?: LateFacts): string;
  /** The name of an entry of a part's own archive. */
  inside(place: PartPlace, suffix: string): string;
  manifestName(files: readonly ListedFile[]): string;
  manifest(files: readonly ListedFile[]): Uint8Array;
  /** A text that goes with the finished files. */
  message(pattern: string, files: readonly DeliveredFile[]): string;
}

export function createOutputNames(
  output: PlannedOutput,
  facts: NameFacts,
  groups: NamedGroups,
): OutputNames {
  const { config, codec, archive } = output;
  const sealedBy = output.encryption?.card.extension ?? '';
  const isCapped = config.split?.bytes !== undefined;
  const taken = new FileNames();
  const takenInside = new FileNames();
  const factsOf = (place: PartPlace): PartFacts => ({
    part: isNumbered(config) ? place.part : null,
    partition: place.group === null ? null : groups.names[place.group]!,
    parts: 1,
  });
  const fileName = (
    { place, suffix }: Pick<OutgoingFile, 'place' | 'suffix'>,
    known?: LateFacts,
  ): string => {
    if (place === null)
      return wholeName(config, facts, known) + (archive?.card.extension ?? '') + sealedBy;
    const ending =
      archive !== null && isCapped
        ? archive.card.extension
        : (suffix || fileKind(output).extension) + (codec?.card.extension ?? '');
    return partName(config, facts, { ...factsOf(place), ...known }) + ending + sealedBy;
  };
  const isLate = lateVariables(config).length > 0;
  let nameless = 0;
  return {
    isLate,
    early(file) {
      if (file.fixedName !== undefined) return taken.take(file.fixedName);
      return isLate ? `${++nameless}` : taken.take(fileName(file));
    },
    late: (file, known) => taken.take(fileName(file, known)),
    entry(place, suffix, known) {
      const name = partName(config, facts, { ...factsOf(place), ...known });
      return takenInside.take(name + (suffix || fileKind(output).extension));
    },
    inside(place, suffix) {
      const name = isLate
        ? safeName(`${facts.name}-${place.index + 1}`)
        : partName(config, facts, factsOf(place)).split('/').at(-1)!;
      return name + (suffix || fileKind(output).extension);
    },
    proveGroups() {
      if (isLate) return;
      const seen = new FileNames();
      for (const group of groups.names.keys())
        seen.take(partName(config, facts, factsOf({ group, part: 0, index: group })));
    },
    manifestName(files) {
      const rows = files.reduce((sum, file) => sum + file.rows, 0);
      const parts = new Set(files.map(({ place }) => place?.index)).size;
      const name = wholeName(config, facts, { rows, parts, hash8: '' });
      return `${name}.manifest.json`;
    },
    manifest: (files) => manifestBytes(files, facts, groups.values),
    message: (pattern, files) => messageText(pattern, output, facts, files),
  };
}

/** Entries of an archive with their names. */
interface NamedEntry extends EncodedEntry {
  name: string;
  /** Their SHA-256, where it is known already. */
  known?: string;
}

export async function* earlyNamed(
  entries: AsyncIterable<EncodedEntry>,
  names: OutputNames,
): AsyncGenerator<NamedEntry> {
  for await (const entry of entries)
    yield { ...entry, name: names.entry(entry.place, entry.suffix) };
}

const READ_BYTES = 1024 * 1024;

/** All entries are written to scratch files before the first is named. */
export async function* lateNamed(
  entries: AsyncIterable<EncodedEntry>,
  names: OutputNames,
  scratch: Scratch,
  lanes: LanePool,
): AsyncGenerator<NamedEntry> {
  const file = await scratch.create();
  const waiting: { entry: EncodedEntry; from: number; to: number; sha256: string }[] = [];
  const parts = new Map<number | null, number>();
  try {
    for await (const entry of entries) {
      const from = file.sizeBytes;
      const hasher = await lanes.openHash();
      try {
        for await (const piece of entry.bytes) {
          await hasher.update(piece);
          await file.write(piece);
        }
        waiting.push({ entry, from, to: file.sizeBytes, sha256: await hasher.digest() });
      } finally {
        hasher.close();
      }
      const { group, part } = entry.place;
      parts.set(group, Math.max(parts.get(group) ?? 0, part + 1));
    }
    for (const { entry, from, to, sha256 } of waiting) {
      const name = names.entry(entry.place, entry.suffix, {
        rows: entry.rows(),
        hash8: sha256.slice(0, 8),
        parts: parts.get(entry.place.group)!,
      });
      const bytes = async function* (): AsyncGenerator<Uint8Array> {
        for (let at = from; at < to; at += READ_BYTES)
          yield await file.read(at, Math.min(to, at + READ_BYTES));
      };
      yield { ...entry, name, bytes: bytes(), known: sha256 };
    }
  } finally {
    await file.close();
  }
}
