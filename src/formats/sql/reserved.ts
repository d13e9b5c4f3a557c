// Words that are reserved in at least one of the databases: a name that is one of them needs marks around it.

const WORDS = new Set(
  `abort accessible add admin after aggregate all allocate alter always analyse analyze and anti any array as asc asensitive
  asof assert_rows_modified asymmetric at attach audit authorization autoincrement backup before begin between bigint binary bit
  blob boolean both break browse bulk by call cascade case cast change char character check checkpoint close cluster clustered
  coalesce collate collation column comment commit compress compute concurrently condition conflict connect connection
  constraint contains containstable continue convert create cross cube cume_dist current current_catalog current_date
  current_path current_role current_schema current_time current_timestamp current_user cursor database databases date
  day_hour day_microsecond day_minute day_second dbcc deallocate dec decimal declare default deferrable deferred define delayed
  delete dense_rank deny desc describe detach deterministic disk distinct distinctrow distributed div do double drop dual dump
  each else elseif empty enclosed end enum errlvl escape escaped except exclude exclusive exec execute exists exit explain
  external extract fail false fetch file fillfactor final first_value float float4 float8 following for force foreign format
  freeze freetext freetexttable from full fulltext function general generated get glob global go goto grant group grouping
  groups hash having high_priority holdlock hour hour_microsecond hour_minute hour_second identified identity identity_insert
  identitycol if ignore ilike immediate in increment index indexed infile initial initially inner inout insensitive insert
  instead int int1 int2 int3 int4 int8 integer intersect interval into io_after_gtids io_before_gtids is isnull issue iterate
  join json_table key keys kill lag last_value lateral lead leading leave left level like limit linear lines load local
  localtime localtimestamp lock long longblob longtext lookup loop low_priority master_bind master_heartbeat_period match
  materialized maxextents maxvalue mediumblob mediumint mediumtext merge middleint minus minute minute_microsecond
  minute_second mlslabel mod mode modifies modify national natural nchar new no noaudit nocheck nocompress nonclustered none
  not nothing notnull nowait nth_value ntile null nullif nulls number numeric of off offline offset offsets on online only
  open opendatasource openquery openrowset openxml optimize optimizer_costs option optionally or order organization others out
  outer outfile over overlaps partition pctfree percent percent_rank period pivot placing plan pragma preceding precision
  primary print prior privileges proc procedure proto public purge qualify query raise raiserror range rank raw read reads
  read_write readtext real reconfigure recursive references regexp reindex release rename repeat replace replication require
  resignal resource restore restrict return returning revert revoke right rlike rollback rollup row row_number rowcount
  rowguidcol rowid rownum rows rule sample save savepoint schema schemas second_microsecond securityaudit select semantickeyphrasetable
  semanticsimilaritydetailstable semanticsimilaritytable semi sensitive separator session session_user set setuser share
  show shutdown signal similar size smallint some spatial specific sql sql_big_result sql_calc_found_rows sql_small_result
  sqlexception sqlstate sqlwarning ssl start starting statistics stored straight_join struct successful summarize symmetric
  synonym sysdate system system_user table tables tablesample temp temporary terminated textsize then ties time timestamp
  tinyblob tinyint tinytext to top trailing tran transaction treat trigger true truncate try_cast try_convert tsequal uid
  unbounded undo union unique unlock unnest unpivot unsigned until update updatetext usage use user using utc_date utc_time
  utc_timestamp vacuum validate values varbinary varchar varchar2 varcharacter variadic varying verbose view virtual waitfor
  when whenever where while window with within without write writetext xor year_month zerofill`.split(
    /\s+/,
  ),
);

/** Whether a name is a reserved word, whatever its case. */
export function isReserved(name: string): boolean {
  return WORDS.has(name.toLowerCase());
}
