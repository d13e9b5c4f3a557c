// Databases for tests: PostgreSQL and MariaDB are started on a free port of this machine with files of their own, and removed after.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LoadedTable, openDuckDb, readDuckDb } from './read-script.suite.ts';

/** A database that scripts are run in by its own client. */
export interface TestServer {
  /** Runs a script; the client ends at the first error, whose words are thrown. */
  run(script: string): void | Promise<void>;
  /** What stands in tables, as the database's own text; bytes in hexadecimal. */
  read(tables: readonly string[]): LoadedTable[] | Promise<LoadedTable[]>;
  /** Tables of the default schema, sorted. */
  tables(): string[] | Promise<string[]>;
  stop(): void | Promise<void>;
}

const isRoot = process.getuid?.() === 0;

/** A command as a user who may run servers: they refuse to be root's. */
function as(user: string, command: string, args: string[]): [string, string[]] {
  return isRoot ? ['runuser', ['-u', user, '--', command, ...args]] : [command, args];
}

function call(user: string, command: string, args: string[]): string {
  const [program, all] = as(user, command, args);
  return execFileSync(program, all, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    cwd: '/',
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' ? address!.port : 0));
    });
  });
}

function ownFolder(user: string, name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `sql-${name}-`));
  if (isRoot) execFileSync('chown', [user, folder]);
  return folder;
}

/** Runs a client with the script as its input. */
function feed(command: string, args: string[], script: string): string {
  const { stdout, stderr, status } = spawnSync(command, args, {
    input: script,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    cwd: '/',
  });
  if (status !== 0) throw new Error(stderr.slice(-500) || `${command} ended with ${status}`);
  return stdout;
}

const POSTGRES_HOME = '/usr/lib/postgresql';

function postgresFolder(): string | null {
  const versions = existsSync(POSTGRES_HOME) ? readdirSync(POSTGRES_HOME) : [];
  const found = versions
    .sort((a, b) => Number(b) - Number(a))
    .map((version) => join(POSTGRES_HOME, version, 'bin'))
    .find((bin) => existsSync(join(bin, 'initdb')));
  return found ?? null;
}

/** Whether a server is not to be had here; in CI it has to be. */
export function isMissing(server: 'postgresql' | 'mariadbd' | 'sqlite3'): boolean {
  if (process.env['CI'] === 'true') return false;
  return server === 'postgresql'
    ? postgresFolder() === null
    : spawnSync(server, ['--version']).error !== undefined;
}

/** Ends the lines of a query; no line of data is like it. */
const END = '=== end ===';

/** The lines of each of several queries. */
function linesOf(output: string, count: number): string[][] {
  const groups = Array.from({ length: count }, (): string[] => []);
  let at = 0;
  for (const line of output.split('\n').slice(0, -1)) {
    if (line === END) at++;
    else groups[at]!.push(line);
  }
  return groups;
}

/** The text of a cell of COPY … TO stdout; null for null. */
function ofCopy(cell: string): string | null {
  if (cell === '\\N') return null;
  const letters: Record<string, string> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };
  return cell.replace(/\\(.)/g, (_all, letter: string) => letters[letter] ?? letter);
}

