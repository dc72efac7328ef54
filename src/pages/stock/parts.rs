//! Pieces that several of these forms share: texts and numbers as they are typed.

/// Returns the text, or none where it is blank.
#[must_use]
pub fn said(text: &str) -> Option<String> {
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}

/// Returns tenths of what was typed with a comma or a point: «9,1» is 91, «-2» is -20; none for anything else.
#[must_use]
pub fn read_tenths(typed: &str) -> Option<i16> {
    let typed = typed.trim().replace('\u{2212}', "-").replace(',', ".");
    let (negative, digits) = typed.strip_prefix('-').map_or((false, typed.as_str()), |rest| (true, rest));
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    let only_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !only_digits(whole) || !only_digits(part) || part.len() > 1 {
        return None;
    }
    let tenths = whole.parse::<i16>().ok()?.checked_mul(10)?.checked_add(part.parse().ok()?)?;
    Some(if negative { -tenths } else { tenths })
}

/// Returns grams of kilograms typed with a comma or a point: «1,25» is 1250; none for anything else.
#[must_use]
pub fn read_grams(typed: &str) -> Option<u32> {
    let typed = typed.trim().replace(',', ".");
    let (whole, part) = typed.split_once('.').unwrap_or((typed.as_str(), "0"));
    let only_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !only_digits(whole) || !only_digits(part) || part.len() > 3 {
        return None;
    }
    let grams = format!("{part:0<3}").parse::<u32>().ok()?;
    whole.parse::<u32>().ok()?.checked_mul(1000)?.checked_add(grams)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_nurse_types_degrees_with_a_comma() {
        assert_eq!(read_tenths("9,1"), Some(91));
        assert_eq!(read_tenths(" 5 "), Some(50));
        assert_eq!(read_tenths("-2.5"), Some(-25));
        assert_eq!(read_tenths("\u{2212}0,5"), Some(-5));
        for wrong in ["", "-", ",5", "5,", "5,12", "cinq", "1e3", "99999"] {
            assert_eq!(read_tenths(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_weight_is_read_in_kilograms() {
        assert_eq!(read_grams("1,25"), Some(1_250));
        assert_eq!(read_grams("0.4"), Some(400));
        assert_eq!(read_grams("12"), Some(12_000));
        for wrong in ["", "-1", "1,2345", "kg", "9999999999"] {
            assert_eq!(read_grams(wrong), None, "{wrong}");
        }
    }
}
