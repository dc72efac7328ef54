//! `perron screen`: answers to a list of cases, line by line, so that a list can be looked over before anyone is called.
//!
//! The same evaluator as on the tablet answers. A line that cannot be read gets an error of its own; the others go on.

use crate::demo::files::directive_files;
use perron_directives::{Problem, load_dir_bytes, screen_line};
use perron_domain::rules::Directive;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

/// The longest line that is looked at, in bytes.
const LONGEST_LINE: u64 = 1024 * 1024;

/// Why no line could be answered.
#[derive(Debug, thiserror::Error)]
pub enum ScreenError {
    /// A file or folder cannot be used.
    #[error("{path} cannot be used: {source}")]
    File {
        /// Which one.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// There are no directives to answer by.
    #[error("no directives were found: the folder holds no .toml file")]
    NoDirectives,
    /// The directives have problems.
    #[error("the directives cannot be used:{}", .0.iter().map(|problem| format!("\n  {problem}")).collect::<String>())]
    Directives(Vec<Problem>),
    /// The answers could not be written.
    #[error("the answers could not be written: {0}")]
    Output(io::Error),
}

/// Answers each line of `cases` on `output`, by the directives in `directives` or those that ship.
///
/// # Errors
/// When files cannot be read, the directives have problems, or the output is closed.
pub fn screen(cases: &Path, directives: Option<&Path>, output: impl Write) -> Result<(), ScreenError> {
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |source| ScreenError::File { path, source }
    };
    let directives = match directives {
        Some(folder) => read_directives(folder).map_err(failed(folder))?,
        None => directive_files(),
    };
    let directives = load_dir_bytes(&directives).map_err(ScreenError::Directives)?;
    if directives.is_empty() {
        return Err(ScreenError::NoDirectives);
    }
    let mut input = BufReader::new(File::open(cases).map_err(failed(cases))?);
    let mut output = BufWriter::new(output);
    // A byte order mark, as spreadsheets and editors under Windows put before the first line.
    if input.fill_buf().map_err(failed(cases))?.starts_with(b"\xef\xbb\xbf") {
        input.consume(3);
    }
    while let Some(line) = next_line(&mut input).map_err(failed(cases))? {
        if !line.iter().all(u8::is_ascii_whitespace) {
            answer(&directives, &line, &mut output).map_err(ScreenError::Output)?;
        }
    }
    output.flush().map_err(ScreenError::Output)
}

fn answer(directives: &[Directive], line: &[u8], output: &mut impl Write) -> io::Result<()> {
    // What is not UTF-8 is no JSON either: the evaluator says so in its own words.
    output.write_all(screen_line(directives, &String::from_utf8_lossy(line)).as_bytes())?;
    output.write_all(b"\n")
}

/// Returns the next line without its end, at most [`LONGEST_LINE`] of it; `None` after the last.
fn next_line(input: &mut impl BufRead) -> io::Result<Option<Vec<u8>>> {
    let mut line = Vec::new();
    if input.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut line)? == 0 {
        return Ok(None);
    }
    if line.last() == Some(&b'\n') {
        line.pop();
    } else if line.len() as u64 == LONGEST_LINE {
        input.skip_until(b'\n')?;
    }
    Ok(Some(line))
}

/// Returns the directive files of a folder, by name.
fn read_directives(folder: &Path) -> io::Result<Vec<(String, Vec<u8>)>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "toml") {
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            files.push((name, fs::read(&path)?));
        }
    }
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answers(cases: &[u8]) -> Vec<serde_json::Value> {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("cases.jsonl");
        fs::write(&file, cases).unwrap();
        let mut output = Vec::new();
        screen(&file, None, &mut output).unwrap();
        output
            .split(|byte| *byte == b'\n')
            .filter(|line| !line.is_empty())
            .map(|line| serde_json::from_slice(line).unwrap())
            .collect()
    }

    const CASE: &str = r#"{"id":"c1","on":"2021-09-20","territory":"FR-93","product":"comirnaty-30-purple","rank":2,
        "person":{"birth_date":"1950-01-02","sex":"F","very_high_risk":false,"immunocompromised":false,"pregnant":false,
        "health_worker":false},"previous":[{"product":"comirnaty-30-purple","on":"2021-08-20"}],
        "answers":{},"consents":[{"by":"self"}],"prescription":null,"nurse":{"prescriber_trained":true},"relay_protocol":true}"#;

    #[test]
    fn a_bad_line_gets_an_error_and_the_others_go_on() {
        let good = CASE.replace('\n', " ");
        let mut cases = format!("{good}\n{{\"id\":\"c2\",\"unknown\":1}}\n\nnot json\n").into_bytes();
        cases.extend_from_slice(b"\xff\xfe\n");
        cases.extend(std::iter::repeat_n(b'[', 3 * 1024 * 1024));
        cases.extend_from_slice(format!("\n{good}").as_bytes());
        let answers = answers(&cases);
        assert_eq!(answers.len(), 6);
        assert!(answers[0]["outcome"].is_string() && answers[0] == answers[5], "{}", answers[0]);
        assert_eq!(answers[1]["id"], "c2");
        assert!(answers[1..5].iter().all(|answer| answer["error"].is_string()));
    }

    #[test]
    fn a_history_that_is_short_doubled_or_impossible_is_answered_by_what_it_really_says() {
        let answers = answers(include_bytes!("../tests/19_history_cases.jsonl"));
        let says: Vec<(&str, &str, &str)> = answers
            .iter()
            .map(|answer| {
                let text = |value: &'static str| answer[value].as_str().unwrap();
                (text("id"), text("outcome"), answer["reasons"][0]["rule"].as_str().unwrap())
            })
            .collect();
        assert_eq!(
            says,
            [
                // The rank that is said is one more than the doses that are known: a nurse judges.
                ("one dose on record, rank 3", "judge", "rank-above-doses"),
                // A dose that is listed twice was given once.
                ("same dose listed twice, rank 3", "judge", "rank-above-doses"),
                ("shingrix, same dose listed twice, rank 2", "eligible", "target"),
                // Nobody was vaccinated before she was born: to be corrected first.
                ("dose before birth", "not_concerned", "dose-before-birth"),
            ]
        );
    }

    #[test]
    fn a_folder_that_is_not_there_is_said_in_a_sentence() {
        let folder = tempfile::tempdir().unwrap();
        let missing = folder.path().join("nowhere");
        let error = screen(&missing, Some(&missing), io::sink()).unwrap_err();
        assert!(error.to_string().contains("cannot be used"), "{error}");
    }
}
