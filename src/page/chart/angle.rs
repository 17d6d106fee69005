use std::f64::consts::{FRAC_PI_2, PI, TAU};

/// Sine and cosine, right to six digits: a drawing has four. The standard ones
/// are right for angles of any size, which weighs 3 kB in the page.
pub(super) fn sin_cos(angle: f64) -> (f64, f64) {
    (sine(angle), sine(angle + FRAC_PI_2))
}

fn sine(angle: f64) -> f64 {
    // Into the half circle around 0, and from there into the quarter.
    let x = angle - (angle / TAU).round() * TAU;
    let x = if x > FRAC_PI_2 {
        PI - x
    } else if x < -FRAC_PI_2 {
        -PI - x
    } else {
        x
    };
    // Taylor's series, innermost term first.
    let square = x * x;
    let terms = [110.0, 72.0, 42.0, 20.0, 6.0];
    x * terms.iter().fold(1.0, |sum, term| 1.0 - square / term * sum)
}

#[cfg(test)]
mod tests {
    use super::sin_cos;

    #[test]
    fn is_the_sine_and_cosine() {
        for step in -2_000..2_000 {
            let angle = f64::from(step) / 97.0;
            let (sine, cosine) = sin_cos(angle);
            assert!((sine - angle.sin()).abs() < 1e-6, "{angle}");
            assert!((cosine - angle.cos()).abs() < 1e-6, "{angle}");
        }
    }
}
