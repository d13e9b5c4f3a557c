// What an output's own settings contradict: parts, names, old files and the manifest against what its delivery and format can.
import type { FormatFinding } from '../contract/format-finding.ts';
import { whyNoAppend } from './existing.ts';
import { fileKind } from './file-kind.ts';
import type { Plan } from './graph.ts';
import { messageProblems } from './message-text.ts';
import { patternProblems } from './name-pattern.ts';
import { isNumbered, lateVariables, partName, wholeName, type NameFacts } from './naming.ts';
import { partitionNames } from './partition-names.ts';
import type { PlannedOutput } from './plan.ts';
import { planSplit, type PlannedSplit } from './row-groups.ts';
import { CHECK_TEXTS, EXISTING_TEXTS } from './texts.ts';

type Finding = Omit<FormatFinding, 'remedy'> & { remedy?: string };

const error = (code: string, sentence: string, remedy?: string): Finding => ({
  severity: 'error',
  code: `output.${code}`,
  sentence,
  ...(remedy !== undefined && { remedy }),
});

/** Throws what `planSplit` throws. */
export function outputFindings(plan: Pick<Plan, 'config' | 'output' | 'tables'>): FormatFinding[] {
  const { output, tables } = plan;
  const found = [
    ...splitFindings(output, tables.length),
    ...folderFindings(output, tables.length > 1 ? null : splitOf(plan)),
    ...nameFindings(output),
    ...existingFindings(output),
    ...messageFindings(output),
  ];
  return found.map(({ remedy, ...finding }) =>
    remedy === undefined ? finding : { ...finding, remedy: { title: remedy, options: {} } },
  );
}

function splitOf({
  config,
  output,
  tables,
}: Pick<Plan, 'config' | 'output' | 'tables'>): PlannedSplit | null {
  return planSplit(config, output, tables[0]!.schema);
}

/** Whether several files reach the delivery as files of their own. */
function isSeveral({ config, archive }: PlannedOutput): boolean {
  if (config.split === null) return false;
  return archive === null || config.split.bytes !== undefined;
}

function splitFindings(output: PlannedOutput, tableCount: number): Finding[] {
  const { config, delivery, archive, format } = output;
  const { title, takesMany } = delivery.card;
  const found: Finding[] = [];
  if (isSeveral(output) && !takesMany)
    found.push(
      error(
        'split-needs-many',
        CHECK_TEXTS.splitNeedsMany(title),
        archive === null ? CHECK_TEXTS.splitRemedy : CHECK_TEXTS.splitFolderRemedy,
      ),
    );
  if (archive === null && !takesMany) {
    if (format.writesBeside?.(output.formatOptions))
      found.push(
        error('beside-needs-many', CHECK_TEXTS.besideNeedsMany(title), CHECK_TEXTS.splitRemedy),
      );
    if (config.manifest === true)
      found.push(
        error('manifest-needs-many', CHECK_TEXTS.manifestNeedsMany(title), CHECK_TEXTS.splitRemedy),
      );
  }
  if (config.split !== null && tableCount > 1)
    found.push(
      error(
        'split-one-table',
        CHECK_TEXTS.splitOneTable(tableCount),
        CHECK_TEXTS.splitOneTableRemedy,
      ),
    );
  return found;
}

function folderFindings(output: PlannedOutput, split: PlannedSplit | null): Finding[] {
  const { config, delivery, archive } = output;
  const found: Finding[] = [];
  if (split !== null && split.kept.schema.fields.length === 0)
    found.push(
      error('no-columns-left', CHECK_TEXTS.noColumnsLeft, CHECK_TEXTS.noColumnsLeftRemedy),
    );
  const reach = archive === null || config.split?.bytes !== undefined;
  const leads =
    config.naming.pattern.includes('/') ||
    (reach && split !== null && config.split!.layout !== 'names');
  if (
    leads &&
    delivery.card.takesFolders !== true &&
    (reach || config.naming.pattern.includes('/'))
  )
    found.push(
      error(
        'needs-folders',
        CHECK_TEXTS.needsFolders(delivery.card.title),
        CHECK_TEXTS.needsFoldersRemedy,
      ),
    );
  return found;
}

