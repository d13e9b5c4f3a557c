// Which characters are frequent in which language: what a charset is guessed by.

export interface Language {
  /** Charsets that texts in it come in, the likeliest first. */
  charsets: readonly string[];
  /** Its letters beyond ASCII in lower case, the most frequent first. */
  letters: string;
}

const WESTERN = ['windows-1252', 'iso-8859-15', 'macintosh'];
const CENTRAL = ['windows-1250', 'iso-8859-2'];
const BALTIC = ['windows-1257', 'iso-8859-13', 'iso-8859-4'];
const CYRILLIC = ['windows-1251', 'iso-8859-5', 'x-mac-cyrillic'];

/** Languages written in single-byte charsets; German is written in four of them. */
export const languages: readonly Language[] = [
  // Names and words of many languages: all that Windows-1252 is usually chosen for.
  { charsets: WESTERN, letters: 'éüäößáèíóàçñåøæêúãôâîëõïûùìòœ' },
  { charsets: WESTERN, letters: 'üäöß' },
  { charsets: WESTERN, letters: 'éèàêçâîôûùëïœ' },
  { charsets: WESTERN, letters: 'óíáéñúü¿¡' },
  { charsets: WESTERN, letters: 'ãçáéíõóêâúàô' },
  { charsets: [...WESTERN, 'iso-8859-10'], letters: 'åäöøæéü' },
  { charsets: [...WESTERN, 'iso-8859-10'], letters: 'ðíáóæþöéúý' },
  { charsets: WESTERN, letters: 'àèùòìé' },
  { charsets: CENTRAL, letters: 'łóążęśćńź' },
  { charsets: CENTRAL, letters: 'íáéěřčžýšůúťňďó' },
  { charsets: CENTRAL, letters: 'áíéčžšýúťľôňďäŕĺó' },
  { charsets: CENTRAL, letters: 'áéöőóíüúű' },
  { charsets: CENTRAL, letters: 'čšžćđ' },
  { charsets: [...CENTRAL, 'iso-8859-16'], letters: 'ăîâșțşţ' },
  { charsets: BALTIC, letters: 'ėųšįžūąčę' },
  { charsets: BALTIC, letters: 'āīēšūļžņčģķ' },
  { charsets: BALTIC, letters: 'äõüöšž' },
  { charsets: ['windows-1254', 'iso-8859-3'], letters: 'ıişüğçöâ' },
  { charsets: ['iso-8859-3'], letters: 'ħżġċàĝĉŝŭĵĥ' },
  { charsets: ['iso-8859-14'], letters: 'ŵŷâôêîûïẁẃḃċḋḟġṁṗṡṫ' },
  {
    charsets: [...CYRILLIC, 'koi8-r', 'ibm866'],
    letters: 'оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё',
  },
  {
    charsets: [...CYRILLIC, 'koi8-u', 'ibm866'],
    letters: 'оанивіетрслкудмпзягьбчхйцжїшюєщґф',
  },
  { charsets: CYRILLIC, letters: 'аоиетнсрвлкдпмузягбчъцжйщшхюфь' },
  { charsets: CYRILLIC, letters: 'аиоенрстјвукдлмпгзбчшцњжхљћђфџ' },
  {
    charsets: ['windows-1253', 'iso-8859-7'],
    letters: 'αοιετσνηυρπκμλςάόγδήωέίθύχφβώξζψϊ',
  },
  { charsets: ['windows-1255', 'iso-8859-8'], letters: 'יוהלארתבמנשדעקחפגטסכצםןזךףץ' },
  { charsets: ['windows-1256', 'iso-8859-6'], letters: 'اليمنترةوبسدعكهفحقأجىشصخطزإثغذضئءظآؤپچگ' },
  {
    charsets: ['windows-874'],
    letters: 'านรอกเงวมยลทสตหปดแะคบพชไขใจโผซถฉธณศษภฎญฐฟฮฏฑฒฝฬ่ีั้ิ์ุูำืึ็ๆฯ฿๐๑๒๓๔๕๖๗๘๙',
  },
  { charsets: ['windows-1258'], letters: 'đàáôưêâơăéèíìóòúùý\u0300\u0301\u0323\u0309\u0303' },
];

/** Frequent characters of the languages of the multi-byte charsets, by charset. */
export const frequentCharacters: ReadonlyMap<string, string> = new Map([
  [
    'japanese',
    '日本人年大田中山東京都県市区町村木川小野高橋藤佐林松上下月名前一二三十会社株式部長電話番号住所数量金額円時分新出品商価格年月生行学国見方手場気間合入者自事地子北南西口島井石原清水吉加伊太郎美和正明',
  ],
  [
    'simplified',
    '的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心本前开因只从想实日者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应向头文体政美相见被利什二等产或新己制身果加西月话合回特代内信表化老给世位次度门任常先海通教原东声提立及比员解水名真论处走各入几口认条平系气题活更别女四神总何电数安少报才结反受目太量再感建务做接必场件计管期市直德资命山金指许统区保至形社空治展马科司五基书非则白界达光放强王设式色路记南品住类求据程北边张交规万取格望术领共确传师清院识导运李刘陈杨赵黄周吴徐孙胡朱林何郭罗京广州深圳省县号姓价额单户址编',
  ],
  [
    'traditional',
    '的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得著下自之年過發後作裡用道行所然家種事成方多經麼去法學如都同現當沒動面起看定天分還進好小部其些主樣理心本前開因只從想實日者意無力它與長把機十民第公此已工使情明性知全三又關點正業外將兩高間由問很最重並物手應向頭文體政美相見被利什二等產或新己制身果加西月話合回特代內信表化老給世位次度門任常先海通教原東聲提立及比員解水名真論處走各入幾口認條平系氣題活更別女四神總何電數安少報才結反受目太量再感建務做接必場件計管期市直德資命山金指許統區保至形社空治展馬科司五基書非則白界達光放強王設式色路記南品住類求據程北邊張交規萬取格望術領共確傳師清院識導運台灣臺雄陳林黃李吳劉蔡楊許鄭謝郭洪號姓價額單戶址編縣',
  ],
  [
    'korean',
    '이다는의에가을하고지로서기은한사도를대자인시나아정있일어그보장전들수으부해리제상스구과주비성만원동조안세여라게신국우선소김박최경남북울산광강윤임오황유홍영진현민준호미희순월년명화중공관회개방학교물품번문행분이름주소전화금액호점시군읍면길층',
  ],
]);
