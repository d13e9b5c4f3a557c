// The one button, in its four weights.
import type { ComponentProps } from 'react';
import styles from './controls.module.css';

type Look = 'plain' | 'primary' | 'ghost' | 'icon' | 'link';

const CLASSES: Record<Look, string> = {
  plain: `${styles.button}`,
  primary: `${styles.button} ${styles.primary}`,
  ghost: `${styles.button} ${styles.ghost}`,
  icon: `${styles.button} ${styles.ghost} ${styles.icon}`,
  link: `${styles.link}`,
};

export function Button({
  look = 'plain',
  isBig = false,
  className,
  ...rest
}: ComponentProps<'button'> & { look?: Look; isBig?: boolean }) {
  const classes = `${CLASSES[look]} ${isBig ? styles.big : ''} ${className ?? ''}`;
  return <button type="button" className={classes} {...rest} />;
}
