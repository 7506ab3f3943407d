export { alwaysOpen, type Calendar, calendarOf, weekdays } from './calendar.js'
export { concatBars } from './concat.js'
export { type CorruptionOptions, findCorruption } from './corruption.js'
export { type CsvOptions, type CsvReader, createCsvReader, parseCsv } from './csv.js'
export { DataError, type DataErrorCode, type DataErrorOptions, type FileErrorCode } from './dataError.js'
export { describeIssue } from './describeIssue.js'
export { type FilledBars, type FillOptions, fillGaps } from './fill.js'
export { type DataRequest, findGaps, type GapOptions, type RequestOptions, requestsFor } from './gaps.js'
export type {
  BarDefect,
  BarIssue,
  BucketIssue,
  CorruptionIssue,
  DataIssue,
  FileIssue,
  GapIssue,
  IssueLevel,
  OmittedIssue,
  RowDefect,
  RowIssue,
  SyntheticIssue,
} from './issue.js'
export { type CleanBars, type CleanOptions, cleanBars, runStages } from './pipeline.js'
export { measureQuality, type Quality } from './quality.js'
export { type RepairOptions, repairBars } from './repair.js'
export { type ResampleOptions, resampleBars } from './resample.js'
export type { CheckedBars, Stage } from './stage.js'
export { type ValidateOptions, validateBars } from './validate.js'
