// The form of Parquet's schema: each column with its type in the file.
import type { ComponentType, ReactNode } from 'react';
import { linesOf, type PanelColumn, TYPES, withLine } from './panel-model.ts';
import { PANEL_WORDS } from './panel-words.ts';
import styles from './panel.module.css';

type Handler = (event: { currentTarget: { value: string; checked: boolean } }) => void;

interface PanelProps {
  value: unknown;
  onChange: (value: unknown) => void;
  columns: readonly PanelColumn[];
  labelledBy: string;
  Kit: {
    Select: ComponentType<{
      'aria-label': string;
      value: string;
      onChange: Handler;
      children: ReactNode;
    }>;
    CheckBox: ComponentType<{ 'aria-label': string; checked: boolean; onChange: Handler }>;
  };
}

export default function ParquetPanel({ value, onChange, columns, labelledBy, Kit }: PanelProps) {
  const { Select, CheckBox } = Kit;
  if (columns.length === 0) return <p className={styles.note}>{PANEL_WORDS.noColumns}</p>;
  return (
    <div className={styles.scroll}>
      <table className={styles.table} aria-labelledby={labelledBy}>
        <thead>
          <tr>
            <th scope="col">{PANEL_WORDS.column}</th>
            <th scope="col">{PANEL_WORDS.type}</th>
            <th scope="col">{PANEL_WORDS.required}</th>
          </tr>
        </thead>
        <tbody>
          {linesOf(value, columns).map(({ name, own, isNested, type, isRequired }, at) => {
            const isListed = type === '' || (TYPES as readonly string[]).includes(type);
            return (
              // Names may repeat: the place is what tells columns apart.
              <tr key={at}>
                <th scope="row" title={name}>
                  {name}
                </th>
                <td>
                  {isNested ? (
                    PANEL_WORDS.asItIs(own)
                  ) : (
                    <Select
                      aria-label={PANEL_WORDS.typeOf(name)}
                      value={type}
                      onChange={({ currentTarget }) =>
                        onChange(withLine(value, columns, at, { type: currentTarget.value }))
                      }
                    >
                      <option value="">{PANEL_WORDS.asItIs(own)}</option>
                      {isListed ? null : <option value={type}>{type}</option>}
                      {TYPES.map((each) => (
                        <option key={each} value={each}>
                          {each}
                        </option>
                      ))}
                    </Select>
                  )}
                </td>
                <td>
                  <CheckBox
                    aria-label={PANEL_WORDS.requiredOf(name)}
                    checked={isRequired}
                    onChange={({ currentTarget }) =>
                      onChange(withLine(value, columns, at, { isRequired: currentTarget.checked }))
                    }
                  />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
