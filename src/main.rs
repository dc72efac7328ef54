//! The app at the door: what a tablet stores and runs without a network.

fn main() {
    perron::mount();
}
