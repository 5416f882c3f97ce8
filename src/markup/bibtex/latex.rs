//! LaTeX in BibTeX values → the text that a reader sees.

use unicode_normalization::UnicodeNormalization;

/// Decodes a text: accents and symbols become characters, protecting braces go, white space is
/// folded. Mathematics stays as it is, and so does a command that is not known.
pub fn decode(raw: &str) -> String {
    if !raw.contains(['\\', '{', '}', '~', '$', '\n', '\t', '`', '\''])
        && !raw.contains("--")
        && !raw.contains("  ")
    {
        return raw.trim().to_owned();
    }
    Decoder { raw, at: 0, out: String::new(), marks: Vec::new(), maths: None }.run()
}

/// An address or path: only the escapes of characters go.
pub(super) fn verbatim(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    let mut characters = raw.trim().chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '{' | '}' => {}
            '\\' if characters.peek().is_some_and(|next| "_&%#~$".contains(*next)) => {}
            '\n' | '\r' => out.push(' '),
            _ => out.push(character),
        }
    }
    out
}

struct Decoder<'t> {
    raw: &'t str,
    at: usize,
    out: String,
    /// Combining characters that wait for their letter.
    marks: Vec<char>,
    /// The byte behind which no dollar sign closes a formula, once that is known.
    maths: Option<usize>,
}

