// The one error class of the product: a stable code with parameters; the sentence and hint come from the one list.
import { ERROR_TEXTS, type ErrorCode } from './error-codes.ts';

export type ErrorParameters = Readonly<Record<string, string | number>>;

/** An error as plain JSON, for reports, logs and the way out of a worker. */
export interface ErrorData {
  code: ErrorCode;
  parameters: ErrorParameters;
  sentence: string;
  hint: string;
  /** Id of the step of the plan that it came from. */
  step?: string;
  /** What lay behind it, for logs; may name internals. */
  cause?: string;
}

/** Puts parameters into a text: `{name}` becomes the parameter, unknown ones stay as they are. */
export function fillText(text: string, parameters: ErrorParameters): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) =>
    Object.hasOwn(parameters, name) ? String(parameters[name]) : whole,
  );
}

/** The text with its full stop, which details that end a sentence may lack. */
function ended(text: string): string {
  return /[.!?…)]$/.test(text) ? text : `${text}.`;
}

/** Text shown in messages: long or multi-line values are cut to `max` characters with an ellipsis. */
export function shorten(value: string, max = 80): string {
  const flat = value.replace(/\s+/g, ' ');
  return flat.length > max ? `${flat.slice(0, max - 1)}…` : flat;
}

/** Every failure a user can meet. */
export class ExportError extends Error {
  readonly code: ErrorCode;
  readonly parameters: ErrorParameters;
  readonly hint: string;
  /** Id of the step of the plan that it came from, noted by whoever runs the step. */
  step: string | undefined;

  constructor(code: ErrorCode, parameters: ErrorParameters = {}, options?: { cause?: unknown }) {
    super(ended(fillText(ERROR_TEXTS[code].sentence, parameters)), options);
    this.name = 'ExportError';
    this.code = code;
    this.parameters = parameters;
    this.hint = ended(fillText(ERROR_TEXTS[code].hint, parameters));
  }

  /** Plain JSON of this error. */
  toJSON(): ErrorData {
    const data: ErrorData = {
      code: this.code,
      parameters: this.parameters,
      sentence: this.message,
      hint: this.hint,
    };
    if (this.step !== undefined) data.step = this.step;
    if (this.cause !== undefined) data.cause = String(this.cause);
    return data;
  }

  /** The error a worker or report described. */
  static from(data: ErrorData): ExportError {
    const error = new ExportError(
      data.code,
      data.parameters,
      data.cause === undefined ? undefined : { cause: data.cause },
    );
    error.step = data.step;
    return error;
  }
}

/** Any thrown thing as an ExportError; unknown ones become `run.unexpected`. */
export function asExportError(thrown: unknown): ExportError {
  if (thrown instanceof ExportError) return thrown;
  const detail = thrown instanceof Error ? thrown.message : String(thrown);
  return new ExportError('run.unexpected', { detail }, { cause: thrown });
}

/** Whether a thrown thing only says that the caller cancelled. */
export function isAbort(thrown: unknown): boolean {
  return thrown instanceof Error && thrown.name === 'AbortError';
}
