// Forms of lines that web servers write, and the templates that read them.
import type { TextSourceOptions } from './options.ts';

const COMMON = String.raw`\S+ \S+ [^\[]+ \[\d\d/[A-Z][a-z]{2}/\d{4}:\d\d:\d\d:\d\d [-+]\d{4}\] "(?:[^"\\]|\\.)*" (?:\d{3}|-) (?:\d+|-)`;
const QUOTED = String.raw` "(?:[^"\\]|\\.)*"`;

const COMMON_ROW = '{host} {ident} {user} [{time}] "{request}" {status} {bytes}';
const COMBINED_ROW = `${COMMON_ROW} "{referer}" "{agent}"`;

export interface LogForm {
  title: string;
  row: string;
  pattern: RegExp;
}

/** That of several hosts stands first: the others would take its host for a name. */
export const LOG_FORMS: readonly LogForm[] = [
  {
    title: 'Combined log format of several hosts',
    row: `{vhost} ${COMBINED_ROW}`,
    pattern: new RegExp(String.raw`^\S+:\d+ (?!- )${COMMON}${QUOTED}${QUOTED}$`),
  },
  { title: 'Common log format', row: COMMON_ROW, pattern: new RegExp(`^${COMMON}$`) },
  {
    title: 'Combined log format',
    row: COMBINED_ROW,
    pattern: new RegExp(`^${COMMON}${QUOTED}${QUOTED}$`),
  },
  {
    title: 'Combined log format with the forwarded address',
    row: `${COMBINED_ROW} "{forwarded}"`,
    pattern: new RegExp(`^${COMMON}${QUOTED}${QUOTED}${QUOTED}$`),
  },
];

/** What the templates of logs need beside them. */
export const LOG_OPTIONS = {
  separator: '\n',
  prefix: '',
  suffix: '\n',
  target: 'log',
  nullText: '-',
} as const satisfies Partial<TextSourceOptions>;

/** Longer lines are none of a log. */
const LONGEST_LINE = 32 * 1024;
const MOST_LINES = 1_000;

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** The form that all whole lines of a text's start have, and how many there are; null where they have none, or another. */
export function findLogForm(
  head: Uint8Array,
  isWhole: boolean,
): { form: LogForm; lines: number } | null {
  let form: LogForm | undefined;
  let lines = 0;
  for (let at = 0; at < head.length && lines < MOST_LINES;) {
    const feed = head.indexOf(10, at);
    if (feed < 0 && !isWhole) break;
    let end = feed < 0 ? head.length : feed;
    const next = end + 1;
    if (end > at && head[end - 1] === 13) end--;
    if (end - at > LONGEST_LINE) return null;
    const line = decoder.decode(head.subarray(at, end));
    at = next;
    if (line === '') continue;
    form ??= LOG_FORMS.find(({ pattern }) => pattern.test(line));
    if (form === undefined || !form.pattern.test(line)) return null;
    lines++;
  }
  return form === undefined ? null : { form, lines };
}
