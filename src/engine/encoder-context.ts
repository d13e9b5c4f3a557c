// What an encoder is told of the plan whose rows it writes.
import type { EncoderContext } from '../contract/encoder.ts';
import { sourceNames, type Plan } from './graph.ts';
import type { PlannedOutput } from './plan.ts';
import type { PlannedSplit } from './row-groups.ts';

/** The context of part `part`; `name` is that of the files. */
export function encoderContext(
  plan: Pick<Plan, 'config' | 'sources' | 'tables' | 'stepLines'>,
  output: PlannedOutput,
  split: PlannedSplit | null,
  { name, startedAtMs }: { name: string; startedAtMs: number },
  part: number,
): EncoderContext<unknown> {
  const { config, tables } = plan;
  return {
    options: output.formatOptions,
    schema: split?.kept.schema ?? tables[0]!.schema,
    ...(tables.length > 1 && { tables: tables.map(({ id, schema }) => ({ name: id, schema })) }),
    name,
    timeZone: config.timeZone,
    charset: { ...output.config.charset, id: output.config.charset.id.toLowerCase() },
    startedAtMs,
    sourceName: sourceNames({ ...plan, output }),
    part,
  };
}