impl<'t> Decoder<'t> {
    fn rest(&self) -> &'t str {
        &self.raw[self.at..]
    }

    fn run(mut self) -> String {
        while let Some(character) = self.rest().chars().next() {
            self.at += character.len_utf8();
            match character {
                '{' => {}
                '}' => self.marks.clear(),
                '\\' => self.command(),
                '$' => self.formula(),
                '~' => self.push(' '),
                '-' => {
                    let more = self.rest().bytes().take_while(|&byte| byte == b'-').take(2).count();
                    self.at += more;
                    self.push(['-', '–', '—'][more]);
                }
                '`' if self.rest().starts_with('`') => {
                    self.at += 1;
                    self.push('“');
                }
                '\'' if self.rest().starts_with('\'') => {
                    self.at += 1;
                    self.push('”');
                }
                _ => self.push(character),
            }
        }
        let kept = self.out.trim_end().len();
        self.out.truncate(kept);
        self.out
    }

    /// Adds a character with the accents that wait for it; white space is folded.
    fn push(&mut self, character: char) {
        if character.is_whitespace() {
            if !self.out.is_empty() && !self.out.ends_with(' ') {
                self.out.push(' ');
            }
            return;
        }
        if self.marks.is_empty() {
            self.out.push(character);
            return;
        }
        let marks = std::mem::take(&mut self.marks);
        // The accent that stands nearest to the letter is put on first.
        let accented = std::iter::once(character).chain(marks.into_iter().rev());
        self.out.extend(accented.nfc());
    }

    fn formula(&mut self) {
        let from = self.at;
        if self.maths.is_some_and(|limit| from >= limit) {
            self.push('$');
            return;
        }
        let mut at = from;
        let bytes = self.raw.as_bytes();
        while let Some(found) = memchr::memchr2(b'$', b'\\', &bytes[at..]) {
            at += found;
            if bytes[at] == b'$' {
                for character in self.raw[from - 1..=at].chars() {
                    self.push(character);
                }
                self.at = at + 1;
                return;
            }
            at = (at + 2).min(bytes.len());
        }
        self.maths = Some(from);
        self.push('$');
    }

    fn command(&mut self) {
        let Some(first) = self.rest().chars().next() else { return };
        if !first.is_ascii_alphabetic() {
            self.at += first.len_utf8();
            match first {
                '\'' | '`' | '^' | '"' | '~' | '=' | '.' => self.accent(first),
                '-' | '/' | '@' | '(' | ')' | '[' | ']' => {}
                '\\' | ',' | ';' | ':' | ' ' | '!' | '\n' | '\t' => self.push(' '),
                _ => self.push(first),
            }
            return;
        }
        let rest = self.rest();
        let length = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
        let name = &rest[..length];
        self.at += length;
        let next = rest[length..].chars().next();
        if let ("a", Some(sign @ ('\'' | '`' | '='))) = (name, next) {
            // The accents of LaTeX's tabbing environment, as some exporters write them.
            self.at += 1;
            self.accent(sign);
        } else if length == 1 && "HvckudbrtG".contains(first) {
            self.accent(first);
        } else if let Some(symbol) = symbol(name) {
            self.skip_blank_after_command();
            match symbol {
                // A dotless letter under an accent is the letter.
                "ı" if !self.marks.is_empty() => self.push('i'),
                "ȷ" if !self.marks.is_empty() => self.push('j'),
                _ => symbol.chars().for_each(|character| self.push(character)),
            }
        } else if is_silent(name) {
            let blank = self.rest().bytes().take_while(u8::is_ascii_whitespace).count();
            self.at += blank;
            if name == "href" {
                self.skip_group();
            }
        } else {
            self.push('\\');
            self.out.push_str(name);
        }
    }

    fn skip_blank_after_command(&mut self) {
        let rest = self.rest();
        if rest.starts_with("{}") {
            self.at += 2;
        } else {
            self.at += rest.bytes().take_while(u8::is_ascii_whitespace).count();
        }
    }

    /// Passes over `{…}` without nested braces, as the address of `\href` is.
    fn skip_group(&mut self) {
        if let Some(group) = self.rest().strip_prefix('{')
            && let Some(end) = group.find('}')
        {
            self.at += end + 2;
        }
    }

    fn accent(&mut self, name: char) {
        let mark = match name {
            '\'' => '\u{301}',
            '`' => '\u{300}',
            '^' => '\u{302}',
            '"' => '\u{308}',
            '~' => '\u{303}',
            '=' => '\u{304}',
            '.' => '\u{307}',
            'H' => '\u{30b}',
            'v' => '\u{30c}',
            'c' => '\u{327}',
            'k' => '\u{328}',
            'u' => '\u{306}',
            'd' => '\u{323}',
            'b' => '\u{331}',
            'r' => '\u{30a}',
            'G' => '\u{30f}',
            _ => '\u{361}',
        };
        let blank = self.rest().bytes().take_while(u8::is_ascii_whitespace).count();
        self.at += blank;
        // `\~{}` and `\^{}` are the sign itself.
        if self.rest().starts_with("{}") {
            self.at += 2;
            if !name.is_ascii_alphabetic() {
                self.push(name);
            }
            return;
        }
        if self.marks.len() < 4 {
            self.marks.push(mark);
        }
    }
}

/// The character that a command stands for.
fn symbol(name: &str) -> Option<&'static str> {
    Some(match name {
        "i" => "ı",
        "j" => "ȷ",
        "ss" => "ß",
        "o" => "ø",
        "O" => "Ø",
        "l" => "ł",
        "L" => "Ł",
        "aa" => "å",
        "AA" => "Å",
        "ae" => "æ",
        "AE" => "Æ",
        "oe" => "œ",
        "OE" => "Œ",
        "dh" => "ð",
        "DH" => "Ð",
        "th" => "þ",
        "TH" => "Þ",
        "dj" => "đ",
        "DJ" => "Đ",
        "ng" => "ŋ",
        "NG" => "Ŋ",
        "S" => "§",
        "P" => "¶",
        "pounds" | "textsterling" => "£",
        "euro" | "texteuro" => "€",
        "copyright" | "textcopyright" => "©",
        "textregistered" => "®",
        "texttrademark" => "™",
        "textdegree" | "degree" => "°",
        "ldots" | "dots" | "textellipsis" => "…",
        "textendash" => "–",
        "textemdash" => "—",
        "textquoteleft" | "lq" => "‘",
        "textquoteright" | "rq" => "’",
        "textquotedblleft" => "“",
        "textquotedblright" => "”",
        "textasciitilde" | "textasciitidle" => "~",
        "textasciicircum" => "^",
        "textbackslash" => "\\",
        "textunderscore" => "_",
        "textbar" => "|",
        "textless" => "<",
        "textgreater" => ">",
        "textbullet" => "•",
        "textperiodcentered" => "·",
        "slash" => "/",
        "TeX" => "TeX",
        "LaTeX" => "LaTeX",
        "BibTeX" => "BibTeX",
        "quad" | "qquad" | "newline" | "space" | "thinspace" | "enspace" => " ",
        _ => return None,
    })
}

