// What the options of the markdown format do, shown on the sample table.
import type { OptionExamples } from '../../contract/options.schema.ts';

export const MARKDOWN_EXAMPLES: OptionExamples = {
  layout: [
    {
      options: { layout: 'aligned' },
      columns: ['order', 'city'],
      shows: '| order | city      |\n| ----: | --------- |\n|  1001 | Lima      |\n',
    },
  ],
  align: [
    {
      options: { align: false },
      columns: ['order', 'city'],
      shows: '| order | city |\n| --- | --- |\n',
    },
  ],
  nullText: [
    {
      options: { nullText: '–' },
      columns: ['order', 'city'],
      shows: '| 1003 | – |',
      finds: { cells: [{ row: 2, column: 1, value: '–' }] },
    },
  ],
  heading: [{ options: { heading: 'Orders' }, columns: ['order'], begins: '## Orders\n\n|' }],
  rowNumbers: [
    {
      options: { rowNumbers: true },
      columns: ['order'],
      shows: '| # | order |\n| ---: | ---: |\n| 1 | 1001 |\n',
    },
  ],
  lineBreaks: [
    {
      options: { lineBreaks: 'space' },
      columns: ['lines'],
      shows: '| one two |',
      finds: { cells: [{ row: 0, column: 0, value: 'one two' }] },
    },
  ],
  escape: [{ options: { escape: 'pipes' }, columns: ['sign'], shows: '| <&> |' }],
  widest: [
    {
      options: { layout: 'aligned', widest: 5 },
      columns: ['order', 'city'],
      shows: '| order | city |\n| ----: | ---- |\n|  1001 | Lima |\n|  1002 | São Paulo |\n',
    },
  ],
};