export async function startPostgres(): Promise<TestServer> {
  const bin = postgresFolder();
  if (bin === null) throw new Error('PostgreSQL is not installed');
  const port = await freePort();
  const folder = ownFolder('postgres', 'postgres');
  const data = join(folder, 'data');
  call('postgres', join(bin, 'initdb'), [
    '-D',
    data,
    '-A',
    'trust',
    '-U',
    'postgres',
    '-E',
    'UTF8',
    '--locale=C',
    '--no-sync',
  ]);
  const options = `-p ${port} -k ${folder} -c listen_addresses=127.0.0.1 -c fsync=off -c timezone=UTC`;
  call('postgres', join(bin, 'pg_ctl'), [
    '-D',
    data,
    '-o',
    options,
    '-l',
    join(folder, 'log'),
    '-w',
    'start',
  ]);
  const psql = (script: string): string =>
    feed(
      'psql',
      [
        '-X',
        '-q',
        '-v',
        'ON_ERROR_STOP=1',
        '-h',
        '127.0.0.1',
        '-p',
        String(port),
        '-U',
        'postgres',
        '-f',
        '-',
      ],
      script,
    );
  /** The rows of queries, one client for all. */
  const copied = (queries: readonly string[]): (string | null)[][][] => {
    const script = queries.map((query) => `COPY (${query}) TO STDOUT;\n\\echo '${END}'\n`).join('');
    const output = psql(`SET client_encoding = 'UTF8';\n${script}`);
    return linesOf(output, queries.length).map((lines) =>
      lines.map((line) => line.split('\t').map(ofCopy)),
    );
  };
  return {
    run: (script) => void psql(script),
    read(tables) {
      const results = copied(
        tables.flatMap((table) => [
          `SELECT attname FROM pg_attribute WHERE attrelid = '${table.replaceAll("'", "''")}'::regclass AND attnum > 0 ORDER BY attnum`,
          `SELECT 'row', * FROM ${table}`,
        ]),
      );
      return tables.map((_table, i) => ({
        names: results[i * 2]!.map(([name]) => name!),
        rows: results[i * 2 + 1]!.map((row) => row.slice(1)),
      }));
    },
    tables: () =>
      copied([
        'SELECT tablename FROM pg_tables WHERE schemaname = \'public\' ORDER BY tablename COLLATE "C"',
      ])[0]!.map(([name]) => name!),
    stop() {
      call('postgres', join(bin, 'pg_ctl'), ['-D', data, '-m', 'immediate', '-w', 'stop']);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const unhex = (hex: string): string => Buffer.from(hex, 'hex').toString('utf8');

export async function startMariaDb(): Promise<TestServer> {
  const port = await freePort();
  const folder = ownFolder('mysql', 'mariadb');
  const data = join(folder, 'data');
  mkdirSync(data);
  const user = isRoot ? ['--user=mysql'] : [];
  execFileSync(
    'mariadb-install-db',
    [
      ...user,
      `--datadir=${data}`,
      '--auth-root-authentication-method=normal',
      '--skip-test-db',
      '--no-defaults',
    ],
    { stdio: 'ignore' },
  );
  const socket = join(folder, 'socket');
  const server = spawn(
    'mariadbd',
    [
      '--no-defaults',
      ...user,
      `--datadir=${data}`,
      `--socket=${socket}`,
      `--port=${port}`,
      `--pid-file=${join(folder, 'pid')}`,
      '--bind-address=127.0.0.1',
      '--innodb-buffer-pool-size=64M',
      '--innodb-flush-log-at-trx-commit=0',
      '--character-set-server=utf8mb4',
    ],
    { stdio: 'ignore' },
  );
  const client = (script: string): string =>
    feed(
      'mariadb',
      [
        '--no-defaults',
        '--default-character-set=utf8mb4',
        '-N',
        '-B',
        `--socket=${socket}`,
        '-u',
        'root',
        'try',
      ],
      script,
    );
  const ended = new Promise<void>((resolve) => server.on('exit', () => resolve()));
  for (let i = 0; ; i++) {
    const { status } = spawnSync('mariadb', [
      '--no-defaults',
      `--socket=${socket}`,
      '-u',
      'root',
      '-e',
      'CREATE DATABASE IF NOT EXISTS try',
    ]);
    if (status === 0) break;
    if (i === 100) throw new Error('MariaDB does not start');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  /** The rows of queries, one client for all. */
  const results = (queries: readonly string[]): string[][][] => {
    const script = queries.map((query) => `${query};\nSELECT '${END}';\n`).join('');
    const output = client(`SET NAMES utf8mb4;\n${script}`);
    return linesOf(output, queries.length).map((lines) => lines.map((line) => line.split('\t')));
  };
  return {
    run: (script) => void client(script),
    read(tables) {
      const described = tables.map((table) => {
        const name = table.replace(/^`|`$/g, '').replaceAll('``', '`');
        return `SELECT 'C', HEX(column_name), data_type FROM information_schema.columns WHERE table_schema = 'try' AND table_name = CONVERT(X'${Buffer.from(name, 'utf8').toString('hex')}' USING utf8mb4) ORDER BY ordinal_position`;
      });
      const columns = results(described).map((rows) =>
        rows.map(([, name, type]) => ({
          name: unhex(name!),
          isBytes: /blob|binary/.test(type!),
        })),
      );
      const selected = tables.map((table, i) => {
        const cells = columns[i]!.map(({ name, isBytes }) => {
          const column = `\`${name.replaceAll('`', '``')}\``;
          const text = isBytes ? column : `CAST(${column} AS CHAR CHARACTER SET utf8mb4)`;
          return `IF(${column} IS NULL, 'N', CONCAT('V', HEX(${text})))`;
        });
        return `SELECT ${cells.join(', ')} FROM ${table}`;
      });
      return results(selected).map((rows, i) => ({
        names: columns[i]!.map(({ name }) => name),
        rows: rows.map((row) =>
          row.map((cell, c) => {
            if (cell === 'N') return null;
            return columns[i]![c]!.isBytes ? cell.slice(1) : unhex(cell.slice(1));
          }),
        ),
      }));
    },
    tables: () =>
      results([
        "SELECT HEX(table_name) FROM information_schema.tables WHERE table_schema = 'try'",
      ])[0]!
        .map(([name]) => unhex(name!))
        .sort(),
    async stop() {
      server.kill('SIGKILL');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A file of SQLite's own shell. */
export function startSqlite(): TestServer {
  const folder = mkdtempSync(join(tmpdir(), 'sql-sqlite-'));
  const file = join(folder, 'try.db');
  const shell = (script: string): string => feed('sqlite3', ['-bail', '-batch', file], script);
  /** The rows of queries, one shell for all. */
  const results = (queries: readonly string[]): string[][][] => {
    const script = queries.map((query) => `${query};\nSELECT '${END}';\n`).join('');
    return linesOf(shell(`.mode list\n${script}`), queries.length).map((lines) =>
      lines.map((line) => line.split('|')),
    );
  };
  const inQuotes = (name: string): string => `"${name.replaceAll('"', '""')}"`;
  return {
    run: (script) => void shell(script),
    read(tables) {
      const described = tables.map((table) => {
        const name = table.replace(/^"|"$/g, '').replaceAll('""', '"').replaceAll("'", "''");
        return `SELECT hex(name) FROM pragma_table_info('${name}')`;
      });
      const columns = results(described).map((rows) => rows.map(([name]) => unhex(name!)));
      const selected = tables.map((table, i) => {
        const cells = columns[i]!.map((name) => {
          const c = inQuotes(name);
          return `CASE typeof(${c}) WHEN 'null' THEN 'N' WHEN 'blob' THEN 'B' || hex(${c}) WHEN 'real' THEN 'R' || printf('%!.17g', ${c}) ELSE 'V' || hex(CAST(${c} AS TEXT)) END`;
        });
        return `SELECT ${cells.join(', ')} FROM ${table}`;
      });
      return results(selected).map((rows, i) => ({
        names: columns[i]!,
        rows: rows.map((row) =>
          row.map((cell) => {
            const content = cell.slice(1);
            if (cell === 'N') return null;
            if (cell.startsWith('R')) return String(Number(content.replace('Inf', 'Infinity')));
            return cell.startsWith('B') ? content : unhex(content);
          }),
        ),
      }));
    },
    tables: () =>
      results(["SELECT hex(name) FROM sqlite_schema WHERE type = 'table'"])[0]!
        .map(([name]) => unhex(name!))
        .sort(),
    stop() {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** DuckDB in this process. */
export async function startDuckDb(): Promise<TestServer> {
  const connection = await openDuckDb();
  return {
    async run(script) {
      await connection.run(script).catch(async (thrown: unknown) => {
        await connection.run('ROLLBACK').catch(() => {});
        throw thrown;
      });
    },
    async read(tables) {
      const loaded: LoadedTable[] = [];
      for (const table of tables) loaded.push(await readDuckDb(connection, table));
      return loaded;
    },
    async tables() {
      const found = await connection.runAndReadAll('SELECT table_name FROM duckdb_tables()');
      return found
        .getRows()
        .map(([name]) => String(name))
        .sort();
    },
    stop: () => {},
  };
}
