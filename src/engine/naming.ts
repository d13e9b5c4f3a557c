// File names: the pattern's variables filled in, unsafe characters replaced, parts numbered.
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

/**
 * A name that every file system takes as one plain file: no separators, control characters or `<>:"|?*`, no leading dots,
 * no trailing dots or spaces, no device names, at most 200 bytes of UTF-8. Never empty.
 */
export function safeName(name: string): string {
  let safe = name
    .normalize('NFC')
    // oxlint-disable-next-line no-control-regex -- control characters are what must go
    .replace(/[\u0000-\u001f\u007f-\u009f<>:"/\\|?*\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '_')
    .replace(/^\.+/, '_')
    .replace(/[. ]+$/, '');
  const encoder = new TextEncoder();
  while (encoder.encode(safe).length > LONGEST_BYTES) safe = [...safe].slice(0, -1).join('');
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
    ['name', facts.name],
    ['part', partText],
    ['format', output.format.id],
    ['date', iso.slice(0, 10)],
    ['time', iso.slice(11, 19).replaceAll(':', '')],
    ['jobId', facts.jobId],
  ]);
  return safeName(pattern.replace(/\{(\w+)\}/g, (whole, key: string) => values.get(key) ?? whole));
}

/** What `{name}` stands for: the config's own name, else the source's without its extensions. */
export function outputName(config: ExportConfig, sourceName: string): string {
  if (config.name !== '' && config.name !== 'export') return config.name;
  return sourceName.replace(/(\.(csv|tsv|txt|json|ndjson|jsonl|gz))+$/i, '') || 'export';
}
