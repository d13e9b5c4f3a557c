// What a file says of itself beside its rows: short facts, small tables, statements.
import type { FileFacts } from '../../contract/reread.ts';
import { outputWords } from './output-words.en.ts';
import own from './output.module.css';

export function FactsAside({ facts: { lines, tables, texts } }: { facts: FileFacts }) {
  const words = outputWords;
  return (
    <aside className={own.facts} aria-label={words.facts} tabIndex={0}>
      <dl>
        {lines.map(({ label, value }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {tables.map((table, t) => (
        <section key={t}>
          <table>
            <caption>{table.title}</caption>
            <thead>
              <tr>
                {table.columns.map(({ title, isNumber }) => (
                  <th key={title} scope="col" className={isNumber ? own.end : undefined}>
                    {title}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {table.rows.map((row, r) => (
                <tr key={r}>
                  {row.map((cell, c) => (
                    <td
                      key={c}
                      className={table.columns[c]?.isNumber ? own.end : undefined}
                      title={cell.length > 16 ? cell : undefined}
                    >
                      {cell}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
          {table.more > 0 ? <p>{words.moreRows(table.more)}</p> : null}
        </section>
      ))}
      {texts.map(({ title, text }) => (
        <figure key={title}>
          <figcaption>{title}</figcaption>
          <pre>{text}</pre>
        </figure>
      ))}
    </aside>
  );
}
