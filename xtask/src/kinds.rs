//! `cargo xtask kinds`: writes the kinds of facts and their bodies, as CDDL, into docs/protocol.md.
//!
//! The kinds stand in the domain's one table, the bodies in its structs with their `#[n(…)]` numbers. This prints the
//! one and reads the others as text, so that the page cannot tell another story than the code; a test compares the two.

use crate::paths::root;
use anyhow::{Context, Result, bail};
use perron_domain::fact::{Corrector, Home, KINDS, Unknown, Writer};
use std::fmt::Write as _;
use std::fs;

const START: &str = "<!-- kinds: written by `cargo xtask kinds` -->";
const END: &str = "<!-- end of kinds -->";

/// Where bodies and what they are made of stand, in the order of the page.
const SOURCES: [&str; 18] = [
    "fact/relay.rs",
    "fact/directive.rs",
    "fact/lot.rs",
    "people/mod.rs",
    "people/kinds.rs",
    "people/history.rs",
    "fact/mod.rs",
    "fact/round.rs",
    "fact/departure.rs",
    "fact/stock.rs",
    "fact/visit.rs",
    "fact/consent.rs",
    "fact/dose.rs",
    "fact/cold.rs",
    "temperature.rs",
    "fact/waste.rs",
    "fact/close.rs",
    "fact/correct.rs",
];

/// What `content` of a published directive, `case` of a recorded answer and the answer itself are made of.
const RULES: [&str; 7] = [
    "rules/terms.rs",
    "rules/directive.rs",
    "rules/product.rs",
    "rules/condition.rs",
    "rules/interval.rs",
    "rules/case.rs",
    "rules/answer.rs",
];

/// Writes the section into the page.
///
/// # Errors
/// When the page or a source cannot be read or written.
pub fn write() -> Result<()> {
    let path = root()?.join("docs/protocol.md");
    let page = fs::read_to_string(&path).context("docs/protocol.md cannot be read")?;
    fs::write(&path, with_section(&page, &section()?)?).context("docs/protocol.md cannot be written")
}

fn with_section(page: &str, section: &str) -> Result<String> {
    let (Some(start), Some(end)) = (page.find(START), page.find(END)) else {
        bail!("docs/protocol.md has no place for the kinds ({START} … {END})")
    };
    Ok(format!("{}{START}\n\n{section}\n{}", &page[..start], &page[end..]))
}

fn section() -> Result<String> {
    let domain = root()?.join("crates/domain/src");
    let read = |name: &str| fs::read_to_string(domain.join(name)).with_context(|| format!("{name} cannot be read"));
    let mut out = kinds_table();
    out.push_str(COMMON);
    for name in SOURCES {
        let shapes: Vec<String> = shapes(&read(name)?);
        if !shapes.is_empty() {
            let _ = write!(out, "\n```cddl\n{}```\n", shapes.join("\n"));
        }
    }
    out.push_str("\nDirectives, cases and answers (`content`, `case`, and what `answer` is the digest of):\n");
    for name in RULES {
        let shapes: Vec<String> = shapes(&read(name)?).iter().map(|shape| apart(shape)).collect();
        let _ = write!(out, "\n```cddl\n{}```\n", shapes.join("\n"));
    }
    Ok(out)
}

/// Names that rules and facts both use: those of the rules get `rules-` before them.
const BOTH: [&str; 5] = ["sex", "protection", "outcome", "infection", "source"];

/// Returns the shape with its names set apart from those of the facts.
fn apart(shape: &str) -> String {
    let line = |line: &str| {
        let (code, comment) = line.split_once(" ; ").unwrap_or((line, ""));
        if line.starts_with(';') {
            return line.to_owned();
        }
        let word = |word: &str| {
            let name = word.trim_matches(|sign: char| !sign.is_alphanumeric() && sign != '-');
            // A label before a colon is the name of a field.
            if BOTH.contains(&name) && !word.ends_with(':') {
                word.replacen(name, &format!("rules-{name}"), 1)
            } else {
                word.to_owned()
            }
        };
        let code = code.split(' ').map(word).collect::<Vec<_>>().join(" ");
        if comment.is_empty() { code } else { format!("{code} ; {comment}") }
    };
    let lines: Vec<String> = shape.lines().map(line).collect();
    format!("{}\n", lines.join("\n"))
}

const COMMON: &str = "
The bodies, in CDDL. A field that is absent is `null` in meaning; unknown keys of a known kind are ignored.

