// The menu of steps, grouped; opens in its place, and arrow keys go from one to the next.
import { useEffect, useRef, type KeyboardEvent } from 'react';
import type { Catalogue } from '../../../contract/verbs.ts';
import { Button } from '../../kit/Button.tsx';
import { Icon } from '../../kit/Icon.tsx';
import { messages } from '../../messages.en.ts';
import { recipeWords as words } from './messages.en.ts';
import { groupedSteps } from './step-groups.ts';
import styles from './recipe.module.css';

export default function AddStep({
  cards,
  onAdd,
  onClose,
}: {
  cards: Catalogue['transforms'];
  onAdd: (kind: string) => void;
  onClose: () => void;
}) {
  const box = useRef<HTMLDivElement>(null);
  const buttons = () => [...(box.current?.querySelectorAll<HTMLElement>('[data-kind]') ?? [])];
  useEffect(() => buttons()[0]?.focus(), []);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      onClose();
      return;
    }
    const all = buttons();
    const at = all.indexOf(document.activeElement as HTMLElement);
    const to = new Map([
      ['ArrowDown', at + 1],
      ['ArrowUp', at - 1],
      ['Home', 0],
      ['End', all.length - 1],
    ]).get(event.key);
    if (to === undefined || at < 0) return;
    event.preventDefault();
    all[(to + all.length) % all.length]!.focus();
  };
  return (
    <div
      ref={box}
      className={styles.menu}
      role="group"
      aria-label={words.addTitle}
      onKeyDown={onKeyDown}
    >
      <Button
        look="icon"
        className={styles.close}
        aria-label={messages.dialog.close}
        onClick={onClose}
      >
        <Icon name="close" />
      </Button>
      {groupedSteps(cards).map((group) => (
        <div key={group.id} role="group" aria-label={group.title}>
          <h4>{group.title}</h4>
          {group.cards.map((card) => (
            <button key={card.id} type="button" data-kind={card.id} onClick={() => onAdd(card.id)}>
              <b>{card.title}</b>
              <small>{card.purpose}</small>
            </button>
          ))}
        </div>
      ))}
    </div>
  );
}
