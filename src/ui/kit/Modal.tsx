// A dialog over everything, as the browser's own: focus goes in, stays in, and comes back.
import {
  useEffect,
  useEffectEvent,
  useLayoutEffect,
  useRef,
  type ReactNode,
  type RefObject,
} from 'react';
import { messages } from '../messages.en.ts';
import { Button } from './Button.tsx';
import { Icon } from './Icon.tsx';
import styles from './controls.module.css';

/** Shows the dialog while it stands; Esc asks `onClose`, a press beside it too if `isLight`. Focus returns to where it was. */
export function useModal(
  onClose: () => void,
  isLight = false,
): {
  ref: RefObject<HTMLDialogElement | null>;
  onCancel: (event: { preventDefault(): void; target: unknown; currentTarget: unknown }) => void;
  onClose: () => void;
} {
  const ref = useRef<HTMLDialogElement>(null);
  const close = useEffectEvent(onClose);
  useEffect(() => {
    const dialog = ref.current;
    if (!isLight || dialog === null) return;
    // Only the dialog's own edge and what is behind it are nobody else's.
    const onPress = (event: PointerEvent) => {
      if (event.target === dialog) close();
    };
    dialog.addEventListener('pointerdown', onPress);
    return () => dialog.removeEventListener('pointerdown', onPress);
  }, [isLight]);
  useLayoutEffect(() => {
    const before = document.activeElement;
    const dialog = ref.current;
    dialog?.showModal();
    return () => {
      dialog?.close();
      if (before instanceof HTMLElement && before.isConnected)
        before.focus({ preventScroll: true });
    };
  }, []);
  return {
    ref,
    onCancel(event) {
      // A file chooser inside says so too when it is cancelled.
      if (event.target !== event.currentTarget) return;
      event.preventDefault();
      onClose();
    },
    // Browsers close a dialog by themselves when Esc comes twice.
    onClose: () => {
      if (ref.current?.open !== false || !ref.current.isConnected) return;
      onClose();
      // Who was asked may keep it, and then it must be seen.
      requestAnimationFrame(() => {
        if (ref.current?.open === false && ref.current.isConnected) ref.current.showModal();
      });
    },
  };
}

/** A small one with a title and a way to close it. */
export function Modal({
  title,
  isWide = false,
  onClose,
  children,
}: {
  title: string;
  /** For tables. */
  isWide?: boolean;
  onClose: () => void;
  children: ReactNode;
}) {
  const modal = useModal(onClose, true);
  return (
    <dialog {...modal} className={isWide ? styles.wideModal : styles.modal} aria-label={title}>
      <div className={styles.modalBody}>
        <header>
          <h2>{title}</h2>
          <Button look="icon" aria-label={messages.dialog.close} onClick={onClose}>
            <Icon name="close" />
          </Button>
        </header>
        {children}
      </div>
    </dialog>
  );
}
