// What the forms of the excel format are made of: lines of a label and controls, and the controls that the page gives.
import type { ComponentType, ReactNode } from 'react';
import { type Given, type PanelColumn, withOptions } from './panel-model.ts';
import { PANEL_WORDS } from './panel-words.ts';
import styles from './panel.module.css';

/** A file as an option names it. */
export type FileValue = { binding: string } | { path: string };

/** What a change of a control tells. */
export type Handler = (event: { currentTarget: { value: string; checked: boolean } }) => void;

/** The page's controls. */
export interface Kit {
  Button: ComponentType<{
    look?: 'plain' | 'icon' | 'link' | 'ghost';
    disabled?: boolean;
    'aria-label'?: string;
    onClick: () => void;
    children: ReactNode;
  }>;
  Icon: ComponentType<{ name: 'close' | 'plus' }>;
  Select: ComponentType<{
    'aria-label': string;
    value: string | number;
    onChange: Handler;
    children: ReactNode;
  }>;
  TextInput: ComponentType<{
    'aria-label': string;
    value: string;
    placeholder?: string;
    inputMode?: 'numeric';
    onChange: Handler;
  }>;
  FileEditor: ComponentType<{
    title: string;
    value: FileValue | null;
    accept: readonly string[];
    onChange: (value: FileValue | null) => void;
  }>;
  CheckBox: ComponentType<{ label: string; checked: boolean; onChange: Handler }>;
}

/** The first line of one of several things: its name, and the way to be rid of it. */
export function Head({
  name,
  Kit: { Button, Icon },
  onRemove,
  children,
}: {
  name: string;
  Kit: Kit;
  onRemove: () => void;
  children: ReactNode;
}) {
  return (
    <div className={styles.head}>
      <b>{name}</b>
      {children}
      <Button look="icon" aria-label={PANEL_WORDS.removeOf(name.toLowerCase())} onClick={onRemove}>
        <Icon name="close" />
      </Button>
    </div>
  );
}

/** A label and its controls. */
export function Line({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className={styles.line}>
      <span className={styles.label}>{label}</span>
      <div className={styles.body}>{children}</div>
    </div>
  );
}

/** The data set that is read, where there are several. */
export function DataLine({
  given,
  all,
  whole,
  Kit: { Select },
  onChange,
}: {
  given: Given;
  all: readonly PanelColumn[];
  whole: string;
  Kit: Kit;
  onChange: (given: Given) => void;
}) {
  const tables = [...new Set(all.map(({ table }) => table))].filter((table) => table !== undefined);
  if (tables.length < 2) return null;
  return (
    <Line label={PANEL_WORDS.data}>
      <Select
        aria-label={PANEL_WORDS.of(PANEL_WORDS.data, whole)}
        value={String(given['dataset'] ?? tables[0])}
        onChange={({ currentTarget }) =>
          onChange(withOptions(given, { dataset: currentTarget.value }))
        }
      >
        {tables.map((table) => (
          <option key={table} value={table}>
            {table}
          </option>
        ))}
      </Select>
    </Line>
  );
}
