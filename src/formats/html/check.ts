// What can be said about html options and columns before the run.
import type { FormatFinding } from '../../contract/format-finding.ts';
import type { Schema } from '../../table/data-type.ts';
import type { HtmlOptions } from './options.ts';
import { CHECK_TEXTS } from './texts.ts';

export function optionErrors(options: HtmlOptions): FormatFinding[] {
  const findings: FormatFinding[] = [];
  const error = (
    option: keyof HtmlOptions,
    code: string,
    sentence: string,
    title: string,
    value: string,
  ): void => {
    const remedy = { title, options: { [option]: value } };
    findings.push({ severity: 'error', option, code, sentence, remedy });
  };
  const classes = options.tableClass.split(/\s+/).filter((name) => name !== '');
  if (!classes.every((name) => /^[A-Za-z][-\w]*$/.test(name)))
    error('tableClass', 'html.bad-class', CHECK_TEXTS.badClass, CHECK_TEXTS.useData, 'data');
  if (/[\s\0]/.test(options.tableId))
    error('tableId', 'html.bad-id', CHECK_TEXTS.badId, CHECK_TEXTS.noId, '');
  if (!/^$|^[A-Za-z]{2,8}(-[A-Za-z\d]{1,8})*$/.test(options.lang))
    error('lang', 'html.bad-language', CHECK_TEXTS.badLang, CHECK_TEXTS.noLang, '');
  return findings;
}

/** Conflicts and losses of these options for these columns. */
export function checkHtml(options: HtmlOptions, schema: Schema): FormatFinding[] {
  const findings = optionErrors(options);
  for (const { name, type } of schema.fields) {
    if (['json', 'list', 'struct', 'map'].includes(type.kind))
      findings.push({
        severity: 'loss',
        column: name,
        code: 'html.nested-as-text',
        sentence: CHECK_TEXTS.nested,
      });
    if (type.kind === 'binary')
      findings.push({
        severity: 'loss',
        column: name,
        code: 'html.binary-as-base64',
        sentence: CHECK_TEXTS.binary,
      });
  }
  return findings;
}
