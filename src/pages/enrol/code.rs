//! The code that a link carries.

/// Returns the code that a link carries behind `#`: `#ABCD-EFGH` or `#code=ABCD-EFGH`. Fragments never reach a server.
pub fn code_of(fragment: &str) -> String {
    let inside = fragment.trim_start_matches('#');
    let code = inside.split('&').next().unwrap_or_default();
    code.strip_prefix("code=").unwrap_or(code).trim().to_uppercase()
}

#[cfg(test)]
mod tests {
    use super::code_of;

    #[test]
    fn a_link_brings_its_code_in_the_fragment() {
        assert_eq!(code_of("#abcd-efgh"), "ABCD-EFGH");
        assert_eq!(code_of("#code=ABCD-EFGH&relay=x"), "ABCD-EFGH");
        assert_eq!(code_of(""), "");
    }
}
