// What the page promises about the data, at the foot of the rail.
import { Icon } from '../kit/Icon.tsx';
import { messages } from '../messages.en.ts';
import styles from './source.module.css';

export function NothingLeaves() {
  return (
    <p className={styles.foot}>
      <Icon name="lock" />
      {messages.nothingLeaves}
    </p>
  );
}
