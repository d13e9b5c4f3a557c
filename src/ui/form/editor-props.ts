// What every editor of an option gets from the field around it.
import type { OptionField } from '../../contract/options.ts';
import type { ControlIds } from './OptionRow.tsx';

export interface EditorProps {
  field: OptionField;
  value: unknown;
  /** All options as they stand: what one offers may depend on others. */
  options: Readonly<Record<string, unknown>>;
  ids: ControlIds;
  onChange: (value: unknown) => void;
  /** Tells what is wrong with text that is no value yet; null once it is one. */
  onProblem: (problem: string | null) => void;
}
