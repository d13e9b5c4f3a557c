// What the options of the xml format do, shown on the sample table.
import type { OptionExamples } from '../../contract/options.schema.ts';

export const XML_EXAMPLES: OptionExamples = {
  rootName: [{ options: { rootName: 'orders' }, columns: ['order'], shows: '<orders>' }],
  rowName: [
    { options: { rowName: 'row' }, columns: ['order'], shows: '<row><order>1001</order></row>' },
  ],
  columnsAs: [
    {
      options: { columnsAs: 'attributes' },
      columns: ['order', 'city'],
      shows: '<record order="1001" city="Lima"/>',
    },
    {
      options: { columnsAs: 'fields' },
      columns: ['order', 'unit price'],
      shows: '<field name="unit price">1.00</field>',
    },
  ],
  attributeColumns: [
    {
      options: { attributeColumns: ['order'] },
      columns: ['order', 'city'],
      shows: '<record order="1001"><city>Lima</city></record>',
    },
  ],
  fieldName: [
    {
      options: { columnsAs: 'fields', fieldName: 'value' },
      columns: ['order'],
      shows: '<value name="order">1001</value>',
    },
  ],
  nullHandling: [
    {
      options: { nullHandling: 'empty' },
      columns: ['order', 'city'],
      shows: '<order>1003</order><city/>',
      finds: { cells: [{ row: 2, column: 1, value: '' }] },
    },
    {
      options: { nullHandling: 'nil' },
      columns: ['order', 'city'],
      shows: '<city xsi:nil="true"/>',
    },
  ],
  prettyPrint: [
    {
      options: { prettyPrint: true },
      columns: ['order'],
      shows: '  <record>\n    <order>1001</order>\n  </record>',
    },
  ],
  declaration: [{ options: { declaration: false }, columns: ['order'], begins: '<records>' }],
  grammar: [
    {
      options: { grammar: 'doctype' },
      columns: ['order', 'city'],
      shows: '<!ELEMENT record (order?, city?)>',
    },
    {
      options: { grammar: 'xsd' },
      columns: ['order', 'city'],
      finds: { beside: '<?xml version="1.0" encoding="UTF-8"?>\n<xs:schema' },
    },
  ],
  nested: [
    {
      options: { nested: 'json' },
      columns: ['order', 'tags'],
      shows: '<tags>["a","b"]</tags>',
      finds: {
        cells: [
          { row: 0, column: 1, value: '["a","b"]' },
          { row: 1, column: 1, value: '[]' },
        ],
      },
    },
  ],
  itemName: [
    {
      options: { itemName: 'tag' },
      columns: ['order', 'tags'],
      shows: '<tags><tag>a</tag><tag>b</tag></tags>',
    },
  ],
  cdata: [
    {
      options: { cdata: 'needed' },
      columns: ['order', 'sign'],
      shows: '<sign><![CDATA[<&>]]></sign>',
    },
    {
      options: { cdata: 'always' },
      columns: ['order', 'city'],
      shows: '<city><![CDATA[Lima]]></city>',
    },
  ],
  illegalCharacters: [
    {
      options: { illegalCharacters: 'replace' },
      columns: ['order', 'control'],
      shows: '<control>a\ufffd</control>',
      finds: { cells: [{ row: 0, column: 1, value: 'a\ufffd' }] },
    },
    {
      options: { illegalCharacters: 'remove' },
      columns: ['order', 'control'],
      shows: '<control>a</control>',
      finds: { cells: [{ row: 0, column: 1, value: 'a' }] },
    },
    {
      options: { illegalCharacters: 'fail' },
      columns: ['order', 'control'],
      finds: { error: 'encode.xml.illegal-character' },
    },
  ],
  nameHandling: [
    {
      options: { nameHandling: 'replace' },
      columns: ['order', 'unit price'],
      shows: '<unit_price>1.00</unit_price>',
      finds: { names: ['order', 'unit_price'] },
    },
  ],
  namespace: [
    {
      options: { namespace: 'https://example.com/orders' },
      columns: ['order'],
      shows: '<records xmlns="https://example.com/orders">',
    },
  ],
  prefix: [
    {
      options: { namespace: 'https://example.com/orders', prefix: 'o' },
      columns: ['order'],
      shows: '<o:record><o:order>1001</o:order></o:record>',
    },
  ],
};
