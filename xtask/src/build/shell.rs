//! The shell: the page, its start and the list that the service worker keeps.
//!
//! Trunk writes the app's start as an inline script, which a strict content security policy forbids, and names files
//! by what they were before wasm-opt. Here the start becomes a file, each file is named by its final content, and the
//! service worker gets the list of all files with their SHA-256.

use super::{Files, hash};
use anyhow::{Context, Result, bail};
use serde_json::json;

/// Where the service worker wants the list of files.
const SHELL_MARK: &str = "/*SHELL*/[]";
/// Where the service worker wants the list's version.
const VERSION_MARK: &str = "/*VERSION*/\"\"";

/// What Trunk calls every page.
const PAGE: &str = "index.html";

/// Moves the page's inline script to `boot-HASH.js`, passes the WebAssembly through `shrink`, and gives it and the glue
/// their names by `program` and content. All of them are served below `base`.
pub fn take_script_out(
    files: &mut Files,
    base: &str,
    program: &str,
    shrink: impl FnOnce(Vec<u8>) -> Result<Vec<u8>>,
) -> Result<()> {
    let mut page = text(files, PAGE)?;
    let (start, end, script) = inline_script(&page)?;
    let mut boot = script.trim().to_owned() + "\n";
    page.replace_range(start..end, "<script type=\"module\" src=\"boot.js\"></script>");

    let wasm = only(files, "_bg.wasm")?;
    let glue = wasm.trim_end_matches("_bg.wasm").to_owned() + ".js";
    let module = shrink(files.remove(&wasm).context("the WebAssembly is there")?)?;
    let glue_text = files.remove(&glue).with_context(|| format!("{glue} is not there"))?;

    let module_name = format!("{program}-{}.wasm", short(&module));
    let glue_name = format!("{program}-{}.js", short(&glue_text));
    for (before, after) in [(&wasm, &module_name), (&glue, &glue_name)] {
        if !boot.contains(before.as_str()) {
            bail!("the start of the app does not name {before}; has Trunk changed what it writes?");
        }
        boot = boot.replace(before.as_str(), after);
        page = page.replace(before.as_str(), after);
    }
    let boot_name = format!("boot-{}.js", short(boot.as_bytes()));
    page = page.replace("\"boot.js\"", &format!("\"/{base}{boot_name}\""));
    if page.contains("<script>") || page.contains(" onload=") || page.contains("<style>") {
        bail!("{PAGE} has an inline script or style, which the content security policy forbids");
    }
    files.insert(module_name, module);
    files.insert(glue_name, glue_text);
    files.insert(boot_name, boot.into_bytes());
    files.insert(PAGE.into(), page.into_bytes());
    Ok(())
}

/// Writes into `sw.js` the list of all other files, each with its SHA-256 in hex, and the list's own as the version.
pub fn list_shell(files: &mut Files) -> Result<()> {
    let Some(worker) = files.remove("sw.js") else {
        println!("   there is no public/sw.js: this app does not work offline");
        return Ok(());
    };
    let list: Vec<_> =
        files.iter().map(|(name, bytes)| json!({"url": format!("/{name}"), "hash": hash(bytes)})).collect();
    let list = serde_json::to_string(&list)?;
    // A changed worker is a new version too, even over the same files.
    let version = hash(format!("{}{list}", hash(&worker)).as_bytes());
    let mut worker = String::from_utf8(worker).context("sw.js is not UTF-8")?;
    for (mark, value) in [(SHELL_MARK, list), (VERSION_MARK, format!("\"{}\"", &version[..16]))] {
        if worker.matches(mark).count() != 1 {
            bail!("public/sw.js must have {mark} exactly once");
        }
        worker = worker.replace(mark, &value);
    }
    files.insert("sw.js".into(), worker.into_bytes());
    Ok(())
}

fn text(files: &Files, name: &str) -> Result<String> {
    let bytes = files.get(name).with_context(|| format!("{name} is not there"))?;
    String::from_utf8(bytes.clone()).with_context(|| format!("{name} is not UTF-8"))
}

fn short(bytes: &[u8]) -> String {
    hash(bytes)[..16].to_owned()
}

/// Returns where the page's one inline module script begins and ends, and its text.
fn inline_script(page: &str) -> Result<(usize, usize, &str)> {
    let open = "<script type=\"module\">";
    let close = "</script>";
    let start = page.find(open).context("Trunk wrote no start of the app into the page")?;
    let inside = start + open.len();
    let length = page[inside..].find(close).context("the script in the page does not end")?;
    if page[inside + length..].contains(open) {
        bail!("the page has two inline scripts");
    }
    Ok((start, inside + length + close.len(), &page[inside..inside + length]))
}

fn only(files: &Files, end: &str) -> Result<String> {
    let found: Vec<&String> = files.keys().filter(|name| name.ends_with(end)).collect();
    match found.as_slice() {
        [name] => Ok((*name).clone()),
        _ => bail!("expected one file *{end}, found {}", found.len()),
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

    use super::*;

    fn built() -> Files {
        let page = "<html><head><link rel=\"modulepreload\" href=\"/perron-app-1234.js\"></head><body>\
            \n<script type=\"module\">\nimport init from '/perron-app-1234.js';\nawait init({ module_or_path: \
            '/perron-app-1234_bg.wasm' });\n</script></body></html>";
        Files::from([
            ("index.html".into(), page.into()),
            ("perron-app-1234.js".into(), b"export default 1".to_vec()),
            ("perron-app-1234_bg.wasm".into(), b"\0asm long".to_vec()),
            ("sw.js".into(), b"const SHELL = /*SHELL*/[]; const VERSION = /*VERSION*/\"\";".to_vec()),
        ])
    }

    #[test]
    fn the_page_keeps_no_inline_script_and_names_follow_the_content() {
        let mut files = built();
        take_script_out(&mut files, "", "perron-app", |_| Ok(b"\0asm".to_vec())).unwrap();
        let page = text(&files, "index.html").unwrap();
        assert!(!page.contains("import init"));
        let wasm = format!("perron-app-{}.wasm", short(b"\0asm"));
        assert_eq!(files[&wasm], b"\0asm");
        let boot = files.keys().find(|name| name.starts_with("boot-")).unwrap();
        assert!(page.contains(&format!("src=\"/{boot}\"")));
        assert!(text(&files, boot).unwrap().contains(&wasm));
        assert!(!page.contains("perron-app-1234"));
    }

    #[test]
    fn the_worker_lists_every_other_file_with_its_hash() {
        let mut files = built();
        list_shell(&mut files).unwrap();
        let worker = text(&files, "sw.js").unwrap();
        let expected = format!("{{\"hash\":\"{}\",\"url\":\"/perron-app-1234.js\"}}", hash(b"export default 1"));
        assert!(worker.contains(&expected), "{worker}");
        assert!(!worker.contains("/sw.js"));
        assert!(!worker.contains("/*VERSION*/"));
    }

    #[test]
    fn another_file_is_another_version() {
        let (mut one, mut two) = (built(), built());
        two.insert("more.css".into(), b"p{}".to_vec());
        list_shell(&mut one).unwrap();
        list_shell(&mut two).unwrap();
        let version = |files: &Files| text(files, "sw.js").unwrap().split("VERSION").nth(1).unwrap().to_owned();
        assert_ne!(version(&one), version(&two));
    }
}
