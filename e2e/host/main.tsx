// A host of its own: a dashboard over a paged API that exports what its grid shows through the built library.
import { useEffect, useRef, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { createClient, ExportDialog, type DialogSource } from 'export-studio/react';
import 'export-studio/style.css';
import workerUrl from 'export-studio/worker?url';
import './host.css';

const client = createClient({ workerUrl });

type Name = 'commands' | 'agents';
type Row = Record<string, string | number | boolean | null>;

interface Answer {
  rows: Row[];
  next: string | null;
}

async function fetchPage(name: Name, cursor: unknown, limit: number, signal: AbortSignal) {
  const address = new URL(`/api/${name}`, location.href);
  address.searchParams.set('limit', String(limit));
  if (typeof cursor === 'string') address.searchParams.set('cursor', cursor);
  const response = await fetch(address, { signal });
  if (!response.ok) throw new Error(`the API answered ${response.status}`);
  return (await response.json()) as Answer;
}

const sources: DialogSource[] = (['commands', 'agents'] as const).map((name) => ({
  name,
  rows: {
    fetchPage: ({ cursor, limit, signal }) => fetchPage(name, cursor, limit, signal),
    pageRows: 5_000,
  },
}));

function Dashboard() {
  const [isOpen, setOpen] = useState(false);
  const [second, setSecond] = useState(false);
  const [rows, setRows] = useState<Row[]>([]);
  const [said, setSaid] = useState('');
  const next = useRef<string | null>(null);
  const more = async () => {
    const page = await fetchPage('commands', next.current, 60, AbortSignal.timeout(10_000));
    next.current = page.next;
    setRows((before) => [...before, ...page.rows]);
  };
  useEffect(() => {
    void more();
  }, []);
  return (
    <div className="dashboard">
      <header>
        <b>Fleet</b> <span>Agents</span> <span>Commands</span> <span>Alerts</span>
      </header>
      <main>
        <h1>Commands</h1>
        <p>
          <button type="button" onClick={() => setOpen(true)}>
            Export …
          </button>{' '}
          <button type="button" onClick={() => setSecond(true)}>
            Export agents …
          </button>{' '}
          <output>{said}</output>
        </p>
        <table>
          <thead>
            <tr>
              <th>Command</th>
              <th>Agent</th>
              <th>Type</th>
              <th>Duration</th>
              <th>Status</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={String(row.command_id)}>
                <td>{row.command_id}</td>
                <td>{row.agent_id}</td>
                <td>{row.type}</td>
                <td>{row.duration_ms}</td>
                <td>{row.status}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <button type="button" onClick={() => void more()}>
          More
        </button>
      </main>
      <ExportDialog
        client={client}
        sources={sources}
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        title="Export commands"
        says="what the table shows, all pages"
        onExport={(report) => setSaid(`${report.outcome}: ${report.audit.rowsOut} rows`)}
      />
      <ExportDialog
        client={client}
        sources={sources.toReversed()}
        isOpen={second}
        onClose={() => setSecond(false)}
        title="Export agents"
        theme="dark"
        onExport={(report) => setSaid(`${report.outcome}: ${report.audit.rowsOut} rows`)}
      />
    </div>
  );
}

/** What no style sheet of a host should be able to spoil. */
if (new URLSearchParams(location.search).has('hostile')) await import('./hostile.css');
createRoot(document.getElementById('root')!).render(<Dashboard />);
