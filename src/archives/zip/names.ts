// Which names an entry may have: those that unpack everywhere, inside the folder, without covering another.
import { ExportError, shorten } from '../../contract/errors.ts';

/** The length field has 16 bits. */
const LONGEST_BYTES = 65_535;
const UNPRINTABLE = /[\p{Cc}\p{Cs}]/u;

/** Takes the names of one archive in order and gives their UTF-8 bytes; throws `pack.zip.bad-name` and `pack.zip.name-repeated`. */
export class EntryNames {
  readonly #files = new Set<string>();
  readonly #folders = new Set<string>();
  readonly #encoder = new TextEncoder();

  take(name: string): Uint8Array {
    const segments = name.split('/');
    const bytes = this.#encoder.encode(name);
    if (
      bytes.length > LONGEST_BYTES ||
      name.includes('\\') ||
      UNPRINTABLE.test(name) ||
      /^[A-Za-z]:/.test(name) ||
      segments.some((segment) => segment === '' || segment === '.' || segment === '..')
    ) {
      throw new ExportError('pack.zip.bad-name', { name: shorten(name) });
    }
    const folders = segments.slice(0, -1).map((_, k) => segments.slice(0, k + 1).join('/'));
    const covers = folders.some((folder) => this.#files.has(folder));
    if (covers || this.#files.has(name) || this.#folders.has(name)) {
      throw new ExportError('pack.zip.name-repeated', { name: shorten(name) });
    }
    this.#files.add(name);
    for (const folder of folders) this.#folders.add(folder);
    return bytes;
  }
}
