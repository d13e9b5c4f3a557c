// The browser's door: the studio's own page, its first host, which uses nothing that another host cannot.
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createClient, ExportStudio, type Sample } from './library-react.ts';
import './ui/page.css';
import networkUrl from './worker/network.browser.ts?worker&url';

/** The files that the page offers to try it on; they lie in public/samples. */
const samples: readonly Sample[] = [
  {
    name: 'orders.csv',
    title: 'Orders',
    says: 'Line breaks, four scripts, nulls, ids of 20 digits',
    rows: 430,
    columns: 12,
    sizeBytes: 55_049,
    url: './samples/orders.csv',
  },
  {
    name: 'agents.csv',
    title: 'Agents',
    says: 'Semicolons, decimal commas, a byte order mark, two columns of one name',
    rows: 380,
    columns: 12,
    sizeBytes: 46_634,
    url: './samples/agents.csv',
  },
  {
    name: 'commands.csv',
    title: 'Commands',
    says: 'What agents ran: times with a zone, JSON in a column, output of several lines',
    rows: 420,
    columns: 9,
    sizeBytes: 45_269,
    url: './samples/commands.csv',
  },
];

createRoot(document.querySelector('#root')!).render(
  <StrictMode>
    <ExportStudio client={createClient({ networkUrl })} samples={samples} />
  </StrictMode>,
);
