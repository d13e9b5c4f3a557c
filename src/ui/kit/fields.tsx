// The plain controls: select, check box, switch and text input, all native elements.
import type { ComponentProps, ReactNode } from 'react';
import styles from './controls.module.css';

export function Select({
  isPlain = false,
  className,
  ...rest
}: ComponentProps<'select'> & { isPlain?: boolean }) {
  return (
    <span className={`${styles.select} ${isPlain ? styles.plain : ''} ${className ?? ''}`}>
      <select {...rest} />
    </span>
  );
}

export function CheckBox({
  label,
  ...rest
}: Omit<ComponentProps<'input'>, 'type'> & { label?: ReactNode }) {
  return (
    <label className={styles.check}>
      <input type="checkbox" {...rest} />
      {label}
    </label>
  );
}

export function Switch({
  label,
  ...rest
}: Omit<ComponentProps<'input'>, 'type'> & { label?: ReactNode }) {
  return (
    <label className={styles.switch}>
      <input type="checkbox" role="switch" {...rest} />
      {label}
    </label>
  );
}

export function TextInput({
  isMono = false,
  isNarrow = false,
  className,
  ...rest
}: ComponentProps<'input'> & { isMono?: boolean; isNarrow?: boolean }) {
  const classes = `${styles.input} ${isMono ? styles.mono : ''} ${isNarrow ? `${styles.narrow} ${styles.end}` : ''} ${className ?? ''}`;
  return <input type="text" autoComplete="off" spellCheck={false} className={classes} {...rest} />;
}

export function TextArea({ className, ...rest }: ComponentProps<'textarea'>) {
  return (
    <textarea
      autoComplete="off"
      spellCheck={false}
      className={`${styles.area} ${className ?? ''}`}
      {...rest}
    />
  );
}

/** Text that only a screen reader gets. */
export function Hidden({ children }: { children: ReactNode }) {
  return <span className={styles.hidden}>{children}</span>;
}
