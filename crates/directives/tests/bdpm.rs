//! The products that ship agree with the public file of medicines.
#![expect(clippy::unwrap_used, reason = "a failed read or a problem fails the test")]

use perron_directives::bdpm::{Difference, compare, import};
use perron_directives::load;
use perron_domain::date::Day;

const FILE: &str = "vaccins-2026-07.csv";

fn folder() -> std::path::PathBuf {
    std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../directives")
}

#[test]
fn every_shipped_product_agrees_with_the_bdpm() {
    let presentations = import(FILE, &std::fs::read(folder().join("bdpm").join(FILE)).unwrap()).unwrap();
    assert_eq!(presentations.len(), 102);
    let read = |name: &str| (name.to_owned(), std::fs::read(folder().join(name)).unwrap());
    let loaded = load(&["products.toml", "products-calendar.toml"].map(read)).unwrap();
    let mut products: Vec<_> = loaded.directives.iter().flat_map(|directive| &directive.products).collect();
    let on: Day = "2026-07-01".parse().unwrap();
    assert_eq!(compare(&products, &presentations, on), []);

    // A withdrawn product that is given back to the teams is noticed.
    let mut spikevax = products.iter().find(|product| product.code == "spikevax-02").copied().unwrap().clone();
    spikevax.takeable_until = None;
    products = vec![&spikevax];
    let still = Difference::StillTakeable { product: "spikevax-02".to_owned() };
    assert_eq!(compare(&products, &presentations, on), [still]);
}
