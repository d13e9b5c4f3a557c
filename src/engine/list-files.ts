// The files a source is made of: one, those of a folder, a glob or a picked list, or the entries of a zip.
import type { ByteBinding } from '../contract/bindings.ts';
import type { Limits, SourceConfig } from '../contract/config.ts';
import { ExportError, shorten } from '../contract/errors.ts';
import type { CodecCard } from '../contract/codec-plugin.ts';
import type { Scratch } from '../contract/scratch.ts';
import type { SourceCard } from '../contract/source-plugin.ts';
import { isZip, listZip, readZipMember } from '../contract/zip-reader.ts';
import type { OpenedBytes } from '../sources/bytes/blob.ts';
import { compareNames, isLeftover, namePattern } from '../contract/file-names.ts';
import type { OpenBytes } from './open-source.ts';
import { Peekable } from './peekable.ts';
import { putAside } from './put-aside.ts';
import { unpackedName } from './recognise.ts';
import { FILES_TEXTS } from './texts.ts';

export const ZIP = 'zip';
const MAGIC_BYTES = 4 * 1024;
/** Names that a message lists. */
const LISTED = 10;
/** Names that an error hands over to choose from. */
const MOST_NAMES = 1000;

export interface ListedFile {
  /** As it stands beneath its folder or in its zip. */
  name: string;
  open(): Promise<OpenedBytes>;
}

export interface ListedFiles {
  /** Of the whole: the file's, folder's or zip's. */
  name: string;
  /** Whether they are read as one, even if it is a single one. */
  isMany: boolean;
  files: ListedFile[];
  /** Whether they are entries of a zip. */
  isZip: boolean;
}

export interface ListingContext {
  openBytes: OpenBytes;
  /** Those a file's kind may be of, for its extension. */
  cards: readonly SourceCard[];
  codecs: readonly CodecCard[];
  /** Whether bytes that begin like this are of the wanted kind, not a zip of such. */
  isOwn(head: Uint8Array): boolean;
  limits: Limits;
  scratch: Scratch;
  signal?: AbortSignal | undefined;
}

/** Lists what a binding stands for. Throws `read.files.none` and `read.files.choose`. */
export async function listFiles(
  source: SourceConfig,
  binding: ByteBinding,
  context: ListingContext,
): Promise<ListedFiles> {
  const { openBytes } = context;
  if (!(binding instanceof Blob) && 'files' in binding) {
    const files = binding.files.map(({ name, file }) => listed(name, () => openBytes(file)));
    return {
      name: binding.name,
      isMany: true,
      isZip: false,
      files: choose(source, binding.name, files, context),
    };
  }
  const opened = await openBytes(binding);
  const { name } = opened;
  if (opened.files !== undefined) {
    const files = opened.files.map((file) => listed(file.name, () => openBytes(file.file)));
    const chosen = choose(source, name, files, context, opened.isPattern);
    return { name, isMany: true, isZip: false, files: chosen };
  }
  const isMany = source.files !== undefined;
  const compression = source.compression ?? 'auto';
  if (compression === ZIP || compression === 'auto') {
    const { head, bytes } = await peek(opened);
    const isPacked = compression === ZIP || (isZip(head) && !context.isOwn(head));
    if (isPacked) {
      const files = choose(source, name, await zipFiles(bytes, context), context);
      if (!isMany && files.length > 1)
        throw new ExportError('read.files.choose', {
          name: shorten(name),
          count: files.length,
          known: someNames(files),
          names: JSON.stringify(files.slice(0, MOST_NAMES).map((file) => file.name)),
        });
      return { name, isMany, isZip: true, files };
    }
    return { name, isMany, isZip: false, files: whole(source, bytes, context, isMany) };
  }
  return { name, isMany, isZip: false, files: whole(source, opened, context, isMany) };
}

/** A file that is all there is: it still has to be one of those that are meant. */
function whole(
  source: SourceConfig,
  bytes: OpenedBytes,
  context: ListingContext,
  isMany: boolean,
): ListedFile[] {
  const file = { name: bytes.name, open: async () => bytes };
  return isMany ? choose(source, bytes.name, [file], context) : [file];
}

