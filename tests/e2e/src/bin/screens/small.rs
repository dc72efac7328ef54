//! Makes pictures small enough to be kept beside the code: 256 colours, which is all that a screen of ours needs.

use anyhow::Context;
use perron_e2e::Result;
use std::collections::HashMap;
use std::fs;
use std::io::BufReader;
use std::path::Path;

/// The most colours of a picture with a palette.
const COLOURS: usize = 256;

type Colour = [u8; 3];

/// Writes the picture at `path` again with its most frequent colours, each other one as the nearest of these. Returns
/// its bytes.
pub fn make_small(path: &Path) -> Result<u64> {
    let decoder = png::Decoder::new(BufReader::new(fs::File::open(path)?));
    let mut reader = decoder.read_info()?;
    let mut pixels = vec![0; reader.output_buffer_size().context("the picture is too large")?];
    let info = reader.next_frame(&mut pixels)?;
    let step = info.color_type.samples();
    anyhow::ensure!(step >= 3 && info.bit_depth == png::BitDepth::Eight, "{}: not RGB", path.display());
    let colours: Vec<Colour> = pixels.chunks_exact(step).filter_map(|pixel| pixel.get(..3)?.try_into().ok()).collect();
    let (palette, places) = palette(&colours);
    let indices: Vec<u8> = colours.iter().filter_map(|colour| places.get(colour).copied()).collect();
    let mut encoder = png::Encoder::new(fs::File::create(path)?, info.width, info.height);
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_palette(palette.concat());
    encoder.set_compression(png::Compression::High);
    encoder.set_filter(png::Filter::NoFilter);
    encoder.write_header()?.write_image_data(&indices)?;
    Ok(fs::metadata(path)?.len())
}

/// Returns the colours to keep, and which of them stands for each colour.
fn palette(colours: &[Colour]) -> (Vec<Colour>, HashMap<Colour, u8>) {
    let mut counts: HashMap<Colour, u32> = HashMap::new();
    for colour in colours {
        *counts.entry(*colour).or_default() += 1;
    }
    let mut kept: Vec<(Colour, u32)> = counts.iter().map(|(colour, count)| (*colour, *count)).collect();
    kept.sort_by_key(|(colour, count)| (std::cmp::Reverse(*count), *colour));
    kept.truncate(COLOURS);
    let kept: Vec<Colour> = kept.into_iter().map(|(colour, _)| colour).collect();
    let nearest = |colour: &Colour| {
        let far = |one: &Colour| one.iter().zip(colour).map(|(a, b)| u32::from(a.abs_diff(*b)).pow(2)).sum::<u32>();
        (0_u8..=255).zip(&kept).min_by_key(|(_, one)| far(one)).map_or(0, |(place, _)| place)
    };
    let places = counts.keys().map(|colour| (*colour, nearest(colour))).collect();
    (kept, places)
}
