//! Keys and key ranges: arrays of numbers and texts, which IndexedDB orders part by part.

use indexed_db_futures::KeyRange;
use js_sys::Array;
use perron_domain::name::Scope;
use perron_ledger::store::Fork;
use perron_ledger::{Chain, Hash, Place, SignedHead};
use wasm_bindgen::JsValue;

/// A key or a range of keys.
pub type Keys = KeyRange<JsValue>;

fn number(part: u32) -> JsValue {
    JsValue::from_f64(f64::from(part))
}

fn array(parts: impl IntoIterator<Item = JsValue>) -> JsValue {
    parts.into_iter().collect::<Array>().into()
}

/// Everything whose key begins with these numbers: an array sorts after every number and text, so `[]` is the end.
fn all_under(parts: &[u32]) -> Keys {
    let from = array(parts.iter().copied().map(number));
    let end = array(parts.iter().copied().map(number).chain([Array::new().into()]));
    KeyRange::Bound(from, false, end, false)
}

/// Everything whose key begins with `parts` and a number of at least `from`.
fn under_from(parts: &[u32], from: u32) -> Keys {
    let start = array(parts.iter().copied().chain([from]).map(number));
    let end = array(parts.iter().copied().map(number).chain([Array::new().into()]));
    KeyRange::Bound(start, false, end, false)
}

/// Every key there is: an array of an array sorts after all that are used here.
pub fn all() -> Keys {
    KeyRange::UpperBound(array([array([array([])])]), false)
}

pub fn scope(scope: Scope) -> JsValue {
    number(scope.0)
}

pub fn of_scope(scope: Scope) -> Keys {
    all_under(&[scope.0])
}

pub fn chain(chain: Chain) -> JsValue {
    array([chain.scope.0, chain.device.0].map(number))
}

pub fn of_chain(chain: Chain) -> Keys {
    all_under(&[chain.scope.0, chain.device.0])
}

pub fn of_chain_from(chain: Chain, from: u32) -> Keys {
    under_from(&[chain.scope.0, chain.device.0], from)
}

pub fn fact(place: Place) -> JsValue {
    array([place.chain.scope.0, place.chain.device.0, place.number].map(number))
}

/// The facts `from..=to` of a chain; `from` is at most `to`.
pub fn facts(of: Chain, from: u32, to: u32) -> Keys {
    KeyRange::Bound(fact(of.at(from)), false, fact(of.at(to)), false)
}

pub fn signed(signed: &SignedHead) -> JsValue {
    let Chain { scope, device } = signed.chain;
    let hash = JsValue::from_str(&signed.head.hash.to_string());
    array([number(scope.0), number(device.0), number(signed.head.number), hash, number(signed.signer.0)])
}

pub fn held(chain: Chain, from: u32, head: Hash) -> JsValue {
    let hash = JsValue::from_str(&head.to_string());
    array([number(chain.scope.0), number(chain.device.0), number(from), hash])
}

pub fn fork(fork: &Fork) -> JsValue {
    array([fork.chain.scope.0, fork.kept_as.0].map(number))
}

/// Every text that begins with `prefix`, and perhaps a few more: the caller compares.
pub fn names(prefix: &str) -> Keys {
    let end = JsValue::from_str(&format!("{prefix}\u{ffff}"));
    KeyRange::Bound(JsValue::from_str(prefix), false, end, false)
}
