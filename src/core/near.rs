//! Distances on the earth: the haversine formula on a sphere of radius 6371.0088 km (SPEC 5.3),
//! as a comparison. `hav(d / R) = sin²(Δφ/2) + cos φ₁ cos φ₂ sin²(Δλ/2)`.
//!
//! The sine is a Taylor series, because a page has none that is the same everywhere.

use core::f64::consts::PI;

/// Ten-thousandths of a degree in half a turn.
const HALF_TURN: i64 = 1_800_000;
/// Ten-thousandths of a kilometre in the earth's radius, times two.
const DIAMETER: f64 = 2.0 * 63_710_088.0;

/// Beyond it lies what is further than a distance (ten-thousandths of a kilometre): the haversine
/// of that distance. Half the way round the earth nothing is further.
pub fn bound(distance: i64) -> f64 {
    let angle = distance as f64 / DIAMETER;
    if angle < PI / 2.0 { square(sine(angle)) } else { 2.0 }
}

/// Whether two places (latitude and longitude, ten-thousandths of a degree) are at most as far
/// apart as a bound says. False beyond the poles, and beyond a full turn.
pub fn within(bound: f64, one: [i64; 2], other: [i64; 2]) -> bool {
    if other[0].unsigned_abs() > HALF_TURN as u64 / 2 || other[1].unsigned_abs() > HALF_TURN as u64 {
        return false;
    }
    let quarter = HALF_TURN / 2;
    let cosines = sine(radians(quarter - one[0])) * sine(radians(quarter - other[0]));
    let across = square(half_sine(one[1] - other[1]));
    square(half_sine(one[0] - other[0])) + cosines * across <= bound
}

/// The sine of half an angle of less than two turns.
fn half_sine(angle: i64) -> f64 {
    sine(radians(angle) / 2.0)
}

fn radians(angle: i64) -> f64 {
    angle as f64 * (PI / HALF_TURN as f64)
}

fn square(x: f64) -> f64 {
    x * x
}

/// Exact to the last digits for angles of at most half a turn.
fn sine(x: f64) -> f64 {
    let (mut term, mut sum, mut n) = (x, x, 2.0);
    while n < 30.0 {
        term *= -x * x / (n * (n + 1.0));
        sum += term;
        n += 2.0;
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amsterdam_to_milan() {
        // 828.6 km, from the formula with the standard library's functions.
        let (amsterdam, milan) = ([523_676, 49_041], [454_642, 91_900]);
        let far = |one: [i64; 2], other: [i64; 2]| {
            let degrees = |angle: i64| (angle as f64 / 10_000.0).to_radians();
            let half = |a: i64, b: i64| ((degrees(a) - degrees(b)) / 2.0).sin().powi(2);
            let hav = half(one[0], other[0]) + degrees(one[0]).cos() * degrees(other[0]).cos() * half(one[1], other[1]);
            2.0 * 6_371.008_8 * hav.sqrt().asin()
        };
        let distance = far(amsterdam, milan);
        assert!((828.0..829.5).contains(&distance), "{distance}");
        let (least, most) = ((distance * 10_000.0) as i64, (distance * 10_000.0) as i64 + 1);
        assert!(within(bound(most), amsterdam, milan));
        assert!(!within(bound(least), amsterdam, milan));
    }

    #[test]
    fn everywhere_and_nowhere() {
        assert!(within(bound(0), [10, 20], [10, 20]));
        assert!(!within(bound(0), [10, 20], [10, 21]));
        assert!(within(bound(900_000_000), [900_000, 0], [-900_000, 1_800_000]));
        assert!(!within(bound(900_000_000), [0, 0], [900_001, 0]));
        assert!(within(bound(1), [0, 1_800_000], [0, -1_800_000]));
    }
}
