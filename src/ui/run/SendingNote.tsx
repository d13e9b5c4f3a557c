// Which file is on its way to an address, how much of all has gone, how that is known, and what it waits for.
import type { Sending } from '../../contract/report.ts';
import { formatCount, formatDuration, formatSize } from '../format-number.ts';
import { sendingWords } from './sending-words.en.ts';
import styles from './run.module.css';

export default function SendingNote({ sending }: { sending: Sending }) {
  const words = sendingWords;
  const { name, file, files, bytes, bytesTotal, isCounted, retry } = sending;
  return (
    <>
      <p>
        {words.file(name, formatCount(file), formatCount(files))}{' '}
        {(isCounted ? words.counted : words.whole)(formatSize(bytes), formatSize(bytesTotal))}
      </p>
      <p role="status" className={retry ? styles.bad : undefined}>
        {retry
          ? `${retry.problem} ${words.retry(formatDuration(retry.waitMs), formatCount(retry.left))}`
          : ''}
      </p>
      <p className={styles.help}>{words.stays}</p>
    </>
  );
}
