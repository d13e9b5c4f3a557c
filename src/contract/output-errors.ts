// What can go wrong on the way out: encoding, packing, delivering, verifying.
import type { ErrorText } from './error-text.ts';

export const OUTPUT_ERRORS = {
  'encode.misfit': {
    sentence:
      '“{value}” on line {line} is not of type {type} (column “{column}”), and this run cannot be started again.',
    hint: 'Set the column’s type to text and run again.',
  },
  'encode.too-many-values': {
    sentence: 'The rows have more than {limit} different values of {columns} to be split by.',
    hint: 'Split by fewer columns or by a part of a date, or raise split.mostValues.',
  },
  'encode.value-too-long': {
    sentence: 'The value “{value}” of “{column}” is too long for the name of a folder.',
    hint: 'Split by another column, or let the values stand in the file names (they are shortened there).',
  },
  'encode.row-over-cap': {
    sentence: 'A file with a single row is larger than {limit}.',
    hint: 'Raise the most bytes of a file, or leave out the columns with the longest values.',
  },
  'encode.name-repeated': {
    sentence: 'Two files would be called {name}.',
    hint: 'Add {part} or more of the values to the name pattern.',
  },
  'encode.charset-loss': {
    sentence: 'The charset {charset} has no {character}, met in “{context}”.',
    hint: 'Choose UTF-8, or let such characters be replaced, escaped or transliterated (they are counted).',
  },
  'encode.csv.needs-quotes': {
    sentence:
      'Row {row}, column “{column}” contains a delimiter, quote or line break, and quoting is off.',
    hint: 'Allow quotes, or choose to escape or replace such characters.',
  },
  'encode.csv.too-wide': {
    sentence: 'Row {row}, column “{column}”: {size} characters do not fit a width of {width}.',
    hint: 'Make the column wider, or cut texts that are too long (numbers and dates never are).',
  },
  'encode.csv.line-break': {
    sentence: 'Row {row}, column “{column}” contains a line break, and each row is one line.',
    hint: 'Write a space instead of line breaks, or choose the layout with delimiters.',
  },
  'encode.json.group-apart': {
    sentence: 'The group “{group}” of “{column}” comes again in row {row}, after others.',
    hint: 'Sort by the columns that group, in their order, before the rows are written.',
  },
  'encode.json.bad-geometry': {
    sentence: '“{value}” is no place (column “{column}”, row {row}): {detail}.',
    hint: 'Check which columns hold the coordinates, or let wrong ones be left out.',
  },
  'encode.json.key-repeated': {
    sentence: 'The key “{key}” of “{column}” comes again in row {row}.',
    hint: 'Choose a column whose values differ, or what becomes of repeated keys.',
  },
  'encode.json.too-many-keys': {
    sentence: '“{what}” has more keys than {limit} bytes of memory hold.',
    hint: 'Raise limits.memoryBytes, write the rows as a list (without a key), or choose another structure.',
  },
  'encode.json.not-a-number': {
    sentence: 'JSON has no {value} (column “{column}”, row {row}).',
    hint: 'Choose what non-finite numbers become.',
  },
  'encode.excel.too-many-rows': {
    sentence: 'There are more rows than the {limit} that fit on a sheet.',
    hint: 'Let further sheets take the rest, or split the output.',
  },
  'encode.excel.too-many-sheets': {
    sentence: '“{column}” has more than {limit} values, and each would be a sheet.',
    hint: 'Allow more sheets, or choose a column with fewer values.',
  },
  'encode.excel.text-too-long': {
    sentence: 'A text of “{column}” in row {row} has more than the {limit} characters of a cell.',
    hint: 'Let long texts be cut off, or choose another format.',
  },
  'encode.excel.no-such-day': {
    sentence: 'Excel cannot count to {value} (column “{column}”, row {row}).',
    hint: 'Choose what dates outside of its years become, or write dates as text.',
  },
  'encode.excel.not-a-number': {
    sentence: 'Excel has no {value} (column “{column}”, row {row}).',
    hint: 'Choose what non-finite numbers become.',
  },
  'encode.excel.template': {
    sentence: 'The template “{name}” cannot be filled: {detail}.',
    hint: 'Change the template, or say where its rows go (templateTarget).',
  },
  'encode.excel.image': {
    sentence: 'The image “{name}” cannot be placed: {detail}.',
    hint: 'Choose a PNG, JPEG or GIF.',
  },
  'encode.avro.out-of-range': {
    sentence:
      'A time in column “{column}”, row {row}, is too far away for the unit it is written in.',
    hint: 'Write timestamps in another unit, or as text.',
  },
  'encode.sqlite.key-order': {
    sentence: 'The primary key “{column}” of row {row} is not larger than the one before it.',
    hint: 'Sort by “{column}” and remove rows that repeat it before they are written, or write no primary key.',
  },
  'encode.sqlite.key-null': {
    sentence: 'The primary key “{column}” of row {row} has no value.',
    hint: 'Choose a column that always has one, or write no primary key.',
  },
  'encode.xml.illegal-character': {
    sentence: 'XML has no {character} (column “{column}”, row {row}).',
    hint: 'Choose what characters that XML lacks become.',
  },
  'encode.sql.nul-character': {
    sentence: 'PostgreSQL has no U+0000 (column “{column}”, row {row}).',
    hint: 'Choose what NUL characters become.',
  },
  'encode.sql.unheld-value': {
    sentence: '{database} cannot hold {value} (column “{column}”, row {row}).',
    hint: 'Let such values be NULL (they are counted), or set the type of the column to text.',
  },
  'encode.sql.value-too-long': {
    sentence: 'The value of “{column}” in row {row} has more than {limit} {what}.',
    hint: 'Allow longer texts, leave the column out of the key, or give it a type of its own.',
  },
  'encode.sql.statement-too-long': {
    sentence: 'Row {row} alone makes a statement of {size} bytes; at most {limit} were allowed.',
    hint: 'Allow longer statements.',
  },
  'encode.parquet.misfit': {
    sentence: '“{value}” in row {row} is no {type} (column “{column}”).',
    hint: 'Correct the value, or give the column another type in the schema of the output.',
  },
  'encode.parquet.null': {
    sentence: 'Row {row} has no value in “{column}”, which the schema requires.',
    hint: 'Filter such rows out, fill in a value, or do not require one.',
  },
  'pack.zip.name-repeated': {
    sentence: 'Two entries of the archive would be called {name}.',
    hint: 'Add {part} to the name pattern.',
  },
  'pack.zip.bad-name': {
    sentence: '“{name}” cannot be the name of an archive entry.',
    hint: 'Use a relative name without “..”.',
  },
  'deliver.exists': {
    sentence: '{name} already exists.',
    hint: 'Choose another name, or allow it to be replaced or renamed.',
  },
  'deliver.append-differs': {
    sentence:
      'Rows cannot be appended to {name}: it begins otherwise than this export (its columns, delimiter, quotes or charset).',
    hint: 'Replace the file, or export with the columns and options it has.',
  },
  'deliver.denied': {
    sentence: 'There is no permission to write {name}.',
    hint: 'Allow writing when asked, or choose a place you may write to.',
  },
  'deliver.no-space': {
    sentence: 'There is no space left for {name} after {written} bytes.',
    hint: 'Free some space or choose another place; nothing half-written was kept.',
  },
  'deliver.failed': {
    sentence: 'Writing {name} failed: {detail}',
    hint: 'Nothing half-written was kept; choose another place or try again.',
  },
  'deliver.reader-gone': {
    sentence: 'The program that was reading {name} has ended.',
    hint: 'What it has read is incomplete, unless it wanted no more.',
  },
  'deliver.one-file-only': {
    sentence: 'The export makes {count} files, and this destination takes one.',
    hint: 'Choose a folder (a path that ends with /), or pack the files into one zip: only parts by size are zips of their own.',
  },
  'deliver.http.unreachable': {
    sentence: '{address} could not be reached: {detail}',
    hint: '{remedy}',
  },
  'deliver.http.cors': {
    sentence:
      'This page got no answer from {address}: its server does not answer, or does not let pages of other addresses send to it. The file may have arrived all the same.',
    hint: 'If the address is right, its server has to answer with “Access-Control-Allow-Origin: {origin}”, “Access-Control-Allow-Methods: {method}” and “Access-Control-Allow-Headers: {headers}”; or use the command line, which needs no such permission.',
  },
  'deliver.http.status': {
    sentence: '{address} answered {status}{said}.',
    hint: '{remedy}',
  },
  'deliver.http.partial': {
    sentence: '{sent} of {count} files were sent ({names}), then it failed: {detail}',
    hint: 'What was sent stays there. {remedy}',
  },
  'deliver.too-large': {
    sentence: 'The export is larger than {limit}, the most this destination takes.',
    hint: 'Choose a file or folder instead.',
  },
  'verify.mismatch': {
    sentence: '{name} was read back with another checksum than was written.',
    hint: 'The stored copy is damaged: do not use it; run the export again, to another place if it happens twice.',
  },
  'verify.differs': {
    sentence: '{name} has another checksum than the one it was compared with.',
    hint: 'The file was changed or damaged since that checksum was made, or it is another file.',
  },
  'verify.values': {
    sentence: '{name} was read back, and {what} is {found}; {expected} was written.',
    hint: 'Do not use the file. Run the export again; if it differs again, please report it with the options that were set.',
  },
  'verify.no-receipt': {
    sentence: '{name} is no receipt of an export.',
    hint: 'Give the report that a run wrote with --report, or that the page saved.',
  },
  'verify.not-in-receipt': {
    sentence: 'The receipt has no file called {name}.',
    hint: 'Give the file under the name it was written with, or the receipt of its own run.',
  },
  'verify.unreadable': {
    sentence: '{name} was written but cannot be read: {detail}',
    hint: 'Do not use the file. Run the export again; if it happens again, please report it with the options that were set.',
  },
  'verify.size': {
    sentence: '{name} was read back with {found} bytes; {expected} were written.',
    hint: 'The stored copy is damaged: do not use it; run the export again.',
  },
} as const satisfies Record<string, ErrorText>;
