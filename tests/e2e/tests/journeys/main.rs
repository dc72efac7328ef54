//! Every journey, one file each, in one program: so that they are linked once and run side by side.

mod accessible;
mod commonest_visit;
mod directives;
mod enrol_camera;
mod faults;
mod fits;
mod five_visits;
mod half_filled;
mod import;
mod many_tabs;
mod new_version;
mod round_a;
mod second_tablet;
mod smoke;
mod two_tabs;
