// The csv encoder: checks the options, and opens the writer of their layout.
import type { FormatModule } from '../../contract/format-plugin.ts';
import { rejectFindings } from '../../contract/reject-findings.ts';
import { openHeldBack } from './aligned.ts';
import { optionErrors } from './check.ts';
import { openDelimited } from './delimited.ts';
import type { CsvOptions } from './options.ts';

export const csvModule: FormatModule<CsvOptions> = {
  openEncoder(context) {
    rejectFindings(optionErrors(context.options, context.schema));
    return openDelimited(context);
  },
  openStream(context, room) {
    rejectFindings(optionErrors(context.options, context.schema));
    return openHeldBack(context, room);
  },
};
