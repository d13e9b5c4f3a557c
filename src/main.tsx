// The browser's door: starts the engine's worker and mounts the page on it.
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './ui/tokens.css';
import './ui/base.css';
import { App } from './ui/App.tsx';
import { restoreTheme } from './ui/theme.ts';
import { createClient } from './worker/client.ts';

restoreTheme();
createRoot(document.querySelector('#root')!).render(
  <StrictMode>
    <App client={createClient()} />
  </StrictMode>,
);
