// What an output does where a file of its name is there already, and when it cannot.
import type { IfExists } from '../contract/config.ts';
import type { DeliveryContext } from '../contract/delivery-plugin.ts';
import { isNumbered, lateVariables } from './naming.ts';
import type { PlannedOutput } from './plan.ts';
import { EXISTING_TEXTS } from './texts.ts';

/** What a delivery is told; what it does not know of itself is settled for each file. */
export function deliveryRule(ifExists: IfExists): DeliveryContext<unknown>['ifExists'] {
  return ifExists === 'replace' || ifExists === 'rename' ? ifExists : 'fail';
}

/** Why rows cannot go behind those of an old file; null where they can. */
export function whyNoAppend(output: PlannedOutput): string | null {
  const { config, format, formatOptions, archive, codec, container } = output;
  if (archive !== null || codec !== null || config.encryption !== null || container !== null)
    return EXISTING_TEXTS.packed;
  if (format.appends?.(formatOptions) !== true) return EXISTING_TEXTS.noAppend(format.title);
  if (isNumbered(config)) return EXISTING_TEXTS.numbered;
  if (config.manifest === true) return EXISTING_TEXTS.manifest;
  if (lateVariables(config).length > 0) return EXISTING_TEXTS.late;
  return null;
}

export function canAppend(output: PlannedOutput): boolean {
  return whyNoAppend(output) === null;
}