function nameFindings({ config, delivery }: PlannedOutput): Finding[] {
  const found = patternProblems(config.naming.pattern).map(({ isError, sentence }): Finding => ({
    severity: isError ? 'error' : 'warning',
    code: isError ? 'output.name-pattern' : 'output.name-variable',
    sentence,
    ...(isError && { remedy: CHECK_TEXTS.namePatternRemedy }),
  }));
  const late = lateVariables(config);
  if (late.length > 0 && delivery.card.namesLate !== true)
    found.push(
      error(
        'name-too-late',
        CHECK_TEXTS.nameTooLate(late.map((name) => `{${name}}`).join(', '), delivery.card.title),
        CHECK_TEXTS.nameTooLateRemedy,
      ),
    );
  return found;
}

function existingFindings(output: PlannedOutput): Finding[] {
  const { config, delivery } = output;
  const { ifExists } = config;
  const own = delivery.card.existing;
  if (own !== undefined) {
    const finding = own(ifExists, delivery.options);
    if (finding === null) return [];
    const { remedy, ...said } = finding;
    return [{ ...said, code: 'output.existing', ...(remedy && { remedy: remedy.title }) }];
  }
  if (ifExists !== 'append' && ifExists !== 'skip' && ifExists !== 'ask') return [];
  const { seesOld, title } = delivery.card;
  if (seesOld !== true)
    return ifExists === 'append'
      ? [error('no-append', EXISTING_TEXTS.noOldFiles(title), EXISTING_TEXTS.appendRemedy)]
      : [
          {
            severity: 'warning',
            code: 'output.exists-ignored',
            sentence: EXISTING_TEXTS.ignored(title),
          },
        ];
  if (ifExists === 'skip') return neverSame(output);
  const reason = ifExists === 'append' ? whyNoAppend(output) : null;
  return reason === null ? [] : [error('no-append', reason, EXISTING_TEXTS.appendRemedy)];
}

/** Why no old file is ever the same as a new one. */
function neverSame({ config, format, formatOptions, archive }: PlannedOutput): Finding[] {
  const option = format.timeOption?.(formatOptions) ?? null;
  const { password = null } = (archive?.options ?? {}) as { password?: unknown };
  const sentence =
    config.encryption !== null || password !== null
      ? EXISTING_TEXTS.encryptedAnew
      : option === null
        ? null
        : EXISTING_TEXTS.timeInFile(format.options.fields.find(({ id }) => id === option)!.title);
  return sentence === null ? [] : [{ severity: 'warning', code: 'output.never-same', sentence }];
}

/** Variables of the texts that go with the files. */
function messageFindings({ delivery }: PlannedOutput): Finding[] {
  const options = delivery.options as Readonly<Record<string, unknown>>;
  return (delivery.card.patterns ?? []).flatMap((option) =>
    messageProblems(String(options[option])).map(({ isError, sentence }): Finding => ({
      severity: isError ? 'error' : 'warning',
      code: 'delivery.message',
      option,
      sentence,
      ...(isError && { remedy: CHECK_TEXTS.namePatternRemedy }),
    })),
  );
}

/** Names as the files of an export with so many parts would have them; what is known at the end stands as ‹rows›. */
export function exampleNames(output: PlannedOutput, facts: NameFacts, parts: number): string[] {
  const { config, archive, codec } = output;
  const sealedBy = output.encryption?.card.extension ?? '';
  const isCapped = config.split?.bytes !== undefined;
  const late = { rows: '‹rows›', hash8: '‹hash8›', parts };
  if (archive !== null && !isCapped)
    return [wholeName(config, facts, late) + archive.card.extension + sealedBy];
  const split = config.split;
  const example = split?.columns
    ? partitionNames([facts.columns.map(() => '…')], facts.columns, split.layout ?? 'hive')[0]!
    : null;
  const numbers = isNumbered(config)
    ? [...new Set([0, 1, parts - 1])].filter((part) => part < parts)
    : [null];
  const ending =
    archive !== null
      ? archive.card.extension
      : fileKind(output).extension + (codec?.card.extension ?? '');
  return numbers.map(
    (part) => partName(config, facts, { part, partition: example, ...late }) + ending + sealedBy,
  );
}
