import { useState } from 'react';
import { createRoot } from 'react-dom/client';
import { createClient, ExportDialog } from 'export-studio/react';
import workerUrl from 'export-studio/worker?url';
import 'export-studio/style.css';

const client = createClient({ workerUrl });

// Asked page by page, as rows are wanted; the answer's `next` comes back as `cursor`.
const fetchPage = async ({ offset, limit }: { offset: number; limit: number }) => ({
  rows: Array.from({ length: limit }, (_, i) => ({ id: offset + i, city: 'Köln' })),
  next: offset + limit < 5_000 ? offset + limit : null,
});

function Grid() {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button onClick={() => setOpen(true)}>Export</button>
      <ExportDialog
        client={client}
        sources={[{ name: 'orders', rows: { fetchPage } }]}
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        title="Export orders"
        onExport={(report) => console.log(report.outcome, report.audit.rowsOut)}
      />
    </>
  );
}

createRoot(document.getElementById('root')!).render(<Grid />);
