//! Lambert-93 (EPSG 2154), the metres of French maps, to degrees of WGS84.
//!
//! Constants and the inverse of the conformal conic projection: IGN, «Projections coniques conformes», NTG 71.

/// Exponent of the projection.
const N: f64 = 0.725_607_765_053_267_3;
/// Constant of the projection, metres.
const C: f64 = 11_754_255.426_096;
/// The pole of the projection, metres.
const POLE: (f64, f64) = (700_000.0, 12_655_612.049_876);
/// First eccentricity of the GRS80 ellipsoid.
const E: f64 = 0.081_819_191_042_816;
/// The meridian in the middle, degrees.
const MERIDIAN: f64 = 3.0;

/// Returns longitude and latitude in degrees of a point in metres.
#[must_use]
pub fn degrees(east: f64, north: f64) -> (f64, f64) {
    let (dx, dy) = (east - POLE.0, POLE.1 - north);
    let distance = dx.hypot(dy);
    let lon = MERIDIAN + (dx.atan2(dy) / N).to_degrees();
    let isometric = -(distance / C).ln() / N;
    let half = std::f64::consts::FRAC_PI_2;
    let mut lat = 2.0 * isometric.exp().atan() - half;
    // Six steps settle it far below a millimetre.
    for _ in 0..8 {
        let sine = E * lat.sin();
        lat = 2.0 * (((1.0 + sine) / (1.0 - sine)).powf(E / 2.0) * isometric.exp()).atan() - half;
    }
    (lon, lat.to_degrees())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::addresses::demo_lines;

    #[test]
    fn metres_of_the_address_file_give_its_degrees() {
        let mut compared = 0;
        for line in demo_lines() {
            let cells: Vec<&str> = line.split(';').collect();
            let number = |at: usize| cells.get(at).and_then(|cell| cell.parse::<f64>().ok());
            let (Some(x), Some(y), Some(lon), Some(lat)) = (number(7), number(8), number(9), number(10)) else {
                continue;
            };
            let (east, north) = degrees(x, y);
            assert!((east - lon).abs() < 2e-6 && (north - lat).abs() < 2e-6, "{line}: {east} {north}");
            compared += 1;
        }
        assert_eq!(compared, 8_413);
    }
}
