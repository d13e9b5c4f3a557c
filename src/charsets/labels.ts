// The other names of charsets: the labels of the Encoding Standard, and a few that other programs write.

/** Labels of the Encoding Standard by charset id (§4.2). Two of its labels are ids of ours that mean exactly what they say: `iso-8859-1`, `ascii`. */
export const STANDARD_LABELS: ReadonlyMap<string, string> = new Map([
  ['utf-8', 'unicode-1-1-utf-8 unicode11utf8 unicode20utf8 utf8 x-unicode20utf8'],
  ['utf-16le', 'csunicode iso-10646-ucs-2 ucs-2 unicode unicodefeff utf-16'],
  ['utf-16be', 'unicodefffe'],
  ['ibm866', '866 cp866 csibm866'],
  ['iso-8859-2', 'csisolatin2 iso-ir-101 iso8859-2 iso88592 iso_8859-2 iso_8859-2:1987 l2 latin2'],
  ['iso-8859-3', 'csisolatin3 iso-ir-109 iso8859-3 iso88593 iso_8859-3 iso_8859-3:1988 l3 latin3'],
  ['iso-8859-4', 'csisolatin4 iso-ir-110 iso8859-4 iso88594 iso_8859-4 iso_8859-4:1988 l4 latin4'],
  [
    'iso-8859-5',
    'csisolatincyrillic cyrillic iso-ir-144 iso8859-5 iso88595 iso_8859-5 iso_8859-5:1988',
  ],
  [
    'iso-8859-6',
    'arabic asmo-708 csiso88596e csiso88596i csisolatinarabic ecma-114 iso-8859-6-e iso-8859-6-i iso-ir-127 iso8859-6 iso88596 iso_8859-6 iso_8859-6:1987',
  ],
  [
    'iso-8859-7',
    'csisolatingreek ecma-118 elot_928 greek greek8 iso-ir-126 iso8859-7 iso88597 iso_8859-7 iso_8859-7:1987 sun_eu_greek',
  ],
  // Written from left to right or from right to left: the same characters, so one charset here.
  [
    'iso-8859-8',
    'csiso88598e csiso88598i csisolatinhebrew hebrew iso-8859-8-e iso-8859-8-i iso-ir-138 iso8859-8 iso88598 iso_8859-8 iso_8859-8:1988 logical visual',
  ],
  ['iso-8859-10', 'csisolatin6 iso-ir-157 iso8859-10 iso885910 l6 latin6'],
  ['iso-8859-13', 'iso8859-13 iso885913'],
  ['iso-8859-14', 'iso8859-14 iso885914'],
  ['iso-8859-15', 'csisolatin9 iso8859-15 iso885915 iso_8859-15 l9'],
  ['iso-8859-16', ''],
  ['koi8-r', 'cskoi8r koi koi8 koi8_r'],
  ['koi8-u', 'koi8-ru'],
  ['macintosh', 'csmacintosh mac x-mac-roman'],
  ['windows-874', 'dos-874 iso-8859-11 iso8859-11 iso885911 tis-620'],
  ['windows-1250', 'cp1250 x-cp1250'],
  ['windows-1251', 'cp1251 x-cp1251'],
  [
    'windows-1252',
    'ansi_x3.4-1968 cp1252 cp819 csisolatin1 ibm819 iso-ir-100 iso8859-1 iso88591 iso_8859-1 iso_8859-1:1987 l1 latin1 us-ascii x-cp1252',
  ],
  ['windows-1253', 'cp1253 x-cp1253'],
  [
    'windows-1254',
    'cp1254 csisolatin5 iso-8859-9 iso-ir-148 iso8859-9 iso88599 iso_8859-9 iso_8859-9:1989 l5 latin5 x-cp1254',
  ],
  ['windows-1255', 'cp1255 x-cp1255'],
  ['windows-1256', 'cp1256 x-cp1256'],
  ['windows-1257', 'cp1257 x-cp1257'],
  ['windows-1258', 'cp1258 x-cp1258'],
  ['x-mac-cyrillic', 'x-mac-ukrainian'],
  ['gbk', 'chinese csgb2312 csiso58gb231280 gb2312 gb_2312 gb_2312-80 iso-ir-58 x-gbk'],
  ['gb18030', ''],
  ['big5', 'big5-hkscs cn-big5 csbig5 x-x-big5'],
  ['euc-jp', 'cseucpkdfmtjapanese x-euc-jp'],
  ['iso-2022-jp', 'csiso2022jp'],
  ['shift_jis', 'csshiftjis ms932 ms_kanji shift-jis sjis windows-31j x-sjis'],
  [
    'euc-kr',
    'cseuckr csksc56011987 iso-ir-149 korean ks_c_5601-1987 ks_c_5601-1989 ksc5601 ksc_5601 windows-949',
  ],
]);

/** What the standard has no label for, but people and programs write. */
const MORE_LABELS: ReadonlyMap<string, string> = new Map([
  ['utf-8', 'utf-8-sig utf_8'],
  ['utf-16le', 'utf16 utf-16-le utf16le'],
  ['utf-16be', 'utf-16-be utf16be'],
  ['iso-8859-1', 'latin-1'],
  ['windows-1252', 'win1252 ansi'],
  ['windows-1250', 'win1250'],
  ['windows-1251', 'win1251'],
  ['macintosh', 'macroman mac-roman'],
  ['shift_jis', 'cp932 windows-932'],
  ['gbk', 'cp936 windows-936 euc-cn'],
  ['big5', 'cp950 windows-950'],
  ['euc-kr', 'cp949 ms949 uhc'],
  ['euc-jp', 'eucjp'],
]);

const ids = new Map(
  [...STANDARD_LABELS, ...MORE_LABELS].flatMap(([id, labels]) =>
    labels
      .split(' ')
      .filter(Boolean)
      .map((label): [string, string] => [label, id]),
  ),
);

/** The charset id that a label in lower case means; the label itself when it is none. */
export const idOfLabel = (label: string): string => ids.get(label) ?? label;
