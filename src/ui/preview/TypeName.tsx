// A column's type in its hue: integer blue, decimal violet, text green, time amber, boolean magenta, nested olive.
import styles from './preview.module.css';

const HUES: [start: RegExp, hue: string | undefined][] = [
  [/^u?int/, styles.integer],
  [/^(float|decimal)/, styles.decimal],
  [/^(date|time)/, styles.time],
  [/^bool/, styles.boolean],
  [/^(list|struct|map|json)/, styles.nested],
  [/^(utf8|dictionary)/, styles.text],
];

/** The class with the type's colour. */
export function hueOf(type: string): string {
  return HUES.find(([start]) => start.test(type))?.[1] ?? `${styles.binary}`;
}

/** Whether cells of the type are set to the right. */
export function isNumber(type: string): boolean {
  return /^(u?int|float|decimal)/.test(type);
}

/** The type as the field calls it: utf8 is text. */
export function typeWord(type: string): string {
  return type === 'utf8' ? 'text' : type;
}

/** The same in as few letters as a column's head has room for: how finely it counts is told elsewhere. */
export function shortType(type: string): string {
  return typeWord(type)
    .replace(/^(time|timestamp)\((?:s|ms|us|ns)(?:, )?/, '$1, ')
    .replace(/^(time|timestamp), \)$/, '$1')
    .replace(/^(time|timestamp), (.*)\)$/, '$1, $2');
}

export function TypeName({ type, isShort = false }: { type: string; isShort?: boolean }) {
  return <span className={hueOf(type)}>{isShort ? shortType(type) : typeWord(type)}</span>;
}
