// What Python's HTML parser finds in the table of an output.
import { askPython } from '../ask-python.suite.ts';
import type { Found, Judge } from '../judge.suite.ts';

/** Tags by their names as they come; cells of text, null where their class says so; anything unknown is an error. */
const READ = `
from html.parser import HTMLParser
KNOWN = {"html","head","meta","title","style","body","table","caption","colgroup","col","thead","tbody","tfoot","tr","th","td","br","a"}
class Reader(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.part = None; self.cell = None; self.names = []; self.rows = []; self.links = []; self.tables = 0
    def handle_starttag(self, tag, attributes):
        if tag not in KNOWN: raise ValueError("a strange element " + tag)
        for name, _ in attributes:
            if name not in {"class","style","dir","lang","id","scope","colspan","href","rel","charset","http-equiv","content","name"}: raise ValueError("a strange attribute " + name)
        given = dict(attributes)
        if tag == "table": self.tables += 1
        if tag in ("thead","tbody","tfoot"): self.part = tag
        if tag == "tr" and self.part == "tbody": self.rows.append([])
        if tag in ("td","th"): self.cell = ""; self.null = "null" in (given.get("class") or "").split(); self.scope = given.get("scope")
        if tag == "br": self.cell += "\\n"
        if tag == "a": self.links.append(given["href"])
    def handle_endtag(self, tag):
        if tag in ("td","th"):
            if self.part == "thead" and self.cell is not None: self.names.append(self.cell)
            if self.part == "tbody" and self.scope is None: self.rows[-1].append(None if self.null else self.cell)
            self.cell = None
        if tag in ("thead","tbody","tfoot"): self.part = None
    def handle_data(self, data):
        if self.cell is not None: self.cell += data
        elif self.part is not None and data.strip(): raise ValueError("text outside of cells " + data)
    def handle_comment(self, data): raise ValueError("a comment")
    def handle_pi(self, data): raise ValueError("an instruction")
def answer(text):
    reader = Reader(); reader.feed(text); reader.close()
    return {"names": reader.names, "rows": reader.rows, "links": reader.links, "tables": reader.tables}
`;

export const readHtml = askPython<string, Found & { links: string[]; tables: number }>(READ);

/** HTML has no U+0000. */
const held = (text: string): string => text.replaceAll('\0', '\ufffd');

export const htmlJudge: Judge = {
  exact: {},
  ofCell: (cell) => (cell === null ? null : held(cell)),
  ofValue: held,
  ofNames: (names) => names.map(held),
  async read(text, options) {
    const { names, rows } = await readHtml(text);
    return { names: options.rowNumbers === true ? names.slice(1) : names, rows };
  },
};
