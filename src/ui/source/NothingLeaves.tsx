// What the page promises about the data, at the foot of the rail.
import { Icon } from '../kit/Icon.tsx';
import { messages } from '../messages.en.ts';
import styles from './source.module.css';

/** `isSent`: the plan sends its files to an address. */
export function NothingLeaves({ isSent = false }: { isSent?: boolean }) {
  return (
    <p className={styles.foot}>
      <Icon name="lock" />
      {isSent ? messages.leavesOnExport : messages.nothingLeaves}
    </p>
  );
}
