//! Every journey, one file each, in one program: so that they are linked once and run side by side. They begin in the order
//! of their names, and the two longest have the first ones: nothing waits for them at the end.

mod accessible;
mod all_of_round_a;
mod commonest_visit;
mod desk_windows;
mod directives;
mod enrol_camera;
mod faults;
mod fits;
mod five_visits;
mod half_filled;
mod history;
mod hurry;
mod import;
mod large_text;
mod many_tabs;
mod new_version;
mod remembers;
mod season;
mod second_tablet;
mod smoke;
mod two_copies;
mod two_tabs;
