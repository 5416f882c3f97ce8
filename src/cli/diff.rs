//! Two texts as a unified diff, which `patch` and `git apply` read.

use std::fmt::Write as _;

/// Lines shown around a change.
const CONTEXT: usize = 3;

/// How many lines may differ before the whole stretch between the first and the last is shown as one change.
const FARTHEST: usize = 1_000;

/// A line of the old text that stays or goes, or one of the new text that comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Keep,
    Remove,
    Add,
}

/// The patch from one text to the other; empty where they are equal.
pub(super) fn unified(path: &str, old: &str, new: &str) -> String {
    let (before, after): (Vec<&str>, Vec<&str>) =
        (old.split_inclusive('\n').collect(), new.split_inclusive('\n').collect());
    let steps = steps(&before, &after);
    let changes: Vec<usize> =
        steps.iter().enumerate().filter(|(_, step)| **step != Step::Keep).map(|(at, _)| at).collect();
    let mut out = String::new();
    let Some(&first) = changes.first() else { return out };
    let _ = write!(out, "--- a/{path}\n+++ b/{path}\n");
    let mut start = first;
    let mut end = first;
    for &at in changes.iter().skip(1) {
        if at - end > 2 * CONTEXT {
            hunk(&mut out, &steps, &before, &after, start, end);
            start = at;
        }
        end = at;
    }
    hunk(&mut out, &steps, &before, &after, start, end);
    out
}

fn hunk(out: &mut String, steps: &[Step], before: &[&str], after: &[&str], start: usize, end: usize) {
    let from = start.saturating_sub(CONTEXT);
    let to = (end + CONTEXT + 1).min(steps.len());
    let count = |range: &[Step], other: Step| range.iter().filter(|step| **step != other).count();
    let (mut old, mut new) = (count(&steps[..from], Step::Add), count(&steps[..from], Step::Remove));
    let (olds, news) = (count(&steps[from..to], Step::Add), count(&steps[from..to], Step::Remove));
    let first = |at: usize, count: usize| if count == 0 { at } else { at + 1 };
    let _ = writeln!(out, "@@ -{},{olds} +{},{news} @@", first(old, olds), first(new, news));
    for step in &steps[from..to] {
        let (sign, line) = match step {
            Step::Keep => (' ', before[old]),
            Step::Remove => ('-', before[old]),
            Step::Add => ('+', after[new]),
        };
        old += usize::from(*step != Step::Add);
        new += usize::from(*step != Step::Remove);
        out.push(sign);
        out.push_str(line);
        if !line.ends_with('\n') {
            out.push_str("\n\\ No newline at end of file\n");
        }
    }
}

/// The shortest way from one text to the other (Myers).
fn steps(before: &[&str], after: &[&str]) -> Vec<Step> {
    let same = before.iter().zip(after).take_while(|(a, b)| a == b).count();
    let (old, new) = (&before[same..], &after[same..]);
    let tail = old.iter().rev().zip(new.iter().rev()).take_while(|(a, b)| a == b).count();
    let (old, new) = (&old[..old.len() - tail], &new[..new.len() - tail]);
    let mut out = vec![Step::Keep; same];
    if let Some(middle) = shortest(old, new) {
        out.extend(middle);
    } else {
        out.extend(old.iter().map(|_| Step::Remove));
        out.extend(new.iter().map(|_| Step::Add));
    }
    out.extend(std::iter::repeat_n(Step::Keep, tail));
    out
}

fn shortest(old: &[&str], new: &[&str]) -> Option<Vec<Step>> {
    let limit = (old.len() + new.len()).min(FARTHEST);
    let width = limit + 1;
    let mut reach = vec![0_usize; 2 * width + 1];
    let mut trace: Vec<Vec<usize>> = Vec::new();
    for distance in 0..=limit {
        trace.push(reach.clone());
        for diagonal in (width - distance..=width + distance).step_by(2) {
            let down = diagonal == width - distance
                || diagonal != width + distance && reach[diagonal - 1] < reach[diagonal + 1];
            let mut x = if down { reach[diagonal + 1] } else { reach[diagonal - 1] + 1 };
            let mut y = (x + width).saturating_sub(diagonal);
            while x < old.len() && y < new.len() && old[x] == new[y] {
                (x, y) = (x + 1, y + 1);
            }
            reach[diagonal] = x;
            if x >= old.len() && y >= new.len() {
                return Some(back(&trace, width, old.len(), new.len()));
            }
        }
    }
    None
}

fn back(trace: &[Vec<usize>], width: usize, mut x: usize, mut y: usize) -> Vec<Step> {
    let mut out = Vec::new();
    for (distance, reach) in trace.iter().enumerate().rev() {
        let diagonal = x + width - y;
        let down = diagonal == width - distance
            || diagonal != width + distance && reach[diagonal - 1] < reach[diagonal + 1];
        let previous = if down { diagonal + 1 } else { diagonal - 1 };
        let (from_x, from_y) = if distance == 0 {
            (0, 0)
        } else {
            (reach[previous], (reach[previous] + width).saturating_sub(previous))
        };
        while x > from_x
            && y > from_y
            && (distance == 0 || x - from_x > usize::from(!down) || y - from_y > usize::from(down))
        {
            out.push(Step::Keep);
            (x, y) = (x - 1, y - 1);
        }
        if distance > 0 {
            out.push(if down { Step::Add } else { Step::Remove });
            (x, y) = (from_x, from_y);
        }
    }
    out.reverse();
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Applies steps to the old text.
    fn follow(before: &[&str], after: &[&str]) -> String {
        let (mut old, mut new) = (before.iter(), after.iter());
        let mut out = String::new();
        for step in steps(before, after) {
            match step {
                Step::Keep => {
                    let line = old.next().expect("an old line");
                    assert_eq!(new.next(), Some(line));
                    out.push_str(line);
                }
                Step::Remove => assert!(old.next().is_some()),
                Step::Add => out.push_str(new.next().expect("a new line")),
            }
        }
        assert!(old.next().is_none() && new.next().is_none());
        out
    }

    proptest! {
        #[test]
        fn the_way_leads_there(old in "([ab]\n){0,9}", new in "([ab]\n){0,9}c?") {
            let (before, after): (Vec<&str>, Vec<&str>) =
                (old.split_inclusive('\n').collect(), new.split_inclusive('\n').collect());
            prop_assert_eq!(follow(&before, &after), new);
        }
    }

    #[test]
    fn a_patch() {
        let old = "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\r\nend";
        let new = "1\n2\n3\n4\nfive\n6\n7\n8\n9\n10\n11\n12\r\nEnd";
        let expected = "--- a/x.md\n+++ b/x.md\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n@@ -10,4 +10,4 @@\n 10\n 11\n 12\r\n-end\n\\ No newline at end of file\n+End\n\\ No newline at end of file\n";
        assert_eq!(unified("x.md", old, new), expected);
        assert_eq!(unified("x.md", old, old), "");
    }
}
