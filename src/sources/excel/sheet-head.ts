// What a sheet says before its rows: widths of its columns, what stays in sight, whether lines are drawn.
import type { Limits } from '../../contract/config.ts';
import type { Package } from './package.ts';
import { XmlStream } from './xml-stream.ts';
import { faultError } from './fault.ts';

export interface SheetHead {
  /** In characters, of columns [first, last] from 0 on. */
  widths: { first: number; last: number; width: number }[];
  usualWidth: number | null;
  frozenRows: number;
  frozenColumns: number;
  showsGridLines: boolean;
}

export async function readSheetHead(
  parts: Package,
  part: string,
  { recordBytes }: Limits,
): Promise<SheetHead> {
  const head: SheetHead = {
    widths: [],
    usualWidth: null,
    frozenRows: 0,
    frozenColumns: 0,
    showsGridLines: true,
  };
  const stream = new XmlStream(parts.name, parts.open(part), recordBytes);
  const { scan } = stream;
  const decimal = (name: string): number | null => {
    const value = scan.attribute(name);
    return value !== null && /^\d+(\.\d+)?$/.test(value) ? Number(value) : null;
  };
  try {
    for (;;) {
      const from = scan.at;
      const found = scan.next();
      if (found === 'more') {
        scan.at = from;
        await stream.more();
        continue;
      }
      if (scan.is('sheetData') || (found === 'close' && scan.is('worksheet'))) return head;
      if (found !== 'open') continue;
      if (scan.is('sheetView')) head.showsGridLines = scan.flag('showGridLines', true);
      else if (scan.is('sheetFormatPr')) head.usualWidth = decimal('defaultColWidth');
      else if (scan.is('pane') && scan.attribute('state') === 'frozen') {
        head.frozenRows = decimal('ySplit') ?? 0;
        head.frozenColumns = decimal('xSplit') ?? 0;
      } else if (scan.is('col')) {
        const first = scan.number('min');
        const last = scan.number('max');
        const width = scan.flag('hidden') ? 0 : decimal('width');
        if (first !== null && last !== null && first > 0 && width !== null)
          head.widths.push({ first: first - 1, last: last - 1, width });
      }
    }
  } catch (thrown) {
    throw faultError(thrown, parts.name, part);
  } finally {
    await stream.close();
  }
}