```cddl
uint8 = uint .size 1
uint16 = uint .size 2
uint32 = uint .size 4
uint64 = uint .size 8
int8 = -128..127
int16 = -32768..32767
int32 = -2147483648..2147483647
int64 = -9223372036854775808..9223372036854775807
ref = uint32 / [device: uint32, number: uint32] ; same scope; a bare number is a fact of the same chain
day = tstr                                  ; 2021-12-16
partial-date = tstr                         ; 2021-12-16, 2021-12 or 2021
wall = int64                                ; milliseconds since 1970-01-01T00:00Z
account = uint32                            ; number of an account, 0 for nobody in particular
device = uint32
scope = uint32                              ; 0 common, 1 people, 15 + n for round n
```
";

fn kinds_table() -> String {
    let mut table = String::from(
        "| Kind | Name | Home | Written by | About | Corrected by | Not known | Meaning |\n\
         |---|---|---|---|---|---|---|---|\n",
    );
    for kind in KINDS {
        let home = match kind.home {
            Home::Common => "common",
            Home::People => "people",
            Home::Round => "round",
            Home::Any => "any",
        };
        let writer = match kind.writer {
            Writer::Hub => "hub",
            Writer::Desk => "desk",
            Writer::Team => "team",
            Writer::Both => "team, desk",
        };
        let about = if kind.personal { "person" } else { "relay" };
        let corrected = match kind.corrected {
            Corrector::No => "–",
            Corrector::Desk => "desk",
            Corrector::Team => "team, desk",
        };
        let unknown = match kind.unknown {
            Unknown::Forbid => "forbid",
            Unknown::Skip => "skip",
        };
        let _ = writeln!(
            table,
            "| {} | `{}` | {home} | {writer} | {about} | {corrected} | {unknown} | {} |",
            kind.number, kind.name, kind.says
        );
    }
    table
}

/// Returns the CDDL of every struct and enum with numbered fields, in the order of the file.
fn shapes(source: &str) -> Vec<String> {
    let mut shapes = Vec::new();
    let mut lines = source.lines().map(str::trim).peekable();
    let (mut doc, mut encoded, mut as_map) = (String::new(), false, false);
    while let Some(line) = lines.next() {
        if let Some(text) = line.strip_prefix("/// ") {
            if doc.is_empty() {
                text.clone_into(&mut doc);
            }
        } else if line.starts_with("#[derive(") || line.contains("Encode, Decode") {
            encoded |= line.contains("Encode");
        } else if line == "#[cbor(map)]" {
            as_map = true;
        } else if let Some(name) = declared(line, "pub struct ").filter(|_| encoded && line.ends_with('{')) {
            let fields = fields(&mut lines);
            let (open, close) = if as_map { ('{', '}') } else { ('[', ']') };
            shapes.push(format!("; {doc}\n{name} = {open}\n{}{close}\n", entries(&fields, as_map)));
        } else if let Some(name) = declared(line, "pub enum ").filter(|_| encoded) {
            shapes.push(format!("; {doc}\n{name} = {}\n", variants(&mut lines)));
        }
        if !line.starts_with("///") && !line.starts_with("#[") {
            (doc, encoded, as_map) = (String::new(), false, false);
        }
    }
    shapes
}

fn declared(line: &str, keyword: &str) -> Option<String> {
    let name: String = line.strip_prefix(keyword)?.chars().take_while(|c| c.is_alphanumeric()).collect();
    Some(kebab(&name))
}

/// A numbered field: its number, name, type and meaning.
struct Field {
    number: String,
    name: String,
    kind: String,
    doc: String,
}

fn fields<'a>(lines: &mut impl Iterator<Item = &'a str>) -> Vec<Field> {
    let (mut fields, mut number, mut doc) = (Vec::new(), None, String::new());
    for line in lines {
        if line.starts_with('}') {
            break;
        } else if let Some(text) = line.strip_prefix("/// ") {
            text.clone_into(&mut doc);
        } else if let Some(n) = line.strip_prefix("#[n(") {
            number = n.split(')').next().map(str::to_owned);
        } else if let Some((name, kind)) = line.trim_start_matches("pub ").split_once(": ")
            && let Some(number) = number.take()
        {
            let kind = kind.trim_end_matches(',').to_owned();
            fields.push(Field { number, name: name.replace('_', "-"), kind, doc: std::mem::take(&mut doc) });
        }
    }
    fields
}

fn entries(fields: &[Field], as_map: bool) -> String {
    let mut text = String::new();
    for Field { number, name, kind, doc } in fields {
        let inner = kind.strip_prefix("Option<").and_then(|kind| kind.strip_suffix('>'));
        let shape = cddl(inner.unwrap_or(kind));
        let line = match (as_map, inner) {
            (true, None) => format!("{number} => {shape},"),
            (true, Some(_)) => format!("? {number} => {shape},"),
            (false, None) => format!("{name}: {shape},"),
            (false, Some(_)) => format!("{name}: {shape} / null,"),
        };
        let _ = writeln!(text, "  {line:<34} ; {name}: {doc}");
    }
    text
}