/** Opens a file anew for each reading, so that nothing of it is held in between; one that has changed is told. */
function listed(name: string, open: () => Promise<OpenedBytes>): ListedFile {
  return {
    name,
    async open() {
      const first = await open();
      if (first.once) return { ...first, name };
      return {
        ...first,
        name,
        async *open() {
          const again = await open();
          if (again.stamp !== first.stamp) throw new ExportError('read.changed', { name });
          yield* again.open();
        },
      };
    },
  };
}

/** The start of some bytes, and the bytes as if nobody had looked. */
async function peek(opened: OpenedBytes): Promise<{ head: Uint8Array; bytes: OpenedBytes }> {
  if (opened.slices) return { head: await opened.slices.read(0, MAGIC_BYTES), bytes: opened };
  const begun = new Peekable(opened.open());
  const head = await begun.peek(MAGIC_BYTES);
  if (!opened.once) {
    await begun.close();
    return { head, bytes: opened };
  }
  let rest: Peekable | null = begun;
  const open = (): AsyncIterable<Uint8Array> => {
    const first = rest;
    rest = null;
    return first ?? opened.open();
  };
  return { head, bytes: { ...opened, open } };
}

async function zipFiles(bytes: OpenedBytes, context: ListingContext): Promise<ListedFile[]> {
  const { scratch, limits, signal } = context;
  const { name, stamp } = bytes;
  const slices = bytes.slices ?? (await putAside(bytes, scratch, limits, signal));
  const members = await listZip(slices, name);
  return members.map((member) => ({
    name: member.name,
    open: async () => ({
      name: member.name,
      sizeBytes: member.sizeBytes,
      once: false,
      ...(stamp !== undefined && { stamp: `${stamp} ${member.offset}` }),
      open: () => readZipMember(slices, member, name, limits),
    }),
  }));
}

/** Those that are meant, in order: what matches; else what has an extension of the kind, data before documents; else all. */
function choose(
  source: SourceConfig,
  name: string,
  files: readonly ListedFile[],
  { cards, codecs }: ListingContext,
  isPattern = false,
): ListedFile[] {
  const match = source.files?.match;
  const all = files.filter((file) => !isLeftover(file.name));
  let chosen: ListedFile[];
  if (match !== undefined) {
    const matches = namePattern(match);
    chosen = all.filter((file) => matches(file.name));
  } else {
    const namedBy = (those: readonly SourceCard[]): ListedFile[] => {
      const extensions = new Set(those.flatMap((card) => card.extensions));
      return all.filter((file) => {
        const extension = /\.([a-z0-9]+)$/.exec(unpackedName(file.name, codecs))?.[1];
        return extension !== undefined && extensions.has(extension);
      });
    };
    chosen = namedBy(cards.filter((card) => card.isDocument !== true));
    if (chosen.length === 0) chosen = namedBy(cards);
    if (chosen.length === 0) chosen = all;
  }
  if (chosen.length === 0)
    throw new ExportError('read.files.none', {
      name: shorten(name),
      ...noneTexts(name, match, files, isPattern),
    });
  return chosen.toSorted((a, b) => compareNames(a.name, b.name));
}

/** Why there is no file, and what to do. */
function noneTexts(
  name: string,
  match: string | undefined,
  files: readonly ListedFile[],
  isPattern: boolean,
): { detail: string; remedy: string } {
  const { none, noneRemedy, noMatch, noMatchRemedy, emptyRemedy } = FILES_TEXTS;
  if (files.length > 0)
    return {
      detail: none(shorten(name), match === undefined ? null : shorten(match)),
      remedy: noneRemedy(someNames(files)),
    };
  return isPattern
    ? { detail: noMatch(shorten(name)), remedy: noMatchRemedy }
    : { detail: none(shorten(name), null), remedy: emptyRemedy };
}

function someNames(files: readonly ListedFile[]): string {
  const names = files.slice(0, LISTED).map((file) => shorten(file.name, 60));
  return names.join(', ') + (files.length > LISTED ? ', …' : '');
}
