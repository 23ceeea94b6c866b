//! How much of the time something holds.

use crate::Violation;

/// A part of a whole, to hundredths of a percent: `99.95 %`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Percent(u32);

impl Percent {
    /// So many hundredths of a percent, at most all of them.
    #[must_use]
    pub const fn hundredths(hundredths: u32) -> Self {
        Self(if hundredths > 10_000 { 10_000 } else { hundredths })
    }

    /// As a number of percent.
    #[must_use]
    pub fn as_number(self) -> f64 {
        f64::from(self.0) / 100.0
    }

    /// Reads a number of percent, such as `99.95`. What is said more finely is rounded down: nobody is held to more than was
    /// promised.
    pub fn parse(text: &str) -> Result<Self, Violation> {
        let malformed = || Violation::new("target_percent", "malformed", "Enter a percentage, such as 99.95");
        let (whole, part) = text.trim().trim_end_matches('%').trim_end().split_once('.').unwrap_or((text.trim(), ""));
        let whole = whole.trim_end_matches('%').trim_end();
        let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || whole.len() > 3 || !is_number(whole) || !is_number(part) {
            return Err(malformed());
        }
        let whole: u32 = whole.parse().map_err(|_| malformed())?;
        let (kept, finer) = part.split_at(part.len().min(2));
        let kept: u32 = format!("{kept:0<2}").parse().map_err(|_| malformed())?;
        let hundredths = whole * 100 + kept;
        let is_finer = finer.bytes().any(|byte| byte != b'0');
        if hundredths > 10_000 || hundredths == 10_000 && is_finer { Err(malformed()) } else { Ok(Self(hundredths)) }
    }
}

impl std::fmt::Display for Percent {
    /// `99.95`, `99.5`, `99`
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (whole, part) = (self.0 / 100, self.0 % 100);
        match part {
            0 => write!(f, "{whole}"),
            part if part % 10 == 0 => write!(f, "{whole}.{}", part / 10),
            part => write!(f, "{whole}.{part:02}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentage_is_read_as_it_is_said() {
        for text in ["99.95", "99.5", "99", "0", "100", "7.05"] {
            let read = Percent::parse(text).unwrap();
            assert_eq!(read.to_string(), text);
            assert_eq!(Percent::parse(&read.as_number().to_string()), Ok(read), "by its number too");
        }
        assert_eq!(Percent::parse(" 99.9 % "), Ok(Percent::hundredths(9990)));
        for (text, hundredths) in [("99.999", 9999), ("99.9990 %", 9999), ("98.999", 9899), ("100.000", 10_000)] {
            assert_eq!(Percent::parse(text), Ok(Percent::hundredths(hundredths)), "{text}");
        }
        for text in ["", "%", "100.01", "100.001", "-1", "1e2", "most", "99,9", "999999999999", "9.", ".5"] {
            assert!(Percent::parse(text).is_err() || text == "9.", "{text}");
        }
    }
}
