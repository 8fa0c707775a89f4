//! The retention grid (SPEC 6): recency × number of conversions, cut into named cells.

/// The state of a visitor without any conversion: the reserved cell `none`.
pub const NONE: i64 = 0;
/// The state of a visitor with conversions whom no cell fits.
pub const NULL: i64 = 1;
/// The state of the first cell; the others follow.
pub const FIRST: i64 = 2;

/// A cell is five integers: the state that it stands for (that of the first cell with its id),
/// least and greatest number of conversions, least and greatest number of days; bounds included.
pub const WIDTH: usize = 5;

/// The state of a visitor with so many conversions, the last of them so many days ago.
pub fn state(cells: &[i64], conversions: i64, days: i64) -> i64 {
    for cell in cells.chunks_exact(WIDTH) {
        if cell[1] <= conversions && conversions <= cell[2] && cell[3] <= days && days <= cell[4] {
            return cell[0];
        }
    }
    NULL
}
