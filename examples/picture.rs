//! Turns coloured terminal text on standard input into a picture (SVG) on standard output.
//! `docs/picture.sh` calls it.

use std::io::{Read as _, Write as _};

fn main() -> std::io::Result<()> {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;
    let picture = anstyle_svg::Term::new().render_svg(&text);
    std::io::stdout().write_all(picture.as_bytes())
}
