// Options that mean nothing where a template says how the workbook looks.
import type { EncodedTable } from '../../../contract/encoder.ts';
import type { FormatFinding } from '../../../contract/format-finding.ts';
import type { ExcelOptions } from '../options.ts';
import { OPTION_TEXTS } from '../texts.ts';
import { TEMPLATE_TEXTS } from './texts.ts';

/** What is about values, and the template itself. */
const KEPT: ReadonlySet<keyof ExcelOptions> = new Set([
  'template',
  'templateTarget',
  'dates',
  'zones',
  'longNumbers',
  'longText',
  'notFinite',
  'nullText',
  'level',
]);

/** Errors for options that were changed and would have no effect; `defaults` are those of the format. */
export function checkTemplate(
  options: ExcelOptions,
  defaults: ExcelOptions,
  tables: readonly EncodedTable[],
): FormatFinding[] {
  const finding = (
    option: keyof ExcelOptions,
    sentence: string,
    remedy?: FormatFinding['remedy'],
  ): FormatFinding => ({
    severity: 'error',
    code: 'excel.template',
    option,
    sentence,
    ...(remedy && { remedy }),
  });
  if (options.template === null)
    return options.templateTarget === ''
      ? []
      : [
          finding('templateTarget', TEMPLATE_TEXTS.noTemplate, {
            title: TEMPLATE_TEXTS.useDefault,
            options: { templateTarget: '' },
          }),
        ];
  const ids = Object.keys(defaults) as (keyof ExcelOptions)[];
  const changed = ids.filter(
    (id) => !KEPT.has(id) && JSON.stringify(options[id]) !== JSON.stringify(defaults[id]),
  );
  return [
    ...(tables.length > 1 ? [finding('template', TEMPLATE_TEXTS.oneTable)] : []),
    ...changed.map((id) =>
      finding(id, TEMPLATE_TEXTS.lookOf(OPTION_TEXTS[`${id}.title`]), {
        title: TEMPLATE_TEXTS.useDefault,
        options: { [id]: defaults[id] },
      }),
    ),
  ];
}
