// What can be said about the templates and columns before the run.
import type { FormatFinding } from '../../contract/format-finding.ts';
import type { Schema } from '../../table/data-type.ts';
import type { TextOptions } from './options.ts';
import {
  type Node,
  parseTemplate,
  type Place,
  TemplateProblem,
} from '../../contract/template-text.ts';

const PLACES: readonly Place[] = ['prefix', 'row', 'suffix'];

/** The templates read, or what is wrong with them. */
export function readTemplates(
  options: TextOptions,
  schema: Schema,
): { nodes: Readonly<Record<Place, Node[]>>; findings: FormatFinding[] } {
  const names = schema.fields.map(({ name }) => name);
  const nodes: Record<Place, Node[]> = { prefix: [], row: [], suffix: [] };
  const findings: FormatFinding[] = [];
  for (const place of PLACES)
    try {
      nodes[place] = parseTemplate(options[place], place, names);
    } catch (thrown) {
      if (!(thrown instanceof TemplateProblem)) throw thrown;
      findings.push({
        severity: 'error',
        option: place,
        code: 'text.template',
        sentence: thrown.message,
        remedy: { title: thrown.remedy, options: {} },
      });
    }
  return { nodes, findings };
}
