// The page's icons, drawn on a 16 px grid.
import styles from './controls.module.css';

const PATHS = {
  file: 'M4 1.8h5l3 3v9.4H4zM9 1.8v3h3',
  chevron: 'M4 6l4 4 4-4',
  check: 'M3 8.5l3.2 3L13 4.5',
  warning: 'M8 2.5l6 11H2zM8 6.500v3.2M8 11.600v.1',
  lock: 'M4 7.500h8V14H4zM5.500 7.500V5a2.500 2.500 0 015 0v2.500',
  theme: 'M8 14A6 6 0 108 2a6 6 0 000 12zM8 2v12M8 5l4-1M8 8h6M8 11l4 1',
  undo: 'M3 6h7a3.2 3.2 0 010 6.4H6M5.500 3.2L2.800 6l2.700 2.800',
  redo: 'M13 6H6a3.2 3.2 0 000 6.400h4M10.500 3.200L13.200 6l-2.700 2.800',
  up: 'M8 13V3.500M4 7.500l4-4 4 4',
  down: 'M8 3v9.500M4 8.500l4 4 4-4',
  close: 'M4 4l8 8M12 4l-8 8',
  folder: 'M2 4h4l1.500 2H14v7H2z',
  search: 'M7 11.5a4.5 4.5 0 100-9 4.5 4.5 0 000 9zM10.3 10.3L14 14',
  plus: 'M8 3v10M3 8h10',
  template: 'M3 2.5h9.5v11H4.2A1.2 1.2 0 013 12.3zM3 11.2h9.5',
  stop: 'M5 5h6v6H5z',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name, className }: { name: IconName; className?: string | undefined }) {
  return (
    <svg className={`${styles.glyph} ${className ?? ''}`} viewBox="0 0 16 16" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}

/** The mark: an E whose middle bar leaves the letter. */
export function Mark() {
  return (
    <svg width="20" height="16" viewBox="0 0 20 16" aria-hidden="true">
      <path d="M2 1v14M1 2h10M1 14h10" stroke="currentColor" strokeWidth="2" fill="none" />
      <path d="M2 8h17" stroke="var(--accent)" strokeWidth="2" fill="none" />
    </svg>
  );
}
