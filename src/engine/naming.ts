// File names: the pattern's variables filled in, unsafe characters replaced, parts numbered.
import { codecs } from '../codecs/registry.ts';
import { sources } from '../sources/registry.ts';
import type { ExportConfig, OutputConfig } from '../contract/config.ts';

export interface NameFacts {
  name: string;
  jobId: string;
  startedAtMs: number;
  /** 0-based part and whether the output is split at all. */
  part: number;
  isSplit: boolean;
}

/** Names that Windows keeps for devices; a file may not be called so with any extension. */
const RESERVED = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)/i;
const LONGEST_BYTES = 200;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** The longest start of the text that is whole characters and at most so many bytes of UTF-8. */
function shortened(text: string, most: number): string {
  const bytes = encoder.encode(text);
  if (bytes.length <= most) return text;
  let end = most;
  while (end > 0 && (bytes[end]! & 0xc0) === 0x80) end--;
  return decoder.decode(bytes.subarray(0, end));
}

/**
 * A name that every file system takes as one plain file: no separators, control characters or `<>:"|?*`, no leading dots,
 * no trailing dots or spaces, no device names, at most 200 bytes of UTF-8. Never empty.
 */
export function safeName(name: string): string {
  let safe = name
    // Longer than any name in the end, short enough that nothing below takes long.
    .slice(0, LONGEST_BYTES * 4)
    .replace(/\p{Cs}/gu, '_')
    .normalize('NFC')
    // oxlint-disable-next-line no-control-regex -- control characters are what must go
    .replace(/[\u0000-\u001f\u007f-\u009f<>:"/\\|?*\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '_')
    .replace(/^\.+/, '_')
    .replace(/[. ]+$/, '');
  safe = shortened(safe, LONGEST_BYTES).replace(/[. ]+$/, '');
  if (safe === '') safe = 'export';
  return RESERVED.test(safe) ? `_${safe}` : safe;
}

/** `{name} {part} {format} {date} {time} {jobId}` filled in (UTC clock of the run); no extension yet. */
export function baseName(output: OutputConfig, facts: NameFacts): string {
  const iso = new Date(facts.startedAtMs).toISOString();
  const partText = facts.isSplit ? `-${String(facts.part + 1).padStart(3, '0')}` : '';
  let { pattern } = output.naming;
  if (facts.isSplit && !pattern.includes('{part}')) pattern += '{part}';
  const values = new Map([
    ['part', partText],
    ['format', output.format.id],
    ['date', iso.slice(0, 10)],
    ['time', iso.slice(11, 19).replaceAll(':', '')],
    ['jobId', facts.jobId],
  ]);
  const fill = (name: string): string =>
    pattern.replace(/\{(\w+)\}/g, (whole, key: string) =>
      key === 'name' ? name : (values.get(key) ?? whole),
    );
  const name = facts.name.slice(0, LONGEST_BYTES * 4).normalize('NFC');
  const size = encoder.encode(name).length;
  const tooMany = encoder.encode(fill(name)).length - LONGEST_BYTES;
  // What tells parts apart often stands behind the name: a long name gives way, not they.
  const times = Math.max(1, pattern.split('{name}').length - 1);
  return safeName(
    fill(tooMany > 0 ? shortened(name, Math.max(0, size - Math.ceil(tooMany / times))) : name),
  );
}

/** Endings that say how a file is read or packed. */
const ENDINGS = new Set([
  'zip',
  ...codecs.map((card) => card.extension.slice(1)),
  ...sources.flatMap((card) => card.extensions),
]);

/** What `{name}` stands for: the config's own name, else the source's without its extensions. */
export function outputName(config: ExportConfig, sourceName: string): string {
  if (config.name !== '' && config.name !== 'export') return config.name;
  const parts = sourceName.split('.');
  while (parts.length > 1 && ENDINGS.has(parts.at(-1)!.toLowerCase())) parts.pop();
  return parts.join('.') || 'export';
}
