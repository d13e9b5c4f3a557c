// The files of a receipt, with rows, exact sizes and checksums.
import type { OutputFile } from '../../contract/report.ts';
import { formatBytes, formatCount } from '../format-number.ts';
import { messages } from '../messages.en.ts';
import styles from './run.module.css';

export function FileList({ files }: { files: readonly OutputFile[] }) {
  const words = messages.receipt;
  return (
    <section>
      <h2>{files.length === 1 ? words.file : words.files}</h2>
      {files.map((file) => (
        <dl className={styles.pairs} key={file.name}>
          <dt>{words.name}</dt>
          <dd>{file.name}</dd>
          <dt>{words.rows}</dt>
          <dd>{formatCount(file.rows)}</dd>
          <dt>{words.size}</dt>
          <dd>{formatBytes(file.sizeBytes)}</dd>
          {file.checksum ? (
            <>
              <dt>{words.sha256}</dt>
              <dd>
                <code>{file.checksum.value}</code>
              </dd>
            </>
          ) : null}
          <dt>{words.readBack}</dt>
          <dd>{file.verified ? words.verified : words.notVerified}</dd>
          {file.entries?.map((entry) => [
            <dt key={`t${entry.name}`}>{words.entry}</dt>,
            <dd key={`d${entry.name}`}>
              {words.entrySays(entry.name, formatCount(entry.rows), formatBytes(entry.sizeBytes))}
            </dd>,
          ])}
        </dl>
      ))}
    </section>
  );
}
