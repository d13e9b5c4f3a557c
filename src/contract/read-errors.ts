// What can go wrong while a source is opened and read.
import type { ErrorText } from './error-text.ts';

export const READ_ERRORS = {
  'read.open-failed': {
    sentence: 'The source {name} could not be opened: {detail}',
    hint: 'Check that it exists and that you may read it.',
  },
  'read.failed': {
    sentence: 'Reading {name} stopped at byte {offset}: {detail}',
    hint: 'The file may have changed or gone since it was chosen; choose it again.',
  },
  'read.changed': {
    sentence: '{name} changed while it was being read.',
    hint: 'Run the export again once the file is at rest.',
  },
  'read.empty': {
    sentence: '{name} is empty.',
    hint: 'Choose a file with content, or set the column names yourself.',
  },
  'read.web-page': {
    sentence: '{name} is a web page{called}, not data.',
    hint: '{remedy}',
  },
  'read.no-tables': {
    sentence: '{name} holds no table.',
    hint: 'Choose another file.',
  },
  'read.unknown-table': {
    sentence: '{name} has no table “{table}”.',
    hint: 'Choose one of: {known}.',
  },
  'read.sqlite.not-a-database': {
    sentence: '{name} is not a SQLite database, or it is encrypted.',
    hint: 'Choose a database file of SQLite 3; an encrypted one must be decrypted first.',
  },
  'read.sqlite.utf-16': {
    sentence: '{name} holds its texts in UTF-16, which cannot be read here.',
    hint: 'Write it anew in UTF-8: sqlite3 old.db .dump | sqlite3 new.db',
  },
  'read.sqlite.damaged': {
    sentence: '{name} cannot be read as a database: {detail}',
    hint: 'Check the file with “PRAGMA integrity_check”, or copy it again from where it came from.',
  },
  'read.sqlite.wal': {
    sentence: '{name} is not whole: changes to it still stand in {log} beside it.',
    hint: 'Close the program that uses it, or open it once with sqlite3 and run “PRAGMA wal_checkpoint(TRUNCATE)”; to read it without those changes, copy {name} alone.',
  },
  'read.sqlite.query': {
    sentence: 'The query on {name} cannot be used: {detail}',
    hint: 'Write one SELECT in the SQL of SQLite.',
  },
  'read.sqlite.too-slow': {
    sentence: 'The table, view or query of {name} gave no row for {time}.',
    hint: 'Ask for less at once, or set limits.timeoutMs to how long the run may take.',
  },
  'read.sqlite.invalid-text': {
    sentence: 'Column “{column}” of {name} holds text that is not valid UTF-8.',
    hint: 'Read it as bytes: SELECT CAST(… AS BLOB) for that column.',
  },
  'read.binary': {
    sentence: '{name} does not look like text: byte {byte} at offset {offset}.',
    hint: 'Choose a text file (workbooks and archives: the table inside, saved as text), or the charset it was written in. A CSV with NUL characters in its texts is read when they are to be kept (nulCharacters).',
  },
  'read.charset.invalid': {
    sentence: '{name} is not valid {charset} at byte {offset} (line {line}).',
    hint: 'Choose the charset the file was written in (often Windows-1252 when only a few bytes are wrong), or let invalid bytes be replaced or read as Latin-1; they are counted.',
  },
  'read.charset.unknown': {
    sentence: 'The charset “{charset}” is not known.',
    hint: 'Use one of: {known}.',
  },
  'read.http.unreachable': {
    sentence: '{address} could not be reached: {detail}',
    hint: 'Check the address and the connection, and run again.',
  },
  'read.http.cors': {
    sentence:
      '{address} cannot be read from this page: its server does not answer, or does not let pages of other addresses read it.',
    hint: 'If the address is right, its server has to answer with “Access-Control-Allow-Origin: {origin}”{more}; or use the command line, which needs no such permission.',
  },
  'read.http.status': {
    sentence: '{address} answered {status}.',
    hint: '{remedy}',
  },
  'read.http.timeout': {
    sentence: '{address} sent nothing for {seconds} seconds.',
    hint: 'Try again later, or raise the option “timeoutSeconds” of the address.',
  },
  'read.http.redirect': {
    sentence: '{address} leads elsewhere: {detail}',
    hint: '{remedy}',
  },
  'read.http.cut': {
    sentence: 'The answer of {address} broke off after {received} bytes{expected}.',
    hint: 'Run the export again; if it happens again, raise the option “retries” of the address.',
  },
  'read.http.page-too-large': {
    sentence: 'A page of {address} is larger than {limit}.',
    hint: 'Ask for fewer rows in a page, or raise limits.recordBytes.',
  },
  'read.http.paging': {
    sentence: 'The next page of {address} cannot be found: {detail}',
    hint: '{remedy}',
  },
  'read.gzip.corrupt': {
    sentence: '{name} is not intact gzip data: {detail}',
    hint: 'Fetch or pack the file again.',
  },
  'read.folder-empty': {
    sentence: 'There are no files in “{name}”.',
    hint: 'Choose a folder that holds some; hidden ones do not count.',
  },
  'read.files.none': {
    sentence: '{detail}',
    hint: '{remedy}',
  },
  'read.files.choose': {
    sentence: '{name} holds {count} files that could be meant: {known}.',
    hint: 'Choose one of them, or all as one table. In a plan: files.match is its name, “**” means all.',
  },
  'read.files.differ': {
    sentence: '{name} {verb} the column “{column}”, which {first} {other}.',
    hint: 'Take the columns of all files (files.columns: union), or only those of the first (first).',
  },
  'read.unpack.corrupt': {
    sentence: '{name} is not intact {codec} data: {detail}',
    hint: 'Fetch or pack the file again.',
  },
  'read.unpack.encrypted': {
    sentence: '“{entry}” in {name} is encrypted.',
    hint: 'Unpack it with its password, and choose the file itself.',
  },
  'read.unpack.unknown-method': {
    sentence: '“{entry}” in {name} is packed with {method}, which is not known here.',
    hint: 'Unpack it with the program that packed it, and choose the file itself.',
  },
  'read.unpack.too-large': {
    sentence: '{name} unpacks to more than {limit}.',
    hint: 'Raise limits.{option} if you trust the file.',
  },
  'read.lines-too-large': {
    sentence:
      'The last lines, {count} of which are to be left out, are together larger than {limit}.',
    hint: 'Set skipLastLines to the number of lines below the table; if they really are so long, raise limits.recordBytes.',
  },
  'read.csv.unclosed-quote': {
    sentence: 'A quoted field that opens on line {line}, column {column}, never closes.',
    hint: 'Close the quote, or set another quote character (or none).',
  },
  'read.csv.stray-quote': {
    sentence: 'Text follows a closing quote on line {line}, column {column}.',
    hint: 'Double the quotes inside the field, or set the quote or escape character the file uses.',
  },
  'read.csv.ragged-row': {
    sentence: 'The number of fields on line {line} is {found}; the header has {expected}.',
    hint: 'Correct the line, choose what happens to rows of another length (pad, reject), or leave lines out that stand above or below the table (skipLines, skipLastLines).',
  },
  'read.csv.record-too-large': {
    sentence: 'The record that starts on line {line} is larger than {limit}.',
    hint: 'If the file really has such records, raise limits.recordBytes; otherwise the line end or quote setting does not fit the file.',
  },
  'read.csv.too-many-columns': {
    sentence: 'The first record has {found} columns; the limit is {limit}.',
    hint: 'Raise limits.columns, or check the delimiter.',
  },
  'read.csv.same-characters': {
    sentence: 'The {first} and the {second} are the same character.',
    hint: 'Choose two different characters.',
  },
  'read.fixed-width.record-too-large': {
    sentence: 'Line {line} is larger than {limit}.',
    hint: 'If the file really has such lines, raise limits.recordBytes; otherwise it is no text of lines.',
  },
  'read.fixed-width.short-line': {
    sentence: 'Line {line} ends after {found}, before the column “{column}” begins.',
    hint: 'Set raggedRows to pad where blanks at the ends of lines were cut off (missing fields are null), or correct the columns.',
  },
  'read.fixed-width.outside': {
    sentence: 'Line {line} has text at place {place}, outside of all columns: “{value}”.',
    hint: 'Correct the columns, or set outside to any where what stands between and behind them does not matter.',
  },
  'read.sql.syntax': {
    sentence: '{name} cannot be read as SQL from line {line} on: {detail}.',
    hint: 'Correct the line, choose the dialect (backslashes are escapes in some), or have the script written again.',
  },
  'read.sql.expression': {
    sentence:
      'Line {line} has “{value}” for the column “{column}”: only a database could work that out.',
    hint: 'Have the values written into the script, or let such rows be left out and listed (badRows: reject).',
  },
  'read.sql.raw-bytes': {
    sentence:
      'Line {line} has bytes as they are for the column “{column}”, which reading the script as text may have changed.',
    hint: 'Have bytes written in hexadecimal (mysqldump --hex-blob), or let such rows be left out and listed (badRows: reject).',
  },
  'read.sql.row-length': {
    sentence: 'The row on line {line} has {found} for {expected}: “{value}”.',
    hint: 'Correct the line, or let such rows be left out and listed (badRows: reject).',
  },
  'read.sql.query': {
    sentence:
      'The statement on line {line} takes its rows from a query, which is not run here: “{value}”.',
    hint: 'Have the rows written into the script, or let such statements be left out and listed (badRows: reject).',
  },
  'read.sql.new-column': {
    sentence:
      'The statement on line {line} names a column “{column}” that no statement before it has.',
    hint: 'Read the script from a file, so that reading can begin again with that column.',
  },
  'read.sql.record-too-large': {
    sentence: 'The row or word that starts on line {line} is larger than {limit}.',
    hint: 'If the script really has such values, raise limits.recordBytes; otherwise the dialect does not fit it.',
  },
  'read.sql.beyond-sample': {
    sentence: 'The first {size} of {name} hold no rows or columns of {what}.',
    hint: 'Raise limits.recordBytes to look further, or choose a table that the script begins with.',
  },
  'read.sql.too-many-columns': {
    sentence: 'The table has {found} columns; the limit is {limit}.',
    hint: 'Raise limits.columns.',
  },
  'read.text.misfit': {
    sentence: 'The row on line {line} does not fit the template: {detail}.',
    hint: 'Correct the template, or set raggedRows to reject, which leaves such rows out and lists them.',
  },
  'read.text.prefix': {
    sentence: '{name} does not begin with the text before the rows: {detail}.',
    hint: 'Correct prefix, or leave it empty where nothing stands before the rows.',
  },
  'read.text.suffix': {
    sentence: '{name} does not end with the text after the rows.',
    hint: 'Correct suffix, or leave it empty where nothing stands after the rows; if it should be there, the file was cut off.',
  },
  'read.text.record-too-large': {
    sentence: 'The row on line {line} is larger than {limit}.',
    hint: 'Look whether separator is what stands between the rows; if there really are such rows, raise limits.recordBytes.',
  },
  'read.json.syntax': {
    sentence: 'Line {line}, column {column} (byte {offset}) is not valid JSON: {detail}',
    hint: '{remedy}',
  },
  'read.json.too-deep': {
    sentence: 'The value on line {line}, column {column} is nested deeper than {limit} levels.',
    hint: 'Raise limits.depth if you trust the file.',
  },
  'read.json.too-many-columns': {
    sentence: 'The records have more than {limit} different keys.',
    hint: 'Raise limits.columns, or choose another path to the records: keys that are values (ids, dates) are read by the layout “entries”.',
  },
  'read.json.record-too-large': {
    sentence: 'The record that starts on line {line} is larger than {limit}.',
    hint: 'If the file really has such records, raise limits.recordBytes; otherwise choose the path to the list of records inside of it.',
  },
  'read.json.no-path': {
    sentence: '{name} has nothing at the path “{path}”: {detail}',
    hint: 'Choose the path of the records, such as /data/items; empty is the whole document.',
  },
  'read.json.wrong-layout': {
    sentence:
      'The records are expected in {expected}, but line {line}, column {column} holds {found}.',
    hint: 'Choose the layout the file has, or let it be found out.',
  },
  'read.json.uneven-columns': {
    sentence: 'The list “{column}” has {found} values where “{first}” has {expected}.',
    hint: 'Lists that are columns of one table are of one length; choose the layout “single” to read them as one record.',
  },
  'read.json.other-record': {
    sentence: 'Line {line}, column {column} holds {found} where each record is {expected}.',
    hint: 'Correct it there, or leave such records out (they are listed).',
  },
  'read.json.duplicate-key': {
    sentence: 'The key “{key}” stands twice in the record on line {line}, column {column}.',
    hint: 'Correct it there, or let the first or last value of such a key count.',
  },
  'read.json.new-key': {
    sentence:
      'The key “{key}” on line {line} stands in none of the records that the columns were taken from.',
    hint: 'Let new keys become columns (the source must be one that can be read twice), or leave them out; they are counted.',
  },
  'read.json.other-kind': {
    sentence:
      '{value} on line {line} is not of type {type}, which column “{column}” was found to have.',
    hint: 'Set the type of the column to json or text, or read from a source that can be read twice.',
  },
  'read.json.lone-surrogate': {
    sentence:
      'A text of column “{column}” on line {line} holds half of a character (\\ud800 to \\udfff alone).',
    hint: 'Correct it there, or let such halves be replaced; they are counted.',
  },
  'read.xml.syntax': {
    sentence: 'Line {line}, column {column} is not well-formed XML: {detail}',
    hint: 'Correct the file there, or fetch it again.',
  },
  'read.xml.entities': {
    sentence:
      'Line {line}, column {column} defines an entity: such documents are not read, as entities can stand for files or for endless text.',
    hint: 'Have the file written without entities of its own (xmllint --noent does so for files you trust).',
  },
  'read.xml.too-deep': {
    sentence: 'The element on line {line}, column {column} is nested deeper than {limit} levels.',
    hint: 'Raise limits.depth if you trust the file.',
  },
  'read.xml.too-many-columns': {
    sentence: 'The records have more than {limit} different elements and attributes.',
    hint: 'Raise limits.columns, or choose another path to the records, or nested elements as JSON.',
  },
  'read.xml.record-too-large': {
    sentence: 'The record or tag that starts on line {line} is larger than {limit}.',
    hint: 'If the file really has such records, raise limits.recordBytes; otherwise choose the path of the smaller elements inside of it.',
  },
  'read.xml.no-path': {
    sentence: '{name} has no element at the path “{path}”.',
    hint: 'Choose the path of the elements that are records, such as /catalog/item or //item.',
  },
  'read.xml.new-key': {
    sentence:
      '“{key}” on line {line} stands in none of the records that the columns were taken from.',
    hint: 'Let elements met later become columns (the source must be one that can be read twice), or leave them out; they are counted.',
  },
  'read.xml.other-shape': {
    sentence:
      '“{column}” stands several times, or holds more than a text, in the record on line {line}; its type was found to be {type}.',
    hint: 'Set the type of the column to json or text, or read from a source that can be read twice.',
  },
  'read.html.no-rows': {
    sentence: 'The table “{table}” in {name} has no rows but hidden ones and those of its foot.',
    hint: 'Choose another table, or set footer to rows or hidden to include.',
  },
  'read.html.record-too-large': {
    sentence: 'The row or tag on line {line} is larger than {limit}.',
    hint: 'If the page really has such rows, raise limits.recordBytes.',
  },
  'read.html.too-deep': {
    sentence: 'The table on line {line} is nested deeper than {limit} levels.',
    hint: 'Raise limits.depth if you trust the page.',
  },
  'read.html.too-many-columns': {
    sentence: 'The row on line {line} has more than {limit} columns.',
    hint: 'Raise limits.columns if the page really has so many: cells may say that they reach over many (colspan).',
  },
  'read.html.spans-too-large': {
    sentence:
      'Up to line {line} cells that reach over others stand for more than {limit} times what the page has.',
    hint: 'Set mergedCells to first, or raise limits.unpackRatio if you trust the page.',
  },
  'read.html.ragged-row': {
    sentence: 'The row on line {line} has {found}; the table has {expected} columns.',
    hint: 'Set raggedRows to pad (short rows are filled with nulls, longer ones add columns) or to reject, and read from a source that can be read twice.',
  },
  'read.markdown.record-too-large': {
    sentence: 'Line {line} is larger than {limit}.',
    hint: 'If the file really has such lines, raise limits.recordBytes.',
  },
  'read.markdown.too-many-columns': {
    sentence: 'The table on line {line} has {found} columns; the limit is {limit}.',
    hint: 'Raise limits.columns.',
  },
  'read.markdown.ragged-row': {
    sentence: 'The row on line {line} has {found}; the table has {expected} columns.',
    hint: 'Set raggedRows to pad, as Markdown has it: missing cells are empty, others are left out. Write | in a text as \\|.',
  },
  'read.parquet.corrupt': {
    sentence: '{name} is not an intact Parquet file: {detail}.',
    hint: 'Fetch the file again, or have it written again.',
  },
  'read.parquet.encrypted': {
    sentence: '{name} is encrypted.',
    hint: 'Have it written without encryption; encrypted Parquet files cannot be read.',
  },
  'read.parquet.unsupported': {
    sentence: '{name} cannot be read: {what} (column “{column}”) is not supported.',
    hint: 'Have the file written with another compression (snappy, gzip, zstd, brotli, lz4).',
  },
  'read.parquet.invalid-text': {
    sentence: 'A value of column “{column}” of {name} is not valid {kind} (row {row}).',
    hint: 'Let wrong bytes be replaced (they are counted), or have the column written as bytes.',
  },
  'read.parquet.timestamp-range': {
    sentence:
      'A timestamp of column “{column}” of {name} is further away than its unit reaches in 64 bits.',
    hint: 'Choose microseconds or milliseconds as the unit of old timestamps.',
  },
  'read.excel.not-a-workbook': {
    sentence: '{name} is not an Excel workbook.',
    hint: 'Choose an .xlsx or .xlsm file.',
  },
  'read.excel.encrypted': {
    sentence: '{name} is protected with a password.',
    hint: 'Open it with the program it was made with, take the password off, save it, and choose it again.',
  },
  'read.excel.other-form': {
    sentence: '{name} is {form}, which cannot be read here.',
    hint: 'Open it with the program it was made with, save it as an Excel workbook (.xlsx), and choose that.',
  },
  'read.excel.corrupt': {
    sentence: '{name} is not an intact workbook: {detail}.',
    hint: 'Open it in Excel or LibreOffice and save it anew, or fetch the file again.',
  },
  'read.excel.empty-sheet': {
    sentence: '“{table}” in {name} is empty.',
    hint: 'Choose another sheet, or another range.',
  },
  'read.excel.error-value': {
    sentence: 'Cell {cell} in {name} holds the error {value}.',
    hint: 'Correct the formula, or let error values become null (they are counted) or text.',
  },
  'read.excel.texts-too-large': {
    sentence: 'The texts that the cells of {name} share need more than {limit} of memory.',
    hint: 'Raise limits.memoryBytes, or save the sheet as CSV.',
  },
  'read.excel.row-too-large': {
    sentence: 'A row of {name} is larger than {limit}.',
    hint: 'Raise limits.recordBytes if you trust the file.',
  },
  'read.excel.left-of-columns': {
    sentence: 'Cell {cell} in {name} holds a value, left of the columns that the first rows have.',
    hint: 'Set the range that is to be read, such as A:F.',
  },
  'read.excel.right-of-columns': {
    sentence: 'Cell {cell} in {name} holds a value, right of the columns that the first rows have.',
    hint: 'Set the range that is to be read, such as A:F.',
  },
  'read.excel.other-number': {
    sentence:
      '{value} in row {line} of {name} is not of type {type}, which column “{column}” was found to have.',
    hint: 'Set the type of the column, or read from a source that can be read twice.',
  },
  'read.excel.too-many-columns': {
    sentence: 'The first rows of {name} reach over {found} columns; the limit is {limit}.',
    hint: 'Raise limits.columns, or set the range that is to be read.',
  },
  'read.arrow.corrupt': {
    sentence: '{name} is not intact Arrow data: {detail}.',
    hint: 'Fetch the file again, or have it written again.',
  },
  'read.arrow.unsupported': {
    sentence: '{name} cannot be read: {what} (column “{column}”) is not supported.',
    hint: 'Have the column written as another type, or left out.',
  },
  'read.arrow.invalid-text': {
    sentence: 'A value of column “{column}” of {name} is not valid UTF-8 (row {row}).',
    hint: 'Let wrong bytes be replaced (they are counted), or have the column written as bytes.',
  },
  'read.avro.corrupt': {
    sentence: '{name} is not intact Avro data: {detail}.',
    hint: 'Fetch the file again, or have it written again.',
  },
  'read.avro.unsupported': {
    sentence: '{name} cannot be read: {what} (column “{column}”) is not supported.',
    hint: 'Have the column written as another type, or left out.',
  },
  'read.avro.codec': {
    sentence: 'The blocks of {name} are packed with “{codec}”, which cannot be read here.',
    hint: 'Have it written with deflate, snappy, zstandard or no codec.',
  },
  'read.avro.invalid-text': {
    sentence: 'A value of column “{column}” of {name} is not valid UTF-8 (row {row}).',
    hint: 'Let wrong bytes be replaced (they are counted), or have the column written as bytes.',
  },
  'read.rows.misfit': {
    sentence: 'Record {row} has {found} in “{column}”, where earlier records had {expected}.',
    hint: 'Hand the schema over with the rows, or give the column one type.',
  },
  'read.rows.failed': {
    sentence: 'The host’s rows ended with an error after {row} records: {detail}',
    hint: 'Look at the function that delivers the rows.',
  },
  'read.misfit': {
    sentence: '“{value}” on line {line} is not of type {type} (column “{column}”).',
    hint: 'Set the column’s type to text, or choose what happens to values that do not fit.',
  },
} as const satisfies Record<string, ErrorText>;