/// Whether a command only says how its argument looks.
fn is_silent(name: &str) -> bool {
    matches!(
        name,
        "emph"
            | "textit"
            | "textbf"
            | "textsc"
            | "texttt"
            | "textrm"
            | "textsf"
            | "textsl"
            | "textup"
            | "textnormal"
            | "textsuperscript"
            | "textsubscript"
            | "underline"
            | "uline"
            | "mbox"
            | "hbox"
            | "text"
            | "url"
            | "href"
            | "em"
            | "it"
            | "itshape"
            | "bf"
            | "bfseries"
            | "sc"
            | "scshape"
            | "sl"
            | "tt"
            | "ttfamily"
            | "rm"
            | "rmfamily"
            | "sf"
            | "sffamily"
            | "upshape"
            | "small"
            | "relax"
            | "protect"
            | "noopsort"
            | "ensuremath"
            | "nocase"
            | "enquote"
            | "mkbibquote"
            | "mkbibemph"
            | "textquotesingle"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_and_symbols() {
        for (raw, text) in [
            ("Sch{\\\"o}lkopf", "Schölkopf"),
            ("Sch\\\"{o}lkopf and M\\\"uller", "Schölkopf and Müller"),
            ("Erd{\\H{o}}s, Erd\\H os", "Erdős, Erdős"),
            ("{\\v{C}}ech \\v Capek", "Čech Čapek"),
            ("Fran\\c{c}ois, Fran{\\c c}ois", "François, François"),
            ("\\k{a}, {\\k a}", "ą, ą"),
            ("Mar{\\'{\\i}}a \\'{\\i} \\'\\i", "María í í"),
            ("Stra{\\ss}e \\ss ", "Straße ß"),
            ("S{\\o}ren \\O{}rsted {\\aa}", "Søren Ørsted å"),
            ("\\L{}ukasz \\l odz", "Łukasz łodz"),
            ("Nguy{\\~{\\^e}}n", "Nguyễn"),
            ("Jos{\\a'e} L\\a'ucia", "José Lúcia"),
            ("A \\& B, 5\\%", "A & B, 5%"),
            ("1--2 --- x~y", "1–2 — x y"),
            ("``quoted''", "“quoted”"),
            ("{BERT}: {P}re-training\n   of $x_{1}$ {Deep}", "BERT: Pre-training of $x_{1}$ Deep"),
            ("\\emph{On} \\textbf {the} {\\em road}", "On the road"),
            ("\\unknown{x} costs 5$", "\\unknownx costs 5$"),
            ("D'Arcy O'Neil", "D'Arcy O'Neil"),
            ("{\\^} \\~{}x", "~x"),
            ("\\href{https://x.org}{text}", "text"),
        ] {
            assert_eq!(decode(raw), text, "{raw}");
        }
    }

    #[test]
    fn addresses_keep_their_signs() {
        assert_eq!(verbatim("https://x.org/~ann/a\\_b--c.pdf"), "https://x.org/~ann/a_b--c.pdf");
    }

    #[test]
    fn hostile_input_ends_soon() {
        for raw in ["\\", "\\'", "$".repeat(9).as_str(), &"\\$".repeat(100_000), &"$\\".repeat(100_000)] {
            let _ = decode(raw);
        }
    }
}
