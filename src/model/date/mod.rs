//! Dates in text: years, dates in sentences, and days at the start of items.

pub mod calendar;
pub mod day;

use crate::text::Span;

/// The years from 1900 to 2099 in a text, with their bytes: four digits that stand alone, and two
/// behind an apostrophe (`'25`) or a known short name.
pub fn years(text: &str) -> Vec<(i16, Span)> {
    let bytes = text.as_bytes();
    let mut out = Vec::new();
    let mut at = 0;
    // Where the last page number ended.
    let mut pages: Option<usize> = None;
    while at < bytes.len() {
        if !bytes[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let end = bytes[at..]
            .iter()
            .position(|byte| !byte.is_ascii_digit())
            .map_or(bytes.len(), |found| at + found);
        let before = at.checked_sub(1).map(|index| bytes[index]);
        let before_that = at.checked_sub(2).map(|index| bytes[index]);
        // Neither part of a decimal, an identifier or a page range.
        let decimal = matches!(before, Some(b'.')) && before_that.is_some_and(|byte| byte.is_ascii_digit());
        let decimal_follows = bytes.get(end) == Some(&b'.')
            && bytes.get(end + 1).is_some_and(u8::is_ascii_digit)
            && bytes[end + 1..].iter().take_while(|byte| byte.is_ascii_digit()).count() > 2;
        let digits = text.get(at..end).unwrap_or("");
        // `pp. 2029 - 2040`, `10.1111/2041-210X`
        let head = text.get(..at).unwrap_or("").trim_end_matches([' ', '-', '–', '—']);
        let of_pages = head.ends_with("pp.") || head.ends_with("pages") || (pages == Some(head.len()));
        if of_pages {
            pages = Some(end);
        }
        let of_path = before == Some(b'/')
            && bytes.get(end).is_some_and(|byte| !byte.is_ascii_whitespace() && *byte != b')');
        match (end - at, digits.parse::<i16>()) {
            (4, Ok(year))
                if (1900..2100).contains(&year) && !decimal && !decimal_follows && !of_pages && !of_path =>
            {
                out.push((year, Span::at(at, end)));
            }
            (2, Ok(short)) => {
                let apostrophe = text.get(..at).is_some_and(|head| head.ends_with(['\'', '’', '‘']));
                let after_name = text
                    .get(..at)
                    .and_then(|head| {
                        head.trim_end_matches([' ', '-'])
                            .rsplit(|c: char| c.is_whitespace() || c == '(')
                            .next()
                    })
                    .is_some_and(|word| word.len() > 2 && super::venue::is_short_name(word));
                if apostrophe || (after_name && short < 40) {
                    out.push((if short < 60 { 2000 + short } else { 1900 + short }, Span::at(at, end)));
                }
            }
            _ => {}
        }
        at = end;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_stand_alone() {
        for (text, expected) in [
            ("NeurIPS 2024", vec![2024]),
            ("ICLR'25", vec![2025]),
            ("NSDI 23", vec![2023]),
            ("2021.11", vec![2021]),
            ("arXiv:2406.06484", vec![]),
            ("pp. 1234-1245, 2019", vec![2019]),
            ("volume 20241", vec![]),
            ("pp. 2029 - 2040, 2025", vec![2025]),
            ("doi.org/10.1111/2041-210X", vec![]),
            ("CVPR2023", vec![2023]),
        ] {
            let found: Vec<i16> = years(text).into_iter().map(|(year, _)| year).collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
