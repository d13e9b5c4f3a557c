// What the options of the html format do, shown on the sample table.
import type { OptionExamples } from '../../contract/options.schema.ts';

const BARE = { content: 'fragment', styling: 'none' };

export const HTML_EXAMPLES: OptionExamples = {
  content: [
    { options: { content: 'fragment', styling: 'none' }, columns: ['order'], begins: '<table>\n' },
  ],
  styling: [
    {
      options: { styling: 'inline' },
      columns: ['order', 'city'],
      shows: '<td style="border:1px solid #999;padding:4px 8px;text-align:right;',
      finds: { cells: [{ row: 2, column: 1, value: '' }] },
    },
    {
      options: { styling: 'classes', content: 'fragment' },
      columns: ['order', 'city'],
      begins: '<table class="data">\n<colgroup><col class="number"><col class="text"></colgroup>',
    },
    {
      options: { styling: 'none', content: 'fragment' },
      columns: ['order', 'city'],
      shows: '<tr><td>1001</td><td>Lima</td></tr>',
      finds: { cells: [{ row: 2, column: 1, value: '' }] },
    },
  ],
  caption: [
    {
      options: { caption: 'Orders & more' },
      columns: ['order'],
      shows: '<caption>Orders &amp; more</caption>',
    },
  ],
  headers: [
    {
      options: { headers: false, content: 'fragment', styling: 'none' },
      columns: ['order'],
      begins: '<table>\n<tbody>\n',
      finds: { names: [] },
    },
  ],
  footer: [
    {
      options: { footer: 'count', ...BARE },
      columns: ['order', 'city'],
      shows: '<tfoot>\n<tr><td colspan="2">Rows: 3</td></tr>\n</tfoot>',
    },
    {
      options: { footer: 'headers', ...BARE },
      columns: ['order', 'city'],
      shows: '<tfoot>\n<tr><th scope="col">order</th><th scope="col">city</th></tr>\n</tfoot>',
    },
  ],
  rowNumbers: [
    {
      options: { rowNumbers: true, ...BARE },
      columns: ['order'],
      shows: '<tr><th scope="row">2</th><td>1002</td></tr>',
    },
  ],
  nullText: [
    {
      options: { nullText: '–' },
      columns: ['order', 'city'],
      shows: '<td class="null">–</td>',
    },
  ],
  lineBreaks: [{ options: { lineBreaks: 'br' }, columns: ['lines'], shows: 'one<br>two' }],
  links: [
    {
      options: { links: true },
      columns: ['address'],
      shows:
        '<a href="https://example.com/?a=1&amp;b=2" rel="noopener noreferrer">https://example.com/?a=1&amp;b=2</a>',
    },
  ],
  title: [{ options: { title: 'Orders' }, columns: ['order'], shows: '<title>Orders</title>' }],
  align: [{ options: { align: false }, columns: ['order'], shows: '<tr><td>1001</td></tr>' }],
  stripes: [
    { options: { stripes: true }, columns: ['order'], shows: 'tbody tr:nth-child(even)' },
    {
      options: { stripes: true, styling: 'inline' },
      columns: ['order'],
      shows: '<tr style="background:#f4f4f4"><td',
    },
  ],
  prettyPrint: [
    {
      options: { prettyPrint: true, ...BARE },
      columns: ['order', 'city'],
      shows: '    <tr>\n      <td>1001</td>\n      <td>Lima</td>\n    </tr>\n',
    },
  ],
  tableClass: [
    {
      options: { tableClass: 'orders wide' },
      columns: ['order'],
      shows: '<table class="orders wide">',
    },
  ],
  tableId: [{ options: { tableId: 'orders' }, columns: ['order'], shows: '<table id="orders"' }],
  lang: [{ options: { lang: 'pt-BR' }, columns: ['order'], shows: '<html lang="pt-BR">' }],
  dir: [
    { options: { dir: 'ltr' }, columns: ['order'], shows: '<html dir="ltr">' },
    { options: { dir: 'rtl' }, columns: ['order'], shows: '<html dir="rtl">' },
    {
      options: { dir: 'auto', styling: 'none', content: 'fragment' },
      columns: ['city'],
      shows: '<td dir="auto">Lima</td>',
    },
  ],
};
