// A pair of streams for hosts that produce records as they go: records in, the file's bytes out.
import { createConfig, type OutputConfig, type PartConfig } from '../contract/config.ts';
import type { ExportService } from './export-service.ts';
import { bindRows, type HostRecord, type RowsOptions } from './rows.ts';

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
  let reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  const start = async (): Promise<ReadableStreamDefaultReader<Uint8Array>> => {
    const rows = await bindRows(iterateStream(records.readable), options.rows);
    const config = createConfig({
      source: { kind: 'rows', from: { binding: 'records' } },
      format,
      delivery: { id: 'stream', options: {} },
      ...(options.output && { output: options.output }),
    });
    return service.streamExport(config, { rows: { records: rows } }).getReader();
  };
  return {
    writable: records.writable,
    readable: new ReadableStream<Uint8Array>(
      {
        async pull(controller) {
          reader ??= await start();
          const next = await reader.read();
          if (next.done) controller.close();
          else controller.enqueue(next.value);
        },
        cancel: (reason) => reader?.cancel(reason),
      },
      { highWaterMark: 0 },
    ),
  };
}

/** Not every browser's ReadableStream can be iterated. */
async function* iterateStream<T>(stream: ReadableStream<T>): AsyncGenerator<T> {
  const reader = stream.getReader();
  try {
    for (;;) {
      const next = await reader.read();
      if (next.done) return;
      yield next.value;
    }
  } finally {
    await reader.cancel();
  }
}
