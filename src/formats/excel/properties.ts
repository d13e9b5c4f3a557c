// What a workbook says of itself: title, author, when it was made, and properties of the user's own.
import type { EncoderContext } from '../../contract/encoder.ts';
import type { ExcelOptions } from './options.ts';
import { cachedText, drawnText, XML_HEAD } from './part-text.ts';

const PACKAGE = 'http://schemas.openxmlformats.org/package/2006/';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/';
/** The set of properties that users name themselves (ECMA-376 part 1 §22.3). */
const OWN_SET = '{D5CDD505-2E9C-101B-9397-08002B2CF9AE}';

/** Date, or date and time with its zone. */
const CREATED = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:\d{2}))?$/;

/** Milliseconds since 1970; undefined where nothing is said, null where it is no time. */
export function createdAt(text: string): number | undefined | null {
  if (text === '') return undefined;
  const time = CREATED.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(time) ? null : time;
}

const timeText = (ms: number): string => new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');

/** Title, author and the like (ECMA-376 part 2 §11). */
export function coreXml({ options, startedAtMs }: EncoderContext<ExcelOptions>): string {
  const { title, subject, author, keywords, comments, created } = options;
  // Written at once: it is as old as its last change, and a date that is set makes the bytes depend on no clock.
  const time = timeText(createdAt(created) ?? startedAtMs);
  const element = (name: string, text: string): string =>
    text === '' ? '' : `<${name}>${drawnText(text)}</${name}>`;
  return (
    `${XML_HEAD}<cp:coreProperties xmlns:cp="${PACKAGE}metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">` +
    element('dc:title', title) +
    element('dc:subject', subject) +
    element('dc:creator', author) +
    element('cp:keywords', keywords) +
    element('dc:description', comments) +
    `<dcterms:created xsi:type="dcterms:W3CDTF">${time}</dcterms:created>` +
    `<dcterms:modified xsi:type="dcterms:W3CDTF">${time}</dcterms:modified></cp:coreProperties>`
  );
}

/** Which program wrote it, and for which company. */
export function appXml({ company }: ExcelOptions): string {
  return (
    `${XML_HEAD}<Properties xmlns="${OFFICE}extended-properties">` +
    `<Application>Export Studio</Application>${company === '' ? '' : `<Company>${drawnText(company)}</Company>`}</Properties>`
  );
}

/** The properties that users name themselves, by name; null where there are none. */
export function customXml({ properties }: ExcelOptions): string | null {
  const names = Object.keys(properties).sort();
  if (names.length === 0) return null;
  const list = names.map(
    (name, i) =>
      // Numbers below 2 are the set's own.
      `<property fmtid="${OWN_SET}" pid="${i + 2}" name="${cachedText(name)}"><vt:lpwstr>${drawnText(properties[name]!)}</vt:lpwstr></property>`,
  );
  return `${XML_HEAD}<Properties xmlns="${OFFICE}custom-properties" xmlns:vt="${OFFICE}docPropsVTypes">${list.join('')}</Properties>`;
}
