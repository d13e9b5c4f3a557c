// What the options of the text format do, shown on the sample table.
import type { OptionExamples } from '../../contract/options.schema.ts';

/** A reader sees the whole text. */
const whole = (text: string) => ({ shows: text, finds: { rows: [[text]] } });

const target = (id: string, column: string, text: string) => ({
  options: { target: id, row: `<{${column}}>`, separator: '' },
  columns: [column],
  ...whole(text),
});

export const TEXT_EXAMPLES: OptionExamples = {
  row: [
    {
      options: { row: '{@rowNumber}. {city | upper} {{{order}}}' },
      columns: ['order', 'city'],
      ...whole('1. LIMA {1001}\n2. SÃO PAULO {1002}\n3.  {1003}\n'),
    },
    {
      options: { row: `{"unit price" * 2} {city | default:'nowhere'}` },
      columns: ['unit price', 'city'],
      ...whole('2.00 Lima\n4.00 São Paulo\n6.00 nowhere\n'),
    },
    {
      options: { row: "{placed | date:'d MMM yyyy'}; {price | number:'#.##0,0'}" },
      columns: ['placed', 'price'],
      ...whole('21 Nov 2026; 12,5\n21 Nov 2026; 1,0\n; \n'),
    },
  ],
  separator: [
    {
      options: { separator: ' / ' },
      columns: ['order'],
      ...whole('1001 / 1002 / 1003\n'),
    },
  ],
  prefix: [
    {
      options: { prefix: '{@name}: {@columns}\n' },
      columns: ['order', 'city'],
      ...whole('data: order, city\n1001, Lima\n1002, São Paulo\n1003, \n'),
    },
  ],
  suffix: [
    {
      options: { suffix: '\nRows: {@rows}\n' },
      columns: ['order'],
      ...whole('1001\n1002\n1003\nRows: 3\n'),
    },
  ],
  target: [
    target('csv', 'note', '<ok><"say ""hi"", bye"><"">\n'),
    target('json', 'note', '<"ok"><"say \\"hi\\", bye"><"">\n'),
    target('html', 'sign', '<&lt;&amp;&gt;><none><>\n'),
    target('xml', 'control', '<a\ufffd><b><>\n'),
    target('sql', 'city', "<'Lima'><'São Paulo'><NULL>\n"),
    target('mysql', 'city', "<'Lima'><'São Paulo'><NULL>\n"),
    target('url', 'city', '<Lima><S%C3%A3o%20Paulo><>\n'),
    target('markdown', 'sum', '<=1\\+1><two><3>\n'),
    target('latex', 'sign', '<\\textless{}\\&\\textgreater{}><none><>\n'),
  ],
  nullText: [
    {
      options: { nullText: '–' },
      columns: ['order', 'city'],
      ...whole('1001, Lima\n1002, São Paulo\n1003, –\n'),
    },
  ],
  onError: [
    {
      options: { onError: 'null', row: '{cast(note as int64)}', nullText: '?' },
      columns: ['note'],
      ...whole('?\n?\n?\n'),
    },
  ],
};
