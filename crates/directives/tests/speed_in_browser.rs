//! How long one case takes in the browser. Measured by `cargo xtask bench rules`; on the host only the list is checked.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, reason = "tests")]

mod files;

#[cfg(not(target_arch = "wasm32"))]
#[test]
fn every_directive_that_ships_is_measured() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../directives");
    let names = ["", "1/"].iter().flat_map(|below| {
        let entries = std::fs::read_dir(format!("{folder}/{below}")).unwrap();
        entries.map(move |entry| format!("{below}{}", entry.unwrap().file_name().into_string().unwrap()))
    });
    let mut names: Vec<String> = names.filter(|name| name.ends_with(".toml")).collect();
    names.sort();
    assert_eq!(names, files::shipped().into_iter().map(|(name, _)| name).collect::<Vec<_>>());
}

#[cfg(target_arch = "wasm32")]
mod in_a_browser {
    use super::files::shipped;
    use perron_directives::load;
    use perron_domain::rules::evaluate;
    use wasm_bindgen_test::{console_log, wasm_bindgen_test, wasm_bindgen_test_configure};

    wasm_bindgen_test_configure!(run_in_browser);

    #[wasm_bindgen_test]
    fn one_case_of_the_worked_examples() {
        let loaded = load(&shipped()).unwrap();
        let (mut cases, rounds) = (Vec::new(), 20);
        for _ in 0..15 {
            let start = js_sys::Date::now();
            for _ in 0..rounds {
                for example in &loaded.examples {
                    std::hint::black_box(evaluate(&loaded.directives, &example.case));
                }
            }
            let each = f64::from(u32::try_from(rounds * loaded.examples.len()).unwrap());
            cases.push(format!("{:.2}", (js_sys::Date::now() - start) * 1000.0 / each));
        }
        console_log!("FIGURE\tone case of the worked examples, in Chromium\tµs\t{}", cases.join(" "));
    }
}
