// Texts that go with finished files, a mail's subject for one: patterns as names have them, with {files} besides.
import type { DeliveredFile } from '../contract/delivery-plugin.ts';
import { fillPattern, variableProblems } from './name-pattern.ts';
import type { NameFacts } from './naming.ts';
import type { PlannedOutput } from './plan.ts';
import { MESSAGE_TEXTS } from './texts.ts';

/** Of more files the list only says how many. */
const LISTED_FILES = 20;

/** The variables that such a text may hold beside those of names. */
const MORE = ['files'];

export const messageProblems = (pattern: string): ReturnType<typeof variableProblems> =>
  variableProblems(pattern, MORE);

function fileList(files: readonly DeliveredFile[]): string {
  const shown = files
    .slice(0, LISTED_FILES)
    .map(({ name, rows, sizeBytes }) =>
      MESSAGE_TEXTS.file(name, grouped(rows), grouped(sizeBytes)),
    );
  const more = files.length - shown.length;
  return [...shown, ...(more > 0 ? [MESSAGE_TEXTS.moreFiles(more)] : [])].join('\n');
}

/** 1234567 → 1,234,567. */
function grouped(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ',');
}

/** The pattern filled in with what is known of the finished export; values are taken as they are. */
export function messageText(
  pattern: string,
  output: PlannedOutput,
  facts: NameFacts,
  files: readonly DeliveredFile[],
): string {
  const values = new Map([
    ['name', facts.name],
    ['source', facts.source],
    ['template', facts.name],
    ['format', output.format.id],
    ['jobId', facts.jobId],
    ['column', facts.columns.join('-')],
    ['parts', String(files.length)],
    ['rows', String(files.reduce((sum, file) => sum + file.rows, 0))],
    ['hash8', files.length === 1 ? (files[0]!.sha256?.slice(0, 8) ?? '') : ''],
    ['files', fileList(files)],
  ]);
  return fillPattern(pattern, values, { startedAtMs: facts.startedAtMs, part: null });
}
