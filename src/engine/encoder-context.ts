// What an encoder is told of the plan whose rows it writes.
import type { EncodedTable, EncoderContext } from '../contract/encoder.ts';
import { sourceNames, type Plan } from './graph.ts';
import type { PlannedOutput } from './plan.ts';
import type { PlannedSplit } from './row-groups.ts';

/** The data sets as they stand in the files: without the columns that became folders. */
export const encodedTables = (
  { tables }: Pick<Plan, 'tables'>,
  split: PlannedSplit | null,
): EncodedTable[] =>
  tables.map(({ id, schema }, i) => ({
    name: id,
    schema: (i === 0 && split?.kept.schema) || schema,
  }));

/** The context of part `part`; `name` is that of the files. */
export function encoderContext(
  plan: Pick<Plan, 'config' | 'sources' | 'tables' | 'stepLines'>,
  output: PlannedOutput,
  split: PlannedSplit | null,
  { name, startedAtMs }: { name: string; startedAtMs: number },
  part: number,
): EncoderContext<unknown> {
  const { config } = plan;
  const tables = encodedTables(plan, split);
  return {
    options: output.formatOptions,
    schema: tables[0]!.schema,
    ...(tables.length > 1 && { tables }),
    name,
    timeZone: config.timeZone,
    charset: { ...output.config.charset, id: output.config.charset.id.toLowerCase() },
    startedAtMs,
    sourceName: sourceNames({ ...plan, output }),
    part,
  };
}
