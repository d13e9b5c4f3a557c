// What can be said about ndjson options and columns before the run.
import { checkGeo } from '../../contract/geojson.ts';
import { checkJsonValues } from '../../contract/json-values.ts';
import type { FormatFinding } from '../../contract/format-finding.ts';
import type { Schema } from '../../table/data-type.ts';
import type { NdjsonOptions } from './options.ts';

/** Conflicts and losses of these options for these columns. */
export function checkNdjson(options: NdjsonOptions, schema: Schema): FormatFinding[] {
  const findings = checkJsonValues(options, schema);
  if (options.structure === 'records') return findings;
  if (options.shape === 'arrays')
    findings.push({
      severity: 'error',
      option: 'shape',
      code: 'json.structure-needs-objects',
      sentence: 'The properties of a feature are an object.',
      remedy: { title: 'Write records as objects', options: { shape: 'objects' } },
    });
  return [...findings, ...checkGeo(options, schema)];
}
