// The verb verify: size and checksum of a finished file, and against a receipt also its values.
import { parseConfig } from '../contract/config.schema.ts';
import { ExportError } from '../contract/errors.ts';
import type { OutputFile, Report } from '../contract/report.ts';
import type { Expected, VerifyResult } from '../contract/verbs.ts';
import { parseTypeName, UTF8, type Schema } from '../table/data-type.ts';
import { readBacksOf } from './check-values.ts';
import { compareValues } from './compare-values.ts';
import { scratchOf, type EngineParts } from './engine-parts.ts';
import { planOutput } from './plan.ts';

/**
 * Reads the file once, and once more for its values where the receipt has some of it alone. Throws `verify.no-receipt`,
 * `verify.not-in-receipt`, `verify.values` and `verify.unreadable`; another checksum is told by `matches`.
 */
export async function verifyFile(
  parts: EngineParts,
  file: Blob | { path: string },
  expected?: Expected,
): Promise<VerifyResult> {
  const bytes = await parts.openBytes(file);
  const hasher = await parts.lanes(bytes.sizeBytes).openHash();
  let sizeBytes = 0;
  let value: string;
  try {
    for await (const piece of bytes.open()) {
      sizeBytes += piece.length;
      await hasher.update(piece);
    }
    value = await hasher.digest();
  } finally {
    hasher.close();
  }
  const result: VerifyResult = {
    name: bytes.name,
    sizeBytes,
    checksum: { algorithm: 'sha256', value },
    matches: null,
  };
  if (expected === undefined) return result;
  if (typeof expected === 'string') return { ...result, matches: expected.toLowerCase() === value };
  const written = fileOf(expected, bytes.name);
  result.matches =
    written.checksum === null ? written.sizeBytes === sizeBytes : written.checksum.value === value;
  const { values } = expected;
  const holdsAll = expected.files.filter((each) => each.isManifest !== true).length === 1;
  if (values?.outcome !== 'same' || !holdsAll) return result;
  const fingerprints = values.tables ?? [{ name: '', fingerprint: values.fingerprint! }];
  const { outputs } = parseConfig(expected.config);
  const output = await planOutput(outputs[0]!, parts.plugins, true);
  const schemaOf = (table: string | undefined): Schema => ({
    fields: expected.columns
      .filter((column) => column.table === table)
      .map(({ name, type }) => ({
        name,
        type: parseTypeName(type) ?? UTF8,
        nullable: true,
        origin: 'declared',
      })),
  });
  const tables = fingerprints.map(({ name }) => ({
    name,
    schema: schemaOf(values.tables === undefined ? undefined : name),
  }));
  const readBacks = readBacksOf(output, tables);
  if ('cannot' in readBacks) return result;
  const scratch = scratchOf(parts, parseConfig(expected.config).limits);
  try {
    const { format, archive, codec, config } = output;
    const written = fingerprints.map(({ name, fingerprint }, place) => ({
      name,
      fingerprint,
      readBack: readBacks[place]!,
    }));
    result.values = await compareValues(written, [bytes], {
      plugins: parts.plugins,
      level: values.level,
      charset: format.isText ? config.charset.id : null,
      packing: archive?.card.id ?? codec?.card.id ?? 'none',
      entriesLike: null,
      scratch,
      signal: new AbortController().signal,
    });
  } finally {
    await scratch.close();
  }
  return result;
}

function fileOf(receipt: Report, name: string): OutputFile {
  if (receipt.version !== 1 || !Array.isArray(receipt.files))
    throw new ExportError('verify.no-receipt', { name: 'What was given' });
  const found = receipt.files.find((file) => file.name === name || file.name.endsWith(`/${name}`));
  if (found === undefined) throw new ExportError('verify.not-in-receipt', { name });
  return found;
}
