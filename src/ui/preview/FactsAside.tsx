// What a file says of itself beside its rows: short facts, small tables, statements.
import { useId } from 'react';
import type { FileFacts } from '../../contract/reread.ts';
import { outputWords } from './output-words.en.ts';
import own from './output.module.css';

export function FactsAside({ facts: { lines, tables, texts } }: { facts: FileFacts }) {
  const words = outputWords;
  const id = useId();
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
        <section key={t} aria-labelledby={`${id}-${t}`}>
          <h3 id={`${id}-${t}`}>{table.title}</h3>
          <table aria-labelledby={`${id}-${t}`}>
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
        <section key={title}>
          <h3>{title}</h3>
          <pre>{text}</pre>
        </section>
      ))}
    </aside>
  );
}
