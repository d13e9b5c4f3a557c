// Looks at the start of a document and says where its records are, what they are made of and which columns they have.
import { inspectRecords, sampleError, scanSample } from '../../contract/json-inspection.ts';
import { pointerKeys, pointerText } from '../../contract/json-path.ts';
import { LAYOUT_WORDS, REMEDIES, valueWord } from '../../contract/json-source-texts.ts';
import { ExportError } from '../../contract/errors.ts';
import { placeIn } from '../../contract/json-document.ts';
import type { InspectContext, SourceInspection } from '../../contract/source-plugin.ts';
import { WRONG } from '../../table/json-scan.ts';
import { inspectColumns } from './columns.ts';
import { jsonOptions, type JsonOptions } from './options.ts';
import { proposeRecords } from './propose.ts';

const OPENING = { list: 91, entries: 123, columns: 123 } as const;

/** Proposals for everything the user left open. Throws ExportError for empty input and what is no JSON. */
export function inspectJson(context: InspectContext<JsonOptions>): SourceInspection<JsonOptions> {
  const options = { ...jsonOptions.defaults, ...context.given };
  const scan = scanSample(context);
  const given = options.path === null ? null : pointerKeys(options.path);
  const { path, at, layout, evidence } = proposeRecords(scan, options, given, context);
  const settled = { ...options, path: pointerText(path), layout };
  if (layout === 'list' || layout === 'entries' || layout === 'columns') {
    const first = scan.bytes[at];
    if (first !== OPENING[layout]) {
      const end = scan.value(at);
      if (end < 0) throw sampleError(scan, end, context);
      const { line, column } = placeIn(scan.bytes, at);
      throw new ExportError('read.json.wrong-layout', {
        expected: LAYOUT_WORDS[layout],
        found: valueWord(first),
        line,
        column,
      });
    }
    if (layout === 'columns')
      return {
        ...inspectColumns(scan, at, options.duplicateKeys, context),
        options: settled,
        evidence,
      };
  }
  const { keyColumn } = options;
  const found = inspectRecords(scan, layout, at, options, keyColumn, context);
  const isArrays = found.shape === 'arrays';
  if (layout === 'single' && path.length === 0 && context.isWhole) {
    const end = scan.space(scan.value(at));
    if (end < scan.to) {
      scan.unexpected('after', end);
      throw sampleError(scan, WRONG, context, REMEDIES.sequence);
    }
  }
  return {
    ...found.inspection,
    options: {
      ...settled,
      records: found.shape,
      header: isArrays ? (found.hasHeader ? 'present' : 'absent') : options.header,
    },
    evidence: [...evidence, ...found.evidence],
  };
}
