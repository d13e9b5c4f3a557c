// What a host with React imports besides: the export dialog over its own data, and the whole studio as a component.
import './ui/tokens.css';
import './ui/base.css';

export { ExportDialog, type ExportDialogProps } from './ui/ExportDialog.tsx';
export type { ExportStore } from './contract/store.ts';
export type { DialogSource } from './ui/dialog-source.ts';
export { App as ExportStudio, type ExportStudioProps } from './ui/App.tsx';
export { createClient, type ClientOptions, type EngineClient } from './worker/client.ts';
export type { Sample } from './ui/source/samples.ts';
export type { Theme } from './ui/theme.ts';
