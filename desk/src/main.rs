//! The app at the relay's desk, online only.

fn main() {
    perron_desk::mount();
}
