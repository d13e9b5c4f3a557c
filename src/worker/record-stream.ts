// A pair of streams for hosts that produce records as they go: records in, the file's bytes out.
import { createConfig, type OutputConfig, type PartConfig } from '../contract/config.ts';
import type { ExportService } from './export-service.ts';
import { bindRows, type HostRecord, type RowsOptions } from './rows.ts';
import { SERVICE_TEXTS } from './texts.ts';

export interface RecordStream {
  writable: WritableStream<HostRecord>;
  readable: ReadableStream<Uint8Array>;
}

/**
 * `records.pipeThrough(createStream(service, { id: 'json', options: { prettyPrint: true } }))`.
 * The columns are learnt from the first 1,000 records unless `rows.columns` names them.
 */
export function createStream(
  service: ExportService,
  format: PartConfig,
  options: { rows?: RowsOptions; output?: Partial<OutputConfig> } = {},
): RecordStream {
  const records = new TransformStream<HostRecord, HostRecord>();
  const source = records.readable.getReader();
  let started: Promise<ReadableStreamDefaultReader<Uint8Array>> | undefined;
  const start = async (): Promise<ReadableStreamDefaultReader<Uint8Array>> => {
    const rows = await bindRows(readAll(source), options.rows);
    const config = createConfig({
      source: { kind: 'rows', from: { binding: 'records' } },
      format,
      delivery: { id: 'stream', options: {} },
      ...(options.output && { output: options.output }),
    });
    return service.streamExport(config, { rows: { records: rows } }).getReader();
  };
  /** Tells whoever writes records that no more are taken. */
  const stop = (reason: unknown): Promise<void> => source.cancel(reason).catch(() => {});
  return {
    writable: records.writable,
    readable: new ReadableStream<Uint8Array>(
      {
        async pull(controller) {
          try {
            started ??= start();
            const next = await (await started).read();
            if (!next.done) {
              controller.enqueue(next.value);
              return;
            }
            await stop(new DOMException(SERVICE_TEXTS.takesNoMore, 'AbortError'));
            controller.close();
          } catch (thrown) {
            await stop(thrown);
            throw thrown;
          }
        },
        async cancel(reason) {
          // Also ends a start that waits for records.
          await stop(reason);
          await started?.then((reader) => reader.cancel(reason)).catch(() => {});
        },
      },
      { highWaterMark: 0 },
    ),
  };
}

/** The records as they come. Ended early, it leaves the reader as it is: what then becomes of it is not the rows' to say. */
async function* readAll<T>(reader: ReadableStreamDefaultReader<T>): AsyncGenerator<T> {
  for (;;) {
    const next = await reader.read();
    if (next.done) return;
    yield next.value;
  }
}
