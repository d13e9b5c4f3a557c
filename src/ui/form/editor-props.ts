// What every editor of an option gets from the field around it.
import type { OptionField } from '../../contract/options.ts';
import type { CheckIssue, CheckResult } from '../../contract/verbs.ts';
import type { Given } from './object-model.ts';
import type { ControlIds } from './OptionRow.tsx';

export interface EditorProps {
  field: OptionField;
  value: unknown;
  /** All options as they stand: what one offers may depend on others. */
  options: Readonly<Record<string, unknown>>;
  ids: ControlIds;
  /** `part`: what of the value it is that changes; changes of one part in a row are undone as one. */
  onChange: (value: unknown, part?: string) => void;
  /** Id of the plug-in, where secrets are typed that the plan holds only names of. */
  owner?: string | undefined;
  /** Tells what is wrong with text that is no value yet; null once it is one. */
  onProblem: (problem: string | null) => void;
}

/** What editors of columns and objects get besides. */
export interface PartProps extends EditorProps {
  /** Of the output, in order. */
  columns: CheckResult['columns'];
  /** The table whose columns alone are meant, where one is. */
  table?: unknown;
  /** What is wrong inside of the value, by its path in there: `['0', 'style', 'fill']`. */
  inner: readonly InnerIssue[];
}

export interface InnerIssue {
  at: readonly string[];
  issue: CheckIssue;
}

/** What the parts of an object are edited with. */
export interface ObjectProps extends Pick<PartProps, 'options' | 'columns' | 'table' | 'inner'> {
  given: Given;
  onChange: (given: Given, part?: string) => void;
}