/// Returns the alternatives of an enum: numbers, or `[number, fields]` where one carries something.
fn variants<'a>(lines: &mut (impl Iterator<Item = &'a str> + Clone)) -> String {
    let mut alternatives = Vec::new();
    let (mut number, mut doc, mut index_only) = (String::new(), String::new(), true);
    while let Some(line) = lines.next() {
        if line == "}" {
            break;
        } else if let Some(text) = line.strip_prefix("/// ") {
            text.clone_into(&mut doc);
        } else if let Some(n) = line.strip_prefix("#[n(") {
            number = n.split(')').next().unwrap_or_default().to_owned();
        } else if line.ends_with('{') {
            index_only = false;
            let inner = fields(lines);
            let inside: Vec<String> =
                inner.iter().map(|field| format!("{}: {}", field.name, cddl(&field.kind))).collect();
            alternatives.push((number.clone(), Some(inside.join(", ")), doc.clone()));
        } else if let Some((_, kind)) = line.split_once("(#[n(0)] ") {
            index_only = false;
            let kind = kind.trim_end_matches(',');
            let kind = kind.strip_suffix(')').unwrap_or(kind);
            alternatives.push((number.clone(), Some(cddl(kind)), doc.clone()));
        } else if line.ends_with(',') && !line.starts_with('#') {
            alternatives.push((number.clone(), None, doc.clone()));
        }
    }
    let mut text = String::new();
    for (place, (number, inside, doc)) in alternatives.iter().enumerate() {
        let or = if place == 0 { "" } else { "  / " };
        let shape = match (index_only, inside) {
            (true, _) => number.clone(),
            (false, None) => format!("[{number}, []]"),
            (false, Some(inside)) => format!("[{number}, [{inside}]]"),
        };
        let _ = writeln!(text, "{or}{shape:<6} ; {doc}");
    }
    text.trim_end().to_owned()
}

fn cddl(kind: &str) -> String {
    let inside = |prefix: &str| kind.strip_prefix(prefix).and_then(|kind| kind.strip_suffix('>'));
    if let Some(kind) = inside("Vec<") {
        return format!("[* {}]", cddl(kind));
    }
    if let Some(kind) = inside("Option<") {
        return format!("{} / null", cddl(kind));
    }
    if let Some(kind) = inside("Box<") {
        return cddl(kind);
    }
    if let Some((key, value)) = inside("BTreeMap<").and_then(|pair| pair.split_once(", ")) {
        return format!("{{ * {} => {} }}", cddl(key), cddl(value));
    }
    if let Some(pair) = kind.strip_prefix('(').and_then(|kind| kind.strip_suffix(')')) {
        return format!("[{}]", pair.split(", ").map(cddl).collect::<Vec<_>>().join(", "));
    }
    match kind {
        "String" => "tstr".to_owned(),
        "bool" => "bool".to_owned(),
        "u8" | "u16" | "u32" | "u64" => kind.replace('u', "uint"),
        "i8" | "i16" | "i32" | "i64" => kind.replace('i', "int"),
        "f64" => "float64".to_owned(),
        "ByteVec" => "bstr".to_owned(),
        "FactRef" => "ref".to_owned(),
        "AccountNo" => "account".to_owned(),
        "DeviceId" => "device".to_owned(),
        other => kebab(other),
    }
}

fn kebab(name: &str) -> String {
    let mut kebab = String::new();
    for (place, c) in name.chars().enumerate() {
        if c.is_uppercase() && place > 0 {
            kebab.push('-');
        }
        kebab.extend(c.to_lowercase());
    }
    kebab
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

    use super::*;

    #[test]
    fn the_page_tells_the_kinds_of_the_code() {
        let page = fs::read_to_string(root().unwrap().join("docs/protocol.md")).unwrap();
        let written = with_section(&page, &section().unwrap()).unwrap();
        assert!(page == written, "docs/protocol.md is out of date: run `cargo xtask kinds`");
    }

    #[test]
    fn a_struct_becomes_a_map_with_its_numbers() {
        let source = "/// A dose.\n#[derive(Encode, Decode)]\n#[cbor(map)]\npub struct DoseGiven {\n    /// The act.\n    \
                      #[n(0)]\n    pub act: FactRef,\n    /// Lot.\n    #[n(3)]\n    pub lot: Option<String>,\n}\n";
        let shape = &shapes(source)[0];
        assert!(shape.contains("dose-given = {"), "{shape}");
        assert!(shape.contains("0 => ref,") && shape.contains("? 3 => tstr,"), "{shape}");
    }
}
