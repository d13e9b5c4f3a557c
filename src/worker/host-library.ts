// What a host program imports in the page and in Node alike: exports, streams, and the types around them.
export {
  createExportService,
  type ExportResult,
  type ExportService,
  type ExportStatus,
  type ExportStores,
} from './export-service.ts';
export type { ConfigOverrides } from './override-config.ts';
export { createStream, type RecordStream } from './record-stream.ts';
export {
  bindRows,
  type FetchPage,
  type HostPage,
  type HostRecord,
  type HostRows,
  type RowsOptions,
} from './rows.ts';
export { createConfig, createTablesConfig, type ExportConfig } from '../contract/config.ts';
export { ExportError } from '../contract/errors.ts';
export { formatFilter, parseFilter } from '../contract/filter-text.ts';
export {
  aggregate,
  aggregations,
  and,
  buildFilter,
  filters,
  filterStep,
  groupBy,
  not,
  or,
  timeBucket,
  type Aggregation,
  type AggregationConfig,
  type TimeStep,
  type DataFilter,
  type FieldName,
  type FilterCriterion,
  type FilterOperator,
  type Grouping,
  type TimeBucket,
} from '../contract/service-steps.ts';
export type { Bindings } from '../contract/bindings.ts';
export type { FilterExpression } from '../contract/filter.ts';
export type {
  ExportHistoryEntry,
  ExportStore,
  ExportTemplate,
  HistoryFilter,
  HistoryOutcome,
  HistoryStore,
  ListedTemplate,
  Persistence,
  Retention,
  StoreChange,
  StoredTemplate,
  TemplateDraft,
  TemplateImport,
  TemplateStore,
  UnreadableTemplate,
} from '../contract/store.ts';
export type { Progress, Report } from '../contract/report.ts';
export type { Catalogue, Engine, Inspection, Preview, RunOptions } from '../contract/verbs.ts';
