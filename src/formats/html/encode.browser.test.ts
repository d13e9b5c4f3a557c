// Whole pages as a browser's own parser has them: the same cells, and no element or attribute that came from a value.
import { expect, it } from 'vitest';
import { textBlockOf } from '../../table/text-block.ts';
import { schemaOf } from '../../table/builders.ts';
import { UTF8 } from '../../table/data-type.ts';
import { htmlFormat } from './format.ts';

const HOSTILE = [
  '<script>window.broken = 1</script>',
  '</td></tr></table><img src=x onerror="window.broken = 1">',
  '"><svg onload=window.broken=1>',
  "' onmouseover='window.broken=1",
  'javascript:alert(1)',
  '<!--',
  '-->',
  ']]>',
  '</style><script>window.broken = 1</script>',
  '</title><script>window.broken = 1</script>',
  '&lt;b&gt; &amp; &nbsp &#0; &#x80;',
  '\ufeff\u202e\u2028\u0001\u0085\u009f\ufdd0\uffff😀',
  '  two  spaces\t',
  'a\r\nb\rc\nd',
  '\n leading',
  '',
  null,
];

const ELEMENTS = new Set(
  'HTML HEAD META TITLE STYLE BODY TABLE CAPTION COLGROUP COL THEAD TBODY TFOOT TR TH TD BR A'.split(
    ' ',
  ),
);

it.each([
  {},
  { lineBreaks: 'br', links: true },
  { styling: 'inline', dir: 'auto', rowNumbers: true, nullText: '–' },
  { styling: 'none', prettyPrint: true, nullText: '<null>' },
])('%j', async (given) => {
  const names = HOSTILE.map(String);
  const schema = schemaOf(names.map((name) => [name, UTF8]));
  const { value } = htmlFormat.options.parse({ ...given, caption: HOSTILE[1], title: HOSTILE[9] });
  const encoder = (await htmlFormat.load()).openEncoder({
    options: value!,
    schema,
    name: 'data',
    timeZone: 'UTC',
    charset: { id: 'utf-8', bom: false },
    startedAtMs: 0,
    sourceName: 'source',
    part: 0,
  });
  const batch = {
    schema,
    rowCount: 1,
    selection: null,
    columns: names.map((_name, index) => ({ storage: 'text' as const, index })),
    block: textBlockOf([HOSTILE], names.length),
  };
  const segments = [
    ...encoder.begin(),
    ...encoder.encodeBatch(batch, { firstRow: 0, isFirst: true }).segments,
    ...encoder.end({ rowCount: 1 }),
  ];
  const bytes = new Blob(segments.map((segment) => segment.bytes as Uint8Array<ArrayBuffer>));
  // A page of its own, so that whatever would run does run.
  const frame = document.createElement('iframe');
  frame.src = URL.createObjectURL(new Blob([bytes], { type: 'text/html' }));
  document.body.append(frame);
  await new Promise((resolve) => frame.addEventListener('load', resolve));
  const page = frame.contentDocument!;
  expect(page.compatMode).toBe('CSS1Compat');
  expect((frame.contentWindow as { broken?: number } | null)?.broken).toBeUndefined();
  for (const element of page.querySelectorAll('*')) {
    expect(ELEMENTS).toContain(element.tagName);
    for (const { name } of element.attributes) expect(name).not.toMatch(/^on|^src$/);
  }
  const texts = (selector: string) =>
    [...page.querySelectorAll<HTMLElement>(selector)].map((cell) => {
      for (const br of cell.querySelectorAll('br')) br.replaceWith('\n');
      return cell.textContent;
    });
  const isBroken = 'lineBreaks' in given;
  const nullText = 'nullText' in given ? given.nullText! : '';
  expect(texts('tbody td')).toEqual(
    HOSTILE.map((text) =>
      text === null ? nullText : isBroken ? text.replaceAll(/\r\n?/g, '\n') : text,
    ),
  );
  const rowNumber = 'rowNumbers' in given ? ['#'] : [];
  expect(texts('thead th')).toEqual([...rowNumber, ...names]);
  expect(page.title).toBe(HOSTILE[9]);
  frame.remove();
});
