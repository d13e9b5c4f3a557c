// Cell formats for dates in columns whose cells in the template have none, as their numbers of days tell nobody anything.
import type { CellKind } from '../cells.ts';
import { attribute, withAttribute } from './part-xml.ts';

/** The built-in formats of dates (§18.8.30), which each country's Excel shows its own way. */
const BUILT_IN: Partial<Record<CellKind, number>> = { date: 14, time: 21, timestamp: 22 };

/** Gives the slots of dates a format of their own where they have the general one; the styles with it, or null. */
export function dateStyles(
  xml: string,
  wanted: readonly { slot: { style: number }; kind: CellKind }[],
): string | null {
  const list = /<cellXfs[^>]*>([\s\S]*?)<\/cellXfs>/.exec(xml);
  if (list === null) return null;
  const formats: string[] = list[1]!.match(/<xf(?:\s[^>]*)?(?:\/>|>[\s\S]*?<\/xf>)/g) ?? [];
  const before = formats.length;
  const made = new Map<string, number>();
  for (const { slot, kind } of wanted) {
    const id = BUILT_IN[kind];
    const own = formats[slot.style];
    if (id === undefined || own === undefined) continue;
    const tag = /^<xf[^>]*>/.exec(own)![0];
    if ((attribute(tag, 'numFmtId') ?? '0') !== '0') continue;
    const key = `${slot.style} ${id}`;
    let style = made.get(key);
    if (style === undefined) {
      const dated = withAttribute(
        withAttribute(tag, 'numFmtId', String(id)),
        'applyNumberFormat',
        '1',
      );
      style = formats.push(dated + own.slice(tag.length)) - 1;
      made.set(key, style);
    }
    slot.style = style;
  }
  if (formats.length === before) return null;
  return (
    xml.slice(0, list.index) +
    `<cellXfs count="${formats.length}">${formats.join('')}</cellXfs>` +
    xml.slice(list.index + list[0].length)
  );
}
