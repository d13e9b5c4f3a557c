// For component tests: a real store in this browser, a page on it, and its accessibility looked at. Never part of the product.
import { QueryClientProvider } from '@tanstack/react-query';
import axe from 'axe-core';
import type { ReactNode } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { createConfig, type ExportConfig, type StepConfig } from '../../contract/config.ts';
import { startedEntry } from '../../contract/history-entry.ts';
import type { ExportHistoryEntry, ExportStore } from '../../contract/store.ts';
import { catalogue } from '../../engine/catalogue.ts';
import { builtInPlugins } from '../../engine/plugins.ts';
import { upgrade } from '../../engine/upgrade.ts';
import { deliveries } from '../../deliveries/registry.browser.ts';
import { openStore } from '../../storage/open-store.ts';
import { createQueryClient } from '../query-client.ts';
import '../tokens.css';
import '../base.css';

const engine = {
  catalogue: async () => catalogue(builtInPlugins(deliveries)),
  upgrade: async (input: unknown) => upgrade(input),
};

let stage: { root: Root; store: ExportStore } | undefined;
let number = 0;

/** An own, empty store. */
export function openTestStore(): Promise<ExportStore> {
  return openStore(engine, { name: `stage-${Date.now()}-${++number}` });
}

export function show(store: ExportStore, element: ReactNode): void {
  const container = document.createElement('div');
  container.className = 'export-studio';
  document.body.style.margin = '0';
  // As high as the window, as the studio gives it.
  container.style.height = '100dvh';
  document.body.append(container);
  const root = createRoot(container);
  root.render(<QueryClientProvider client={createQueryClient()}>{element}</QueryClientProvider>);
  stage = { root, store };
}

export function clearStage(): void {
  stage?.root.unmount();
  stage?.store.close();
  stage = undefined;
  document.body.replaceChildren();
}

/** Rules that are broken, with what breaks them. */
export async function accessibilityProblems(): Promise<string[]> {
  document.title = 'stage';
  document.documentElement.lang = 'en';
  const { violations } = await axe.run(document.body, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  });
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html}`));
}

const steps: StepConfig[] = [
  {
    id: 'filter-1',
    kind: 'filter',
    enabled: true,
    options: { where: "status != 'cancelled' and total >= 100" },
  },
];

export function testConfig(
  more: { format?: string; gzip?: boolean; filter?: boolean; name?: string } = {},
): ExportConfig {
  return createConfig({
    name: more.name ?? 'orders',
    source: { kind: 'csv', from: { binding: 'source' } },
    format: { id: more.format ?? 'csv', options: {} },
    delivery: { id: 'download', options: {} },
    steps: more.filter ? steps : [],
    output: more.gzip ? { compression: { id: 'gzip', options: {} } } : {},
  });
}

export function testEntry(id: string, more: Partial<ExportHistoryEntry> = {}): ExportHistoryEntry {
  const name = `orders_${id}.csv`;
  return {
    ...startedEntry(id, testConfig(), {}, Date.now()),
    outcome: 'completed',
    sources: ['orders_2026_q1.csv'],
    endedAt: new Date().toISOString(),
    durationMs: 3_100,
    rowsIn: 1_000_000,
    rowsOut: 412_903,
    filtered: 587_094,
    rejected: 3,
    merged: 0,
    added: 0,
    bytes: 18_391_204,
    rowsPerSecond: 322_581,
    files: [
      {
        name,
        sizeBytes: 18_391_204,
        rows: 412_903,
        checksum: { algorithm: 'sha256', value: '5f'.repeat(32) },
        verified: true,
      },
    ],
    fileCount: 1,
    ...more,
  };
}

/** What is not known of an export that did not get to its end. */
export const UNKNOWN: Partial<ExportHistoryEntry> = {
  rowsIn: null,
  rowsOut: null,
  filtered: null,
  rejected: null,
  merged: null,
  added: null,
  bytes: null,
  rowsPerSecond: null,
  files: [],
  fileCount: 0,
};
