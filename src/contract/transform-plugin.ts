// What a step promises: batches in, batches out.
import type { Batch } from '../table/batch.ts';
import type { Schema } from '../table/data-type.ts';
import type { Limits } from './config.ts';
import type { FilterExpression } from './filter.ts';
import type { OptionSet } from './options.ts';
import type { CardTexts } from './plugin-card.ts';
import type { Loss, Reject } from './report.ts';
import type { RowScreen } from './row-screen.ts';
import type { Scratch } from './scratch.ts';

export interface TransformContext<O> {
  options: O;
  /** Id of the data set the step stands in. */
  dataset: string;
  /** Schema of the incoming batches. */
  schema: Schema;
  /** The data sets that the card's `takes` named, in that order. */
  others: readonly OtherDataset[];
  /** What the module's `survey` gave; missing where it gave none. */
  surveyed?: unknown;
  timeZone: string;
  /** The run's clock in ms since 1970: what `now` and `today` mean. */
  startedAtMs: number;
  /** Seed of everything random in this step. */
  seed: number;
  /** The value of a secret the options name (`{secret: 'id'}`); throws `config.secret-missing`. */
  secret(id: string): string;
  scratch: Scratch;
  limits: Limits;
  signal: AbortSignal;
  reject(reject: Reject): void;
  /** Values changed, counted by code and column. */
  lose(loss: Loss): void;
  /**
   * Rows taken that the step leaves out because it was asked to (a filter, a limit): told before the next batch is asked
   * for. Rows taken = rows given + filtered + rejected, or the run's audit does not balance.
   */
  filtered(rowCount: number): void;
  /** Rows taken that went into others (groups, matches), and rows given that stood nowhere before: the same equation. */
  merged(rowCount: number): void;
  added(rowCount: number): void;
}

/** Another data set a step reads beside the one it stands in. Its rows count as taken. */
export interface OtherDataset {
  id: string;
  schema: Schema;
  /** Once. */
  open(): AsyncIterable<Batch>;
}

export interface Transform {
  /** Schema of the outgoing batches. */
  schema: Schema;
  /** Rows in are selected rows; a transform that only drops rows writes `selection`. Returning early ends reading. */
  apply(batches: AsyncIterable<Batch>): AsyncIterable<Batch>;
  /** Incoming columns that must be right for these outgoing ones to be; missing = all. */
  needs?(wanted: ReadonlySet<number>): ReadonlySet<number>;
  /** Every row that is not so is left out, whatever else: sources may skip such rows. Over the incoming schema. */
  only?: FilterExpression;
  /** The same, asked of rows; over the incoming schema. The step may be given batches without rows then. */
  screen?: RowScreen;
}

export interface TransformCard<O = any> extends CardTexts {
  id: string;
  options: OptionSet<O>;
  /** Ids of the data sets the step reads beside its own; missing = none. */
  takes?(options: O): string[];
  /**
   * A part of the rows tells of all: what comes of twice as many is about twice as much. Missing = it does not (a sum, a choice
   * among all rows).
   */
  scales?(options: O): boolean;
  /** The step lets rows through by their place alone: none before `offset`, then at most `limit` (null: all). */
  rowRange?(options: O): { offset: number; limit: number | null };
  load(): Promise<TransformModule<O>>;
}

export interface TransformModule<O> {
  /** Opens the step; throws ExportError for options that do not fit the schema. */
  open(context: TransformContext<O>): Transform;
  /**
   * For steps whose columns depend on values: looks through the incoming rows while the plan is made, which reads them once
   * more (the first ones alone where nothing is written). Null: these options need none.
   */
  survey?(context: SurveyContext<O>): Promise<unknown> | null;
}

export interface SurveyContext<O> {
  options: O;
  /** Schema of the incoming batches. */
  schema: Schema;
  signal: AbortSignal;
  /** The incoming rows. Once. */
  open(): AsyncIterable<Batch>;
}
