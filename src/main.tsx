// The browser's door: the studio's own page, its first host, which uses nothing that another host cannot.
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createClient, ExportStudio } from './library-react.ts';
import { samples } from './samples.ts';
import './ui/page.css';

createRoot(document.querySelector('#root')!).render(
  <StrictMode>
    <ExportStudio client={createClient()} samples={samples} />
  </StrictMode>,
);
