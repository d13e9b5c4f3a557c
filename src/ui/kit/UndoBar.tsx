// Says what was just done and how to take it back; stays until it is taken back or closed.
import { useEffect, useRef } from 'react';
import { Button } from './Button.tsx';
import { Icon } from './Icon.tsx';
import styles from './list-detail.module.css';

export function UndoBar({
  said,
  undo,
  onUndo,
  close,
  onClose,
}: {
  said: string;
  undo: string;
  onUndo: () => void;
  close: string;
  onClose: () => void;
}) {
  const button = useRef<HTMLButtonElement>(null);
  // What had the focus is gone with what was removed.
  useEffect(() => button.current?.focus(), [said]);
  return (
    <div className={styles.undo}>
      <p role="status">{said}</p>
      <Button ref={button} onClick={onUndo}>
        <Icon name="undo" />
        {undo}
      </Button>
      <Button look="icon" aria-label={close} onClick={onClose}>
        <Icon name="close" />
      </Button>
    </div>
  );
}
