// What a database file says of itself: page size, tables, and the statements that made them.
import type { DescribeContext, FileDescription } from '../../contract/source-plugin.ts';
import { openDatabase } from './open.ts';
import { quoteName } from './rows.ts';
import { figures } from '../../contract/type-evidence.ts';
import { SQLITE_FACTS } from './texts.ts';

const MOST_OBJECTS = 24;

export async function describeSqlite({ input, limits }: DescribeContext): Promise<FileDescription> {
  const opened = await openDatabase(input.slices!, input.name, limits);
  try {
    const { db } = opened;
    opened.begin();
    const number = (pragma: string): number => Number(db.selectValue(`PRAGMA ${pragma}`));
    const made = db.exec({
      sql: `SELECT name, type, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid`,
      returnValue: 'resultRows',
      rowMode: 'array',
    }) as [string, string, string][];
    const listed = made.slice(0, MOST_OBJECTS);
    const pageSize = number('page_size');
    const version = number('user_version');
    const tables = listed.filter(([, type]) => type === 'table');
    return {
      facts: {
        lines: [
          {
            label: SQLITE_FACTS.pages,
            value: SQLITE_FACTS.pagesOf(number('page_count'), pageSize),
          },
          ...(version === 0 ? [] : [{ label: SQLITE_FACTS.version, value: figures(version) }]),
        ],
        tables: [
          {
            title: SQLITE_FACTS.tables,
            columns: [
              { title: SQLITE_FACTS.table, isNumber: false },
              { title: SQLITE_FACTS.rows, isNumber: true },
            ],
            rows: tables.map(([name]) => [
              name,
              figures(Number(db.selectValue(`SELECT count(*) FROM ${quoteName(name)}`))),
            ]),
            more: 0,
          },
        ],
        texts: listed.map(([name, type, sql]) => ({
          title: SQLITE_FACTS.madeBy(type, name),
          text: sql,
        })),
      },
    };
  } catch (thrown) {
    throw opened.errorOf(thrown);
  } finally {
    opened.close();
  }
}
